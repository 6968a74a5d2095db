"""What folder, front matter and text say together about one file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from rubric.model.entry import Entry
from rubric.model.kinds import BUILT_IN, EVENT
from rubric.model.language import Language, Languages
from rubric.model.metadata import Metadata
from rubric.model.rubric import Rubric
from rubric.model.site import Site
from rubric.reading.assembly import RESERVED_SLUGS, Location, assemble, locate
from rubric.reading.check import check, model_kind
from rubric.reading.source import Problem
from tests.cases import cases

ZONE = ZoneInfo("Asia/Almaty")
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
PLAIN = "<p>Nobody called.</p>"


def site() -> Site:
    rubrics = {
        "servicestories": Rubric("servicestories", "#b4472e", "story", {}, {}, "story"),
        "servicequotes": Rubric("servicequotes", "#7a4fa3", "quote", {}, {}, "quote"),
    }
    languages = [Language(key, key, key, key, "S", "T") for key in ("en", "ru", "zh-hans")]
    return Site("https://example.org", ZONE, NOW, Languages(languages), rubrics=rubrics)


def entry(
    source: str = "en/posts/quiet-monday.md",
    html: str = PLAIN,
    hashtags: Iterable[str] = (),
    **fields: Any,
) -> Entry:
    fields = {"title": "A", "date": "2026-09-07", **fields}
    kind = model_kind(BUILT_IN, locate(source).folder, fields)
    metadata = check(kind, fields, ZONE)
    assert isinstance(metadata, Metadata), metadata
    return assemble(site(), source, metadata, html, hashtags, {"title": 2})


def refused(**options: Any) -> Problem:
    with pytest.raises(Problem) as caught:
        entry(**options)
    return caught.value


@cases(
    ("source", "location"),
    [
        (
            "ru/posts/2026/quiet.md",
            Location("ru", "posts", "posts/2026/quiet", "quiet"),
        ),
        (
            "en/events/2026-12-10-meetup.md",
            Location("en", "events", "events/2026-12-10-meetup", "meetup", "2026-12-10"),
        ),
        ("zh-hans/groups/台北.md", Location("zh-hans", "groups", "groups/台北", "台北")),
        ("en/pages/v1.2.md", Location("en", "pages", "pages/v1.2", "v1.2")),
        ("en/posts/2026-12-10.md", Location("en", "posts", "posts/2026-12-10", "2026-12-10")),
    ],
)
def test_place_of_a_file_tells_what_it_is(source: str, location: Location) -> None:
    assert locate(source) == location


@cases(
    ("source", "url"),
    [
        ("en/posts/quiet-monday.md", "en/quiet-monday/"),
        ("en/posts/2026/2026-09-07-quiet.md", "en/quiet/"),
        ("ru/posts/тихий.md", "ru/тихий/"),
        ("en/pages/about.md", "en/about/"),
        ("en/events/meetup.md", "en/events/meetup/"),
        ("en/groups/berlin.md", "en/groups/berlin/"),
        ("zh-hans/posts/a.md", "zh-hans/a/"),
    ],
)
def test_address_follows_language_kind_and_name(source: str, url: str) -> None:
    assert entry(source).url == url


def test_slug_and_translation_key_are_the_author_s() -> None:
    made = entry(slug="calm", translation_key="posts/old-name")
    assert (made.url, made.key, made.guid) == ("en/calm/", "posts/old-name", "en/posts/old-name")


@cases("slug", sorted(RESERVED_SLUGS))
def test_address_the_site_uses_itself_is_refused(slug: str) -> None:
    problem = refused(slug=slug)
    assert (problem.field, slug in problem.problem) == ("slug", True)
    assert refused(source=f"en/pages/{slug}.md").field == ""


def test_reserved_name_is_free_below_events_and_groups() -> None:
    assert entry("en/events/archive.md").url == "en/events/archive/"


@cases(
    ("source", "fields", "status"),
    [
        ("en/posts/a.md", {}, "published"),
        ("en/posts/a.md", {"status": "draft"}, "draft"),
        ("en/posts/a.md", {"status": "hidden"}, "hidden"),
        ("en/posts/a.md", {"date": ""}, "draft"),
        ("en/events/a.md", {"date": ""}, "draft"),
        ("en/pages/a.md", {"date": ""}, "published"),
        ("en/groups/a.md", {"date": ""}, "published"),
        ("en/posts/2026-09-07-a.md", {"date": ""}, "published"),
        ("en/posts/2027-09-07-a.md", {"date": ""}, "draft"),
        ("en/posts/a.md", {"date": "2026-11-22 17:00"}, "published"),  # now, in Almaty
        ("en/posts/a.md", {"date": "2026-11-22 17:01"}, "draft"),
        ("en/pages/a.md", {"date": "2027-01-01"}, "draft"),
        ("en/posts/a.md", {"date": "2027-01-01", "status": "hidden"}, "hidden"),
    ],
)
def test_status_is_said_or_follows_the_date(
    source: str, fields: dict[str, str], status: str
) -> None:
    assert entry(source, **fields).status == status


def test_draft_s_address_is_out_of_the_way() -> None:
    made = entry("en/posts/2026/quiet.md", status="draft")
    assert made.url == "en/drafts/posts/2026/quiet/"
    assert entry("en/posts/2026/quiet.md").url == "en/quiet/"


def test_date_in_front_matter_goes_before_the_name_s() -> None:
    made = entry("en/posts/2026-01-01-a.md", date="2026-09-07")
    assert made.date == datetime(2026, 9, 7, tzinfo=ZONE)


def test_file_name_with_a_date_that_does_not_exist_is_refused() -> None:
    problem = refused(source="en/posts/2026-02-30-a.md", date="")
    assert "2026-02-30" in problem.problem
    assert problem.fix == "Rename the file."


@cases("lang", ["en", "EN"])
def test_language_may_repeat_the_folder(lang: str) -> None:
    assert entry(lang=lang).lang == "en"
    assert entry("zh-hans/posts/a.md", lang="zh_Hans").lang == "zh-hans"


def test_claims_against_the_folder_are_refused() -> None:
    assert refused(lang="ru").field == "lang"
    assert refused(kind="event").field == "kind"
    assert refused(source="en/pages/a.md", kind="story").field == "kind"


def test_tags_are_rubric_then_hashtags_then_front_matter_each_once() -> None:
    made = entry(
        rubric="servicestories",
        hashtags=["Desk", "ServiceStories"],
        tags=["desk", "phone", "#mail"],
    )
    assert [tag.spelling for tag in made.tags] == ["servicestories", "Desk", "phone", "mail"]
    assert made.rubric == "servicestories"


def test_first_rubric_among_the_tags_counts() -> None:
    assert entry(hashtags=["desk", "servicequotes", "servicestories"]).rubric == "servicequotes"
    assert entry(hashtags=["desk"]).rubric == ""


def test_rubric_that_is_none_is_refused_with_the_nearest() -> None:
    assert refused(rubric="servicestory").fix == "Did you mean servicestories?"
    assert refused(rubric="zzz").fix == "Choose from servicestories, servicequotes."


@cases(
    ("fields", "html", "kind"),
    [
        ({}, PLAIN, "post"),
        ({"kind": "story"}, PLAIN, "story"),
        ({"hashtags": ["servicestories"]}, PLAIN, "story"),
        ({"hashtags": ["servicestories"], "kind": "post"}, PLAIN, "post"),
        ({"hashtags": ["servicequotes"]}, "<p>“Listen.”</p><p>Ada</p>", "quote"),
        ({"hashtags": ["servicequotes"]}, PLAIN, "post"),
        ({"hashtags": ["servicequotes"]}, "<h2>“Listen.”</h2><p>Ada</p>", "post"),
        ({"hashtags": ["servicestories"], "by": "Ada"}, PLAIN, "quote"),
    ],
)
def test_kind_of_a_post_is_said_or_follows_rubric_and_text(
    fields: dict[str, Any], html: str, kind: str
) -> None:
    assert entry(html=html, **fields).kind.id == kind


def test_event_of_a_rubric_stays_an_event() -> None:
    assert entry("en/events/a.md", hashtags=["servicestories"]).kind is EVENT


def test_quotation_in_the_body_is_shown_once() -> None:
    made = entry(html="<p>“Listen.”</p>\n<p>— Ada, Letters</p>", role="founder", kind="quote")
    assert made.quotation is not None
    assert (made.quotation.text, made.quotation.by) == ("Listen.", "Ada")
    assert (made.quotation.source, made.quotation.role) == ("Letters", "founder")
    assert made.body == ""
    assert made.summary == "Listen."


def test_quotation_in_front_matter_leaves_the_body_to_the_author() -> None:
    made = entry(quote="«Слушай».", by="Ада")
    assert made.quotation is not None
    assert (made.quotation.text, made.body) == ("Слушай.", PLAIN)


def test_front_matter_s_speaker_goes_before_the_text_s() -> None:
    made = entry(html="<p>“Listen.”</p><p>Ada</p>", by="Ada Byron")
    assert made.quotation is not None
    assert made.quotation.by == "Ada Byron"


@cases(
    ("html", "told"),
    [("", "is missing"), ("<h2>A</h2><p>“Listen.”</p>", "more than the quotation")],
)
def test_quote_without_a_clear_quotation_is_refused(html: str, told: str) -> None:
    problem = refused(html=html, by="Ada")
    assert told in problem.problem
    assert problem.field == "quote"


def test_summary_is_said_or_the_first_paragraph() -> None:
    assert entry().summary == "Nobody called."
    assert entry(summary="Quiet.").summary == "Quiet."
