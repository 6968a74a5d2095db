"""The lock: UIDs for ever, a SEQUENCE that rises with time, place and status alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubric.calendars.findings import compare
from rubric.calendars.lock import (
    EventState,
    Lock,
    LockedEvent,
    current_revision,
    default_uid,
    describe_schedule,
    dump_lock,
    load_lock,
    refresh,
)
from tests.cases import cases
from tests.unit.test_calendars_zones import local, zone

NOW = datetime(2026, 11, 22, 17, 40, tzinfo=UTC)
ALMATY = zone("Asia/Almaty")
WRITTEN = datetime(2026, 11, 1, 9, tzinfo=ALMATY)


def state(key: str = "events/meetup", **changes: Any) -> EventState:
    starts_at = changes.pop("starts_at", datetime(2026, 12, 10, 18, 30, tzinfo=ALMATY))
    place, status = changes.pop("place", "Dostyk 13"), changes.pop("status", "scheduled")
    usual = EventState(
        key=key,
        uid=default_uid(key, "example.org"),
        schedule=describe_schedule(starts_at, None, place, status, all_day=False),
        content="Meetup\nTea.",
        title="Meetup",
        starts_at=starts_at,
        place=place,
        status=status,
        fallback_changed_at=WRITTEN,
    )
    return replace(usual, **changes)


def locked(*states: EventState, lock: Lock | None = None, now: datetime = NOW) -> Lock:
    """Refreshed, written and read back."""
    fresh = refresh(lock or Lock(), states, now)
    text = dump_lock(fresh)
    assert load_lock(text) == fresh
    assert dump_lock(load_lock(text)) == text
    return fresh


LATER = NOW + timedelta(days=1)
MOVED = datetime(2026, 12, 11, 18, 30, tzinfo=ALMATY)


def test_a_new_event() -> None:
    """Locking changes nothing that calendars see."""
    expected = ("events-meetup@example.org", 0, datetime(2026, 11, 1, 4, tzinfo=UTC))
    assert current_revision(Lock(), state()) == expected
    assert current_revision(locked(state()), state()) == expected


def test_nothing_changed() -> None:
    first = locked(state())
    assert dump_lock(locked(state(), lock=first, now=LATER)) == dump_lock(first)


@cases("changes", [{"starts_at": MOVED}, {"place": "Abay 5"}, {"status": "cancelled"}])
def test_schedule_changed(changes: dict[str, Any]) -> None:
    before, after = locked(state()), state(**changes)
    stale = current_revision(before, after)
    assert stale.sequence == 1
    uid, sequence, changed_at = current_revision(locked(after, lock=before, now=LATER), after)
    assert (uid, sequence, changed_at) == (stale.uid, 1, LATER)


def test_only_the_text_changed() -> None:
    before, after = locked(state()), state(content="Meetup\nCoffee.")
    assert current_revision(before, after)[1:] == (0, WRITTEN)
    assert current_revision(locked(after, lock=before, now=LATER), after)[1:] == (0, LATER)


def test_stale_lock_takes_a_later_date_of_the_entry() -> None:
    modified = WRITTEN + timedelta(days=3)
    after = state(content="New", fallback_changed_at=modified)
    assert current_revision(locked(state()), after).changed_at == modified
    same = state(fallback_changed_at=modified)
    assert current_revision(locked(state()), same).changed_at == WRITTEN, "nothing changed"


def test_an_event_that_went_keeps_its_block() -> None:
    gone = locked(lock=locked(state()), now=LATER)
    assert gone.events["events/meetup"].is_gone
    assert "gone = true\n" in dump_lock(gone)
    assert locked(lock=gone, now=LATER) == gone
    back = locked(state(), lock=gone, now=LATER)
    assert back == locked(state())


def test_no_two_keys_have_one_uid() -> None:
    keys = ["events/2026/tea", "events/2026-tea", "events-2026/tea", "events/2026--tea"]
    assert len({default_uid(key, "example.org") for key in keys}) == len(keys)


EDITS = st.sampled_from(["time", "place", "status", "text", "nothing", "remove", "restore"])


@settings(deadline=None)
@given(st.lists(st.tuples(EDITS, st.integers(0, 3)), max_size=25))
def test_sequence_rises_exactly_with_the_schedule(edits: list[tuple[str, int]]) -> None:
    now, present = NOW, state()
    lock = locked(present)
    for edit, number in edits:
        now += timedelta(hours=1)
        before = lock.events[present.key]
        if edit == "remove":
            lock = locked(lock=lock, now=now)
            assert replace(before, is_gone=True) == lock.events[present.key]
            continue
        facts: dict[str, Any] = {
            "starts_at": present.starts_at,
            "place": present.place,
            "status": present.status,
            "content": present.content,
        }
        new: dict[str, dict[str, Any]] = {
            "time": {"starts_at": MOVED + timedelta(days=number)},
            "place": {"place": f"Street {number}"},
            "status": {"status": ("scheduled", "moved", "cancelled", "postponed")[number]},
            "text": {"content": f"Text {number}"},
        }
        facts |= new.get(edit, {})
        after = state(**facts)
        lock = locked(after, lock=lock, now=now)
        block = lock.events[present.key]
        rises = before.schedule != after.schedule
        is_changed = rises or present.content != after.content
        assert block.sequence == before.sequence + rises
        assert block.changed_at == (now if is_changed else before.changed_at)
        assert block.uid == before.uid
        assert compare(lock, [after]) == []
        assert current_revision(lock, after) == (block.uid, block.sequence, block.changed_at)
        present = after


TEXT = st.text(max_size=20)
MOMENTS = st.datetimes(
    local("2000-01-01"),
    local("2099-01-01"),
    timezones=st.integers(-840, 840).map(lambda m: timezone(timedelta(minutes=m))),
).map(lambda time: time.replace(microsecond=0))
BLOCKS = st.builds(
    LockedEvent,
    uid=TEXT,
    sequence=st.integers(0, 10**6),
    changed_at=MOMENTS,
    schedule=TEXT,
    content=TEXT,
    title=TEXT,
    starts_at=MOMENTS,
    place=TEXT,
    status=TEXT,
    is_gone=st.booleans(),
)


@settings(deadline=None)
@given(st.dictionaries(TEXT, BLOCKS, max_size=4))
def test_any_lock_comes_back(events: dict[str, LockedEvent]) -> None:
    distinct = {key: replace(block, uid=key) for key, block in events.items()}
    text = dump_lock(Lock(distinct))
    assert load_lock(text) == Lock(distinct)
    text.encode()


def test_the_file_reads_well() -> None:
    assert dump_lock(locked(state())).partition("\n\n")[2] == (
        '["events/meetup"]\n'
        'uid = "events-meetup@example.org"\n'
        "sequence = 0\n"
        "changed_at = 2026-11-01T04:00:00Z\n"
        'schedule = "2026-12-10 18:30+0500 | Asia/Almaty | Dostyk 13 | scheduled"\n'
        'content = "5f9e89bbd6dacd18"\n'
        'title = "Meetup"\n'
        "starts_at = 2026-12-10T18:30:00+05:00\n"
        'place = "Dostyk 13"\n'
        'status = "scheduled"\n'
    )


GOOD = dump_lock(refresh(Lock(), [state(), state("events/other", uid="o@x")], NOW))


@cases(
    ("before", "after", "line", "problem"),
    [
        ("sequence = 0", "sequence = ", 6, "Invalid value"),
        ("sequence = 0", "sequence = -1", 6, "sequence has an invalid value"),
        ("sequence = 0", "sequence = true", 6, "sequence has an invalid value"),
        ("04:00:00Z", "04:00:00", 7, "changed_at has an invalid value"),
        ('title = "Meetup"\n', "", 4, "title is missing"),
        ('title = "Meetup"', 'title = "Meetup"\nname = "x"', 4, "name is unknown"),
        ('title = "Meetup"', 'title = "Meetup"\ngone = "yes"', 11, "gone has an invalid value"),
        ("# The published", "<<<<<<< HEAD\n# The published", 1, "Invalid"),
        ("# The published", "version = 1\n# The published", 1, "is not a block"),
        ("o@x", "events-meetup@example.org", 15, "has the UID of"),
    ],
)
def test_a_damaged_file(before: str, after: str, line: int, problem: str) -> None:
    with pytest.raises(ValueError, match=problem) as caught:
        load_lock(GOOD.replace(before, after, 1))
    assert str(caught.value).startswith(f"line {line}: ")


def test_a_file_that_breaks_off() -> None:
    with pytest.raises(ValueError, match=r"line \d+: .*run invoke lock"):
        load_lock(GOOD[: GOOD.index("Dostyk")])


def test_no_file_is_an_empty_lock() -> None:
    assert load_lock("") == Lock() == load_lock(dump_lock(Lock()))


def found(lock: Lock, *states: EventState) -> list[tuple[str, str, str]]:
    return [
        (finding.level, finding.where, finding.problem + " " + finding.fix)
        for finding in compare(lock, states)
    ]


def test_findings_of_a_new_event() -> None:
    ((level, key, text),) = found(Lock(), state())
    assert (level, key) == ("advice", "events/meetup")
    assert "not locked yet" in text


def test_findings_of_changes() -> None:
    lock = locked(state())
    assert found(lock, state()) == []
    ((level, _, text),) = found(lock, state(place="Abay 5"))
    assert level == "error"
    assert "events.lock was not updated" in text
    ((level, _, text),) = found(lock, state(content="Tea"))
    assert level == "advice"
    assert "text changed" in text


def test_findings_of_a_new_date() -> None:
    lock = locked(state())
    silent, error = found(lock, state(starts_at=MOVED))
    assert (silent[0], error[0]) == ("advice", "error")
    assert "moved_from: 2026-12-10 18:30," in silent[2]
    half = found(lock, state(starts_at=MOVED, status="moved"))
    assert [level for level, _, _ in half] == ["advice", "error"]
    said = state(starts_at=MOVED, status="moved", moved_from=state().starts_at)
    assert [level for level, _, _ in found(lock, said)] == ["error"]
    off = state(starts_at=MOVED, status="postponed")
    assert [level for level, _, _ in found(lock, off)] == ["error"]


def test_findings_of_a_renamed_file() -> None:
    """By its title, or by its start and place."""
    lock = locked(state())
    for changes in ({"starts_at": MOVED}, {"title": "Tea"}):
        ((level, key, text),) = found(lock, state("events/renamed", **changes))
        assert (level, key) == ("error", "events/renamed")
        assert "translation_key: events/meetup" in text
    levels = [f[0] for f in found(lock, state("events/x", title="Tea", starts_at=MOVED))]
    assert levels == ["advice", "advice"]
    assert found(locked(lock=lock), state("events/renamed"))[0][0] == "advice"


def test_findings_of_an_event_that_went() -> None:
    ((level, key, text),) = found(locked(state()))
    assert (level, key) == ("advice", "events/meetup")
    assert "event_status: cancelled" in text
    assert found(locked(lock=locked(state()))) == []


def test_a_country_that_changes_its_clocks_moves_the_event() -> None:
    """The local time stays, the instant doesn't."""
    at = local("2024-06-01T18:00")
    before = at.replace(tzinfo=timezone(timedelta(hours=6)))
    texts = {
        describe_schedule(time, None, "", "scheduled", all_day=False)
        for time in (before, at.replace(tzinfo=ALMATY))
    }
    assert len(texts) == 2


def test_schedules_in_words() -> None:
    start = datetime(2026, 12, 10, 18, 30, tzinfo=ALMATY)
    said = describe_schedule(start, start + timedelta(hours=2), "a\n b", "moved", all_day=False)
    assert said == ("2026-12-10 18:30+0500 to 2026-12-10 20:30+0500 | Asia/Almaty | a b | moved")
    days = describe_schedule(start, start + timedelta(days=2), "", "scheduled", all_day=True)
    assert days == "2026-12-10 to 2026-12-12 | Asia/Almaty | scheduled"
