"""Fields as given → typed metadata, or every mistake with its way out."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from rubric.model.kinds import BUILT_IN, EVENT
from rubric.model.metadata import EventMetadata, Metadata, PageMetadata
from rubric.reading.check import check, model_kind
from rubric.reading.source import Problem
from tests.cases import cases

ZONE = ZoneInfo("Asia/Almaty")


def accepted(kind: str, **fields: Any) -> Any:
    result = check(BUILT_IN[kind], {"title": "A", **fields}, ZONE)
    assert isinstance(result, Metadata), result
    return result


def refused(kind: str, **fields: Any) -> Problem:
    """The one mistake in these fields."""
    result = check(BUILT_IN[kind], {"title": "A", **fields}, ZONE)
    assert isinstance(result, list)
    (problem,) = result
    return problem


def test_publication_is_in_the_site_s_zone() -> None:
    assert accepted("post", date="2026-09-07").date == datetime(2026, 9, 7, tzinfo=ZONE)
    assert accepted("post", date="2026-09-07 18:30").date == datetime(
        2026, 9, 7, 18, 30, tzinfo=ZONE
    )


def test_publication_with_an_offset_is_that_instant() -> None:
    date = accepted("post", date="2026-09-07T18:30Z").date
    assert date == datetime(2026, 9, 7, 23, 30, tzinfo=ZONE)


@cases(
    ("written", "tags"),
    [
        ("desk, phone", ("desk", "phone")),
        ("服务，故事、活动", ("服务", "故事", "活动")),
        (["desk", "two  words"], ("desk", "two words")),
        ("desk,,", ("desk",)),
        ("", ()),
        ([], ()),
    ],
)
def test_list_may_be_one_string_with_commas(written: Any, tags: tuple[str, ...]) -> None:
    assert accepted("post", tags=written).tags == tags


def test_author_is_authors() -> None:
    assert accepted("post", author="Ada").authors == ("Ada",)


@cases("empty", ["", "  ", None, [], {}])
def test_empty_value_is_an_absent_one(empty: Any) -> None:
    assert accepted("post", summary=empty).summary is None


def test_space_in_a_line_is_folded() -> None:
    assert accepted("post", summary="One\n two\u3000three").summary == "One two three"


@cases(
    ("name", "written", "value"),
    [
        ("country", "kz", "KZ"),
        ("country", "NO", "NO"),  # Norway
        ("currency", "eur", "EUR"),
        ("duration", "1h 30m", timedelta(minutes=90)),
        ("timezone", "Asia/Almaty", "Asia/Almaty"),
        ("price", "0", 0.0),
        ("sold_out", "yes", True),
        ("sold_out", "false", False),
        ("event_languages", "ru, zh-Hant", ("ru", "zh-hant")),
        ("registration", "mailto:desk@example.org", "mailto:desk@example.org"),
        ("online", "https://example.org/страница", "https://example.org/страница"),
        ("fold", "1", 1),
        ("latitude", "-90", -90.0),
    ],
)
def test_event_field_is_read_from_text(name: str, written: str, value: Any) -> None:
    assert getattr(accepted("event", **{name: written}), name) == value


@cases(
    ("name", "written", "told"),
    [
        ("start", "soon", "“soon” is not a date or time."),
        ("start", ["2026-12-10"], "is not a date or time."),
        ("duration", "two hours", "“two hours” is not a length of time."),
        ("timezone", "CST", "“CST” is not a place."),
        ("timezone", ["Asia/Almaty"], "is not one line of text."),
        ("country", "Norway", "“Norway” is not a country code."),
        ("currency", "€", "“€” is not a currency."),
        ("price", "free", "“free” is not a number."),
        ("price", "-1", "“-1” is too small."),
        ("capacity", "1.5", "“1.5” is not a number."),
        ("capacity", "0", "“0” is too small."),
        ("latitude", "91", "“91” is too large."),
        ("latitude", "nan", "“nan” is not a number."),
        ("price", "inf", "“inf” is not a number."),
        ("fold", "2", "“2” is too large."),
        ("sold_out", "maybe", "“maybe” is neither true nor false."),
        ("sold_out", ["a"], "“['a']” is neither true nor false."),
        ("event_status", "canceled", "“canceled” is unknown."),
        ("event_languages", "German", "“German” is not a language."),
        ("online", "www.example.org", "“www.example.org” is not an address readers can follow."),
        ("online", "https://", "“https://” is not an address readers can follow."),
        ("online", "https://[", "“https://[” is not an address readers can follow."),
        ("online", "mailto:a@example.org", "“mailto:a@example.org” is not an address"),
        ("registration", "javascript:alert(1)", "“javascript:alert(1)” is not an address"),
        ("registration", 'https://a.example/"x', "is not an address readers can follow."),
        ("speakers", [["a"]], "is not a list of single lines."),
        ("speakers", {"a": "b"}, "is not a list of single lines."),
        ("speakers", [""], "has an empty item."),
        ("venue", ["a"], "is not one line of text."),
        ("venue", "a\x07", "contains a control character."),
        ("slug", "a/b", "“a/b” can't be an address."),
        ("slug", "..", "“..” can't be an address."),
        ("slug", "-a", "“-a” can't be an address."),
        ("translation_key", "../a", "“../a” can't be a key."),
        ("status", "public", "“public” is unknown."),
    ],
)
def test_wrong_value_is_told_with_a_way_out(name: str, written: Any, told: str) -> None:
    problem = refused("event", **{name: written})
    assert told in problem.problem
    assert problem.field == name
    assert problem.fix


@cases("founded", ["2019", "2019-05", "2019-05-31"])
def test_group_s_founding_is_a_year_or_more(founded: str) -> None:
    assert accepted("group", founded=founded).founded == founded
    assert "is not a year" in refused("group", founded=f"in {founded}").problem


@cases(
    ("name", "fix"),
    [
        ("sumary", "Did you mean summary?"),
        ("serie", "Did you mean series?"),
        ("layout", "Delete the line; the folder decides how it is shown."),
        ("permalink", "Write “aliases: /x” instead; that address then redirects here."),
        ("cover", "Save the picture below content/images/, and write “image: images/x” instead."),
        ("tz", "Delete the line."),
    ],
)
def test_unknown_field_names_the_one_that_is_meant(name: str, fix: str) -> None:
    problem = refused("post", **{name: "x"})
    assert (problem.problem, problem.fix) == ("is not a field here.", fix)


def test_field_like_no_other_is_answered_with_all_of_them() -> None:
    fix = refused("page", zzz="x").fix
    assert all(name in fix for name in PageMetadata.model_fields)


def test_all_mistakes_are_told() -> None:
    result = check(EVENT, {"start": "soon", "price": "free", "mood": "calm"}, ZONE)
    assert isinstance(result, list)
    assert {problem.field for problem in result} == {"title", "start", "price", "mood"}


@cases(
    ("folder", "fields", "kind"),
    [
        ("posts", {}, "post"),
        ("posts", {"by": "Ada"}, "quote"),
        ("posts", {"kind": "quote"}, "quote"),
        ("posts", {"kind": "story"}, "post"),
        ("events", {"by": "Ada"}, "event"),
        ("pages", {"kind": "quote"}, "page"),
        ("pages", {"kind": "faq"}, "faq"),
    ],
)
def test_kind_follows_the_folder_and_a_quotation_s_fields(
    folder: str, fields: dict[str, str], kind: str
) -> None:
    assert model_kind(BUILT_IN, folder, fields).id == kind


def test_join_url_is_checked_though_never_published() -> None:
    assert accepted("event", join_url="https://meet.example/x").join_url
    assert refused("event", join_url="meet").field == "join_url"


VALUES = st.recursive(
    st.text(max_size=30),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)


@given(
    st.sampled_from(sorted(BUILT_IN.by_id)),
    st.dictionaries(st.sampled_from(sorted(EventMetadata.model_fields)) | st.text(), VALUES),
)
def test_any_fields_are_accepted_or_explained(kind: str, fields: dict[str, Any]) -> None:
    result = check(BUILT_IN[kind], fields, ZONE)
    if isinstance(result, list):
        assert result
        assert all(problem.problem and problem.fix for problem in result)


@cases(
    ("field", "value", "problem"),
    [
        ("price", "1e30", "is too large"),
        ("price", "1e400", "is not a number"),
        ("price", "9" * 5000, "is not a number"),
        ("price", "1e-30", "has too many decimals"),
        ("price", "-1", "is too small"),
        ("price", ".nan", "is not a number"),
        ("capacity", "9" * 29, "is too large"),
        ("capacity", "9" * 5000, "has too many digits"),
        ("capacity", "1000001", "is too large"),
        ("latitude", "1e9", "is too large"),
        ("longitude", "-180.001", "is too small"),
        ("fold", "9" * 29, "is too large"),
        ("duration", "9" * 5000 + "d", "is not a length of time"),
        ("duration", "9999d", "is longer than a year"),
        ("start", "9999-12-31", "does not exist in the calendar"),
    ],
)
def test_absurd_numbers_are_refused_in_a_short_line(field: str, value: str, problem: str) -> None:
    found = refused("event", **{field: value})
    assert found.field == field
    assert problem in found.problem
    assert len(found.problem) < 150


@cases("year", ["0001", "2024-13", "2024-02-30", "9999"])
def test_a_founding_that_does_not_exist_is_refused(year: str) -> None:
    assert "does not exist in the calendar" in refused("group", founded=year).problem


def test_large_and_small_numbers_that_exist_are_accepted() -> None:
    event = accepted("event", price="25000000", capacity="80000", latitude="-90", longitude="180")
    assert (event.price, event.capacity) == (25_000_000, 80_000)
    assert accepted("event", price="0.125").price == 0.125
