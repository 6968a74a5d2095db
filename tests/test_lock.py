"""The check before going online, and the lock it goes by."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from rubric.calendars.lock import load_lock
from rubric.model.errors import BuildFailed
from tests.building import NOW, ROOT, SITE, write_site
from tests.pages import write_text
from tools.checking import check_site, lock_site

SETTINGS = ROOT / "pelicanconf.py"
LATER = datetime(2026, 11, 21, tzinfo=UTC)
MEETUP = {
    "start": "2027-01-14 18:30",
    "timezone": "Asia/Almaty",
    "city": "Almaty",
    "country": "KZ",
    "event_languages": ["ru"],
}


class Folder:
    """A content folder that is checked and locked again and again."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.content = folder, folder / "content"
        self.lock_file = self.content / "events.lock"

    def event(self, name: str = "meetup", title: str = "Meetup", **fields: Any) -> None:
        self.write(f"en/events/{name}", title, **{**MEETUP, **fields})

    def write(self, name: str, title: str, **fields: Any) -> None:
        write_site(self.folder, {f"{name}.md": write_text(title, **fields)})

    def lock(self, now: datetime = LATER) -> list[str]:
        return list(lock_site(self.content, SETTINGS, now))

    def check(self) -> tuple[list[str], list[str]]:
        return check_site(self.content, SETTINGS)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """A site of one locked event."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOW))
    folder = Folder(tmp_path)
    folder.event()
    folder.lock()
    return folder


def test_a_locked_site_has_nothing_to_tell(site: Folder):
    assert site.check() == ([], [])


def test_the_project_s_own_lock_is_up_to_date(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOW))
    errors, advice = check_site(SITE, SETTINGS)
    assert errors == []
    assert [line for line in advice if "lock" in line] == []


def test_locking_again_changes_nothing(site: Folder):
    before = site.lock_file.read_bytes()
    assert site.lock(LATER.replace(month=12)) == [
        f"{site.content / name} is up to date." for name in ("events.lock", "addresses.lock")
    ]
    assert site.lock_file.read_bytes() == before


def test_a_site_without_a_lock_is_advised_to_keep_one(site: Folder):
    site.lock_file.unlink()
    assert site.check() == (
        [],
        ["No events.lock: changed events keep SEQUENCE 0. Run invoke lock."],
    )


def test_a_new_event_is_advice_until_it_is_locked(site: Folder):
    site.event("second", "Another", start="2027-02-11 18:30")
    errors, (line, _) = site.check()
    assert errors == []
    assert line.startswith("events/second: is not locked yet.")
    assert site.lock()[0] == "events/second: new"
    assert site.check() == ([], [])


def test_sequence_that_was_not_raised_is_an_error(site: Folder):
    site.event(event_status="cancelled")
    errors, advice = site.check()
    assert advice == []
    assert len(errors) == 1
    assert errors[0].startswith("events/meetup: time, place or status changed, but ")
    assert site.lock()[0] == "events/meetup: SEQUENCE 0 → 1"
    assert site.check() == ([], [])


@pytest.mark.parametrize(
    ("change", "sequence"),
    [
        ({"start": "2027-01-15 18:30"}, 1),
        ({"end": "2027-01-14 21:00"}, 1),
        ({"timezone": "Asia/Tokyo"}, 1),
        ({"venue": "Bookshop"}, 1),
        ({"event_status": "postponed"}, 1),
        ({"title": "Other words"}, 0),
        ({"speakers": ["Aigerim"]}, 0),
        ({"registration": "https://example.org/"}, 0),
    ],
    ids=str,
)
def test_sequence_rises_with_time_place_and_status_alone(
    site: Folder, change: dict[str, Any], sequence: int
):
    site.event(**change)
    site.lock()
    (locked,) = load_lock(site.lock_file.read_text("utf-8")).events.values()
    assert locked.sequence == sequence


def test_a_changed_text_is_advice(site: Folder):
    site.event(title="Another title")
    errors, (line,) = site.check()
    assert errors == []
    assert line.startswith("events/meetup: its text changed since it was locked.")


def test_a_uid_that_would_change_is_an_error(site: Folder):
    """A renamed file is another event to calendars, unless it says which it was."""
    (site.content / "en/events/meetup.md").unlink()
    site.event("winter")
    errors, _ = site.check()
    assert len(errors) == 2
    assert errors[0].startswith("events/winter: looks like “events/meetup”, which no longer exists")
    assert "Write translation_key: events/meetup in its file" in errors[0]
    assert "write translation_key: events/meetup there" in errors[1]
    site.event("winter", translation_key="events/meetup", slug="meetup")
    assert site.check() == ([], [])


def test_a_new_date_without_a_status_is_told_with_the_old_one(site: Folder):
    site.event(start="2027-01-21 18:30")
    errors, advice = site.check()
    assert len(errors) == 1
    (line,) = advice
    assert line.startswith("events/meetup: starts at 2027-01-21 18:30 instead of 2027-01-14 18:30")
    assert "Write event_status: moved and moved_from: 2027-01-14 18:30" in line
    site.event(start="2027-01-21 18:30", event_status="moved", moved_from="2027-01-14 18:30")
    site.lock()
    assert site.check() == ([], [])


def test_an_event_that_is_gone_is_advice_once(site: Folder):
    (site.content / "en/events/meetup.md").unlink()
    site.event("other", "Another", start="2027-05-13 18:30", city="Astana")
    _, advice = site.check()
    assert any("events/meetup: no longer exists." in line for line in advice)
    assert "events/meetup: removed" in site.lock()
    addresses = site.content / "addresses.lock"
    heading = '["en/events/meetup"]\n'
    text = addresses.read_text("utf-8").replace(heading, f"{heading}gone = true\n")
    addresses.write_text(text, encoding="utf-8")
    assert site.check() == ([], [])


def test_advice_names_file_and_line(site: Folder):
    site.write("en/groups/circle", "Circle", languages=["kk"], timezone="Asia/Almaty")
    site.event(group="circle", registration="http://example.org/")
    old = {"start": "2026-10-01 18:30", "title": "Long ago"}
    site.event("old", **old)
    site.lock()
    errors, advice = site.check()
    assert errors == []
    places = [line.split(": ")[0].removeprefix("content/en/events/") for line in advice]
    assert places == ["meetup.md:10", "meetup.md:8", "old.md"]
    for line, words in zip(advice, ("http only", "its group speaks kk", "30 days"), strict=True):
        assert words in line


def test_a_damaged_lock_stops_the_build(site: Folder):
    site.lock_file.write_text("[oops\n", encoding="utf-8")
    with pytest.raises(BuildFailed, match=r"content/events\.lock: can't be read: line 1"):
        site.check()
