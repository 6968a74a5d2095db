"""What an issue offers: everything once, nothing lost, whatever happens between issues."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubric.model.edition import Edition
from rubric.model.entry import Entry
from rubric.model.metadata import IssueMetadata
from rubric.model.moment import load_zone
from rubric.newsletter.draft import write_draft
from rubric.newsletter.history import ListHistory, describe_schedule, read_history
from rubric.newsletter.select import Selection, select
from rubric.newsletter.windows import format_time, step_back
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

START = datetime(2026, 11, 2, 9, tzinfo=ZONE)
DAY, WEEK = timedelta(days=1), timedelta(days=7)
LATER = START + 60 * DAY
SITE = make_site(now=LATER)


def keys(selection: Selection) -> list[str]:
    return [item.entry.key.partition("/")[2] for item in (*selection.posts, *selection.events)]


def draft(edition: Edition, until: datetime, issues: list[Entry], mailing=None) -> Selection:
    """Select and, where there is something to tell, write the issue and read it back."""
    mailing = mailing or make_list()
    history = read_history(mailing, issues, ZONE)
    selection = select(mailing, edition, history, until, ZONE)
    if not selection.is_empty:
        text = write_draft(mailing, selection, "Issue", ZONE)
        issues.append(read_issue(SITE, text, f"weekly-{len(issues)}"))
    return selection


def chosen(*entries: Entry, until: datetime = START + WEEK, issues=None, **options) -> list[str]:
    edition = make_edition(SITE, *entries)
    return keys(draft(edition, until, [] if issues is None else issues, make_list(**options)))


def test_window_has_its_start_and_not_its_end():
    times = {"before": -timedelta(minutes=1), "first": timedelta(0), "last": WEEK}
    posts = [make_post(name, START + time) for name, time in times.items()]
    assert chosen(*posts) == ["first"]


def test_posts_are_newest_first_and_equal_dates_by_key():
    posts = [make_post("b", START), make_post("a", START), make_post("c", START + DAY)]
    assert chosen(*posts) == ["c", "a", "b"]


def test_next_issue_begins_where_the_last_one_ended_however_long_ago():
    issues: list[Entry] = []
    chosen(make_post("a", START), issues=issues)
    late = make_post("b", START + 8 * DAY)
    edition = make_edition(SITE, late)
    selection = draft(edition, START + 30 * DAY, issues)
    assert (selection.window_start, keys(selection)) == (START + WEEK, ["b"])


def test_post_published_late_comes_in_the_next_issue():
    issues: list[Entry] = []
    first, late = make_post("a", START), make_post("late", START + DAY)
    assert chosen(first, issues=issues) == ["a"]
    assert chosen(first, late, until=START + 2 * WEEK, issues=issues) == ["late"]


def test_post_dated_before_the_list_began_is_not_news():
    issues: list[Entry] = []
    chosen(make_post("a", START), issues=issues)
    old = make_post("old", START - DAY)
    assert chosen(old, until=START + 2 * WEEK, issues=issues) == []


def test_what_does_not_fit_waits_and_is_never_overtaken_for_good():
    """Every issue has more new posts than it takes, and still all of the first week come."""
    issues: list[Entry] = []
    told = []
    posts = [make_post(f"p{n}", START + n * timedelta(hours=40)) for n in range(12)]
    for week in range(1, 8):
        until = START + week * WEEK
        edition = make_edition(SITE, *posts)
        told += keys(draft(edition, until, issues, make_list(max_posts=2)))
    assert sorted(told) == sorted(post.key.partition("/")[2] for post in posts)


def test_newest_go_first_when_nothing_waits():
    posts = [make_post(f"p{n}", START + n * DAY) for n in range(4)]
    assert chosen(*posts, max_posts=2) == ["p3", "p2"]


def test_post_told_in_one_language_is_not_told_again_when_translated():
    issues: list[Entry] = []
    original = make_post("a", START, lang="ru")
    assert chosen(original, issues=issues, fallback="list") == ["a"]
    translated = make_post("a", START + WEEK, lang="en")
    until = START + 2 * WEEK
    assert chosen(original, translated, until=until, issues=issues, fallback="list") == []


def test_text_without_translation_stands_only_in_lists_that_fall_back():
    original = make_post("a", START, lang="ru")
    assert chosen(original, fallback="hide") == []
    assert chosen(original, fallback="list") == ["a"]


def test_drafts_are_not_chosen():
    assert chosen(make_post("a", START, status="draft")) == []


def test_list_takes_posts_of_its_tags_or_its_groups():
    posts = [
        make_post("tagged", START, tags="Desk"),
        make_post("grouped", START, group="berlin"),
        make_post("recap", START),
        make_post("other", START, tags="hotel"),
    ]
    past = make_event("e", START - DAY, START - WEEK, group="berlin", recap="recap")
    assert chosen(*posts, past, tags=("desk",), groups=("berlin",)) == [
        "grouped",
        "recap",
        "tagged",
    ]


@cases("name", ["weekly-0", "hand-made"])
def test_what_the_editor_took_out_is_not_offered_again(name):
    issues: list[Entry] = []
    posts = [make_post("a", START), make_post("b", START)]
    chosen(*posts, issues=issues)
    metadata = issues[0].metadata
    assert isinstance(metadata, IssueMetadata)
    issues[0].metadata = metadata.model_copy(update={"posts": metadata.posts[:1]})
    assert chosen(*posts, until=START + 2 * WEEK, issues=issues) == []


def test_issue_written_by_hand_counts_by_what_it_names():
    text = (
        "---\ntitle: A\nlist: weekly-en\ndate: 2026-11-09 09:00\n"
        "posts: [posts/a]\nevents: [events/e]\n---\n"
    )
    issues = [read_issue(SITE, text)]
    history = read_history(make_list(), issues, ZONE)
    assert history == ListHistory({"posts/a"}, {"events/e": ""}, START, START + WEEK)
    event = make_event("e", LATER, START)
    assert chosen(event, until=START + 2 * WEEK, issues=issues) == []
    event.event = event.event and replace(event.event, status="cancelled")
    assert chosen(event, until=START + 2 * WEEK, issues=issues) == ["e"]


def test_issues_of_other_lists_count_nothing():
    issues: list[Entry] = []
    post = make_post("a", START)
    chosen(post, issues=issues, key="daily-en")
    assert chosen(post, issues=issues) == ["a"]


@cases("until", [START + WEEK, START + DAY])
def test_time_an_earlier_issue_covers_is_refused(until):
    issues: list[Entry] = []
    chosen(make_post("a", START), issues=issues)
    with pytest.raises(ValueError, match=r"ends at 2026-11-09 09:00.*Give a later --until"):
        chosen(make_post("b", START), until=until, issues=issues)


# Events


def test_event_is_told_once_if_it_begins_later():
    issues: list[Entry] = []
    coming = make_event("coming", LATER, START)
    running = make_event("running", START + WEEK - timedelta(hours=1), START)
    unannounced = make_event("unannounced", LATER, START + WEEK)
    assert chosen(coming, running, unannounced, issues=issues) == ["coming"]
    assert chosen(coming, running, until=START + 2 * WEEK, issues=issues) == []


@cases("status", ["cancelled", "postponed", "moved"])
def test_change_of_a_told_event_is_told_once(status):
    issues: list[Entry] = []
    event = make_event("e", LATER, START)
    chosen(event, issues=issues)
    changed = make_event("e", LATER, START, event_status=status)
    told = [chosen(changed, until=START + week * WEEK, issues=issues) for week in (2, 3)]
    assert told == [["e"], []]


def test_new_time_is_told_even_if_no_status_says_so():
    issues: list[Entry] = []
    chosen(make_event("e", LATER, START), issues=issues)
    moved = make_event("e", LATER + DAY, START)
    assert chosen(moved, until=START + 2 * WEEK, issues=issues) == ["e"]


def test_cancellation_is_told_though_nobody_was_invited():
    assert chosen(make_event("e", LATER, START, event_status="cancelled")) == ["e"]


def test_cancellation_of_what_would_be_over_is_not_told():
    issues: list[Entry] = []
    chosen(make_event("e", START + 8 * DAY, START), issues=issues)
    cancelled = make_event("e", START + 8 * DAY, START, event_status="cancelled")
    assert chosen(cancelled, until=START + 2 * WEEK, issues=issues) == []


def test_where_not_all_events_fit_changes_and_then_the_soonest_come():
    events = [make_event(f"e{n}", LATER + n * DAY, START) for n in range(3)]
    cancelled = make_event("off", LATER + 9 * DAY, START, event_status="cancelled")
    assert chosen(*events, cancelled, max_events=2) == ["e0", "off"]


def test_schedule_is_in_the_words_of_the_place():
    event = make_event("e", START, START).event
    assert event
    assert describe_schedule(event) == "2026-11-02T09:00/2026-11-02T11:00 Asia/Almaty scheduled"
    open_end = replace(event, has_stated_end=False, status="moved")
    assert describe_schedule(open_end) == "2026-11-02T09:00 Asia/Almaty moved"


# Windows


@cases(
    ("until", "cadence", "expected"),
    [
        ("2026-03-30T02:30", "daily", "2026-03-29T03:30:00+02:00"),  # skipped in Berlin
        ("2026-03-29T09:00", "daily", "2026-03-28T09:00:00+01:00"),  # 23 hours
        ("2026-10-26T02:30", "daily", "2026-10-25T02:30:00+02:00"),  # the first of two
        ("2026-10-25T09:00", "weekly", "2026-10-18T09:00:00+02:00"),
        ("2026-03-31T09:00", "monthly", "2026-02-28T09:00:00+01:00"),
        ("2028-03-31T09:00", "monthly", "2028-02-29T09:00:00+01:00"),
        ("2026-12-31T09:00", "monthly", "2026-11-30T09:00:00+01:00"),
        ("2027-01-15T09:00", "monthly", "2026-12-15T09:00:00+01:00"),
        ("2026-01-01T00:00", "daily", "2025-12-31T00:00:00+01:00"),
    ],
)
def test_cadence_goes_back_by_the_wall_clock(until, cadence, expected):
    berlin = load_zone("Europe/Berlin")
    start = step_back(datetime.fromisoformat(until).replace(tzinfo=berlin), cadence, berlin)
    assert start.isoformat() == expected


@given(st.integers(0, 5_000_000))
def test_spelled_times_are_read_back_as_the_same_instant(minutes):
    berlin = load_zone("Europe/Berlin")
    instant = (START.astimezone(load_zone("UTC")) + timedelta(minutes=minutes)).astimezone(berlin)
    text = f"---\ntitle: A\nlist: weekly-en\ndate: {format_time(instant, berlin)}\n---\n"
    assert read_issue(make_site(berlin), text).date == instant


def test_windows_over_a_clock_change_have_no_gap_and_no_overlap():
    berlin = load_zone("Europe/Berlin")
    site = make_site(berlin)
    first = datetime(2026, 10, 24, 2, 30, tzinfo=berlin)
    utc = first.astimezone(load_zone("UTC"))
    posts = [make_post(f"p{n:02}", utc + n * timedelta(minutes=30)) for n in range(96)]
    edition = make_edition(site, *posts)
    issues: list[Entry] = []
    told: list[str] = []
    mailing = make_list(cadence="daily", max_posts=100)
    for until in (
        datetime(2026, 10, 25, 2, 30, tzinfo=berlin),
        datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=berlin),
        datetime(2026, 10, 26, 2, 30, tzinfo=berlin),
    ):
        history = read_history(mailing, issues, berlin)
        selection = select(mailing, edition, history, until, berlin)
        text = write_draft(mailing, selection, "Issue", berlin)
        issues.append(read_issue(site, text, f"daily-{len(issues)}"))
        told += keys(selection)
        assert {item.entry.date for item in selection.posts} == {
            post.date
            for post in posts
            if post.date and selection.window_start <= post.date < selection.window_end
        }
    assert sorted(told) == [f"p{n:02}" for n in range(96)]


# Whatever happens

STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["publish", "backdate", "edit", "translate", "cancel", "drop", "draft", "draft"]
        ),
        st.integers(0, 99),
        st.integers(1, 200),
    ),
    max_size=40,
)


class Newsroom:
    """Texts of two languages, an English list that falls back, and days that pass."""

    def __init__(self, limit: int) -> None:
        self.now = START + WEEK
        self.mailing = make_list(fallback="list", max_posts=limit, max_events=limit)
        self.texts: list[Entry] = []
        self.issues: list[Entry] = []
        self.sent: list[str] = []
        self.told: list[tuple[str, str]] = []
        self.began: datetime | None = None

    def take(self, step: str, pick: int, hours: int) -> None:
        self.now += timedelta(hours=1)
        getattr(self, step)(pick, timedelta(hours=hours))

    def publish(self, pick: int, ago: timedelta) -> None:
        name, lang = f"p{len(self.texts)}", "ru" if pick % 3 == 0 else "en"
        self.texts.append(make_post(name, self.now, lang))
        starts = self.now + 10 * ago
        self.texts.append(make_event(f"e{len(self.texts)}", starts, self.now, lang))

    def backdate(self, pick: int, ago: timedelta) -> None:
        """Publish something with a date in a window that may be told already."""
        date = max(self.now - ago, self.began or self.now)
        self.texts.append(make_post(f"p{len(self.texts)}", date))

    def edit(self, pick: int, ago: timedelta) -> None:
        for entry in self.some(pick):
            entry.title, entry.modified = f"{entry.title}!", self.now

    def translate(self, pick: int, ago: timedelta) -> None:
        known = {(entry.key, entry.lang) for entry in self.texts}
        for entry in self.some(pick):
            other = "en" if entry.lang == "ru" else "ru"
            name = entry.key.partition("/")[2]
            if entry.is_post and (entry.key, other) not in known:
                self.texts.append(make_post(name, self.now, other))

    def cancel(self, pick: int, ago: timedelta) -> None:
        for entry in self.some(pick):
            if entry.event:
                entry.event = replace(entry.event, status="cancelled")

    def drop(self, pick: int, ago: timedelta) -> None:
        """The editor takes the first entry out of the last issue."""
        for issue in self.issues[-1:]:
            metadata = issue.metadata
            assert isinstance(metadata, IssueMetadata)
            name = "posts" if pick % 2 else "events"
            issue.metadata = metadata.model_copy(update={name: getattr(metadata, name)[1:]})

    def draft(self, pick: int, ago: timedelta) -> None:
        edition = make_edition(SITE, *self.texts)
        history = read_history(self.mailing, self.issues, ZONE)
        selection = select(self.mailing, edition, history, self.now, ZONE)
        again = select(self.mailing, edition, history, self.now, ZONE)
        text = write_draft(self.mailing, selection, "I", ZONE) if not selection.is_empty else ""
        assert again == selection
        for item in selection.events:
            assert item.event.starts_at >= selection.window_end
            self.told.append((item.entry.key, describe_schedule(item.event)))
        self.sent += [item.entry.key for item in selection.posts]
        if text:
            self.issues.append(read_issue(SITE, text, f"weekly-{len(self.issues):03}"))
            self.began = self.began or selection.window_start

    def some(self, pick: int) -> list[Entry]:
        return [self.texts[pick % len(self.texts)]] if self.texts else []


@settings(max_examples=150, deadline=None)
@given(STEPS, st.integers(1, 3))
def test_no_sequence_of_events_tells_a_post_twice_or_loses_one(steps, limit):
    room = Newsroom(limit)
    for step in steps:
        room.take(*step)
    for _ in range(len(room.texts) + 1):
        room.take("draft", 0, 1)
    assert len(room.sent) == len(set(room.sent))
    assert len(room.told) == len(set(room.told))
    began = room.began or room.now
    dates = {entry.key: entry.date for entry in room.texts if entry.is_post}
    own = {entry.key: entry.date for entry in room.texts if entry.is_post and entry.lang == "en"}
    missed = {key for key, date in (dates | own).items() if date and date >= began} - set(room.sent)
    assert missed == set()
    known = dict(room.told)
    for entry in make_edition(SITE, *room.texts).events:
        if entry.event.starts_at >= room.now:
            assert known[entry.entry.key] == describe_schedule(entry.event)
