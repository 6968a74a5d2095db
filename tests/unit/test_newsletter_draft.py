"""Draft files: read back as they were meant, whatever the titles hold."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from rubric.model.issue_fields import MAX_SUBJECT, SelectedEntry
from rubric.model.kinds import ISSUE
from rubric.model.metadata import IssueMetadata
from rubric.newsletter.draft import cut, name_issue, write_draft
from rubric.newsletter.history import ListHistory
from rubric.newsletter.select import select
from rubric.reading.check import check
from rubric.reading.header import parse_header
from tests.cases import cases
from tests.newsletters import (
    ZONE,
    make_edition,
    make_event,
    make_list,
    make_post,
    make_site,
    read_issue,
)

UNTIL = datetime(2026, 11, 20, 9, tzinfo=ZONE)
SITE = make_site()
# What front matter can hold: no control characters but those that YAML folds.
TITLES = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1).filter(
    lambda text: text.strip() not in ("", "null", "~")  # the latter mean an absent field
)


def selection_of(*titles: str, key: str = "weekly-en"):
    posts = [
        make_post(f"p{n}", UNTIL - timedelta(hours=n + 1), title=title)
        for n, title in enumerate(titles)
    ]
    event = make_event("e", UNTIL + timedelta(days=20), UNTIL - timedelta(days=1))
    edition = make_edition(SITE, *posts, event)
    return select(make_list(key=key), edition, ListHistory(), UNTIL, ZONE)


def metadata_of(text: str) -> IssueMetadata:
    metadata = check(ISSUE, parse_header(text).fields, ZONE)
    assert isinstance(metadata, IssueMetadata), metadata
    return metadata


def test_draft_is_the_file_an_editor_expects():
    text = write_draft(make_list(), selection_of("A “quiet” day", "Tea: at three"), "Letter", ZONE)
    assert text == (
        "---\n"
        "title: Letter\n"
        "date: 2026-11-20 09:00\n"
        "status: draft # delete this line when the issue is sent\n"
        "list: weekly-en\n"
        'subject: "A “quiet” day"\n'
        'preheader: "Tea: at three · e"\n'
        "posts:\n"
        "  - posts/p0 # A “quiet” day\n"
        "  - posts/p1 # Tea: at three\n"
        "events:\n"
        "  - events/e # e\n"
        "# Written by the draft task; the next draft reads it. Leave it as it is.\n"
        "window_start: 2026-11-13 09:00\n"
        "window_end: 2026-11-20 09:00\n"
        "considered:\n"
        "  - posts/p0\n"
        "  - posts/p1\n"
        '  - "events/e@2026-12-10T09:00/2026-12-10T11:00 Asia/Almaty scheduled"\n'
        "---\n"
    )


def test_draft_is_read_as_a_draft_with_an_empty_introduction():
    entry = read_issue(SITE, write_draft(make_list(), selection_of("A"), "Letter", ZONE))
    assert (entry.status, entry.body.strip(), entry.date) == ("draft", "", UNTIL)


def test_same_selection_gives_the_same_bytes():
    texts = {write_draft(make_list(), selection_of("A", "B"), "L", ZONE) for _ in range(3)}
    assert len(texts) == 1


@given(st.lists(TITLES, min_size=1, max_size=4), TITLES)
@example(titles=["true"], title="no")
@example(titles=["12"], title="1e3")
@example(titles=["no"], title="off")
def test_any_titles_survive(titles, title):
    selection = selection_of(*titles)
    metadata = metadata_of(write_draft(make_list(), selection, title, ZONE))
    assert [pick.key for pick in metadata.posts] == [f"posts/p{n}" for n in range(len(titles))]
    assert metadata.events == (SelectedEntry("events/e"),)
    assert metadata.considered == selection.considered
    assert " ".join(metadata.title.split()) == " ".join(title.split())
    assert metadata.subject == cut(titles[0])


@cases(
    ("key", "name"),
    [("weekly-en", "weekly-2026-11-20"), ("berlin", "berlin-2026-11-20")],
)
def test_file_is_named_by_list_and_day(key, name):
    assert name_issue(make_list(key=key), selection_of("A", key=key)) == name


@cases(
    ("text", "limit", "expected"),
    [
        ("short", 10, "short"),
        ("two  words\there", 30, "two words here"),
        ("abcdefgh", 5, "abcd…"),
        ("abc defgh", 5, "abc…"),
        ("abcde\u0301f", 6, "abcd…"),  # é stays whole
        ("ab👩\u200d💻c", 5, "ab…"),  # so does a person at a computer
        ("abc👍🏽d", 5, "abc…"),  # and a thumb with its skin
        ("星期一早上九點", 4, "星期一…"),
    ],
)
def test_subject_is_cut_between_what_a_reader_sees_as_letters(text, limit, expected):
    assert cut(text, limit) == expected


@given(TITLES.map(lambda text: text * 20))
def test_cut_subject_fits(text):
    assert len(cut(text)) <= MAX_SUBJECT
