"""Calendars of built sites: what a reader's calendar gets is what the pages say."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

import feedparser
import icalendar
import pytest
import recurring_ical_events  # type: ignore[import-untyped]

import pelicanconf
from benchmarks.corpus import make_events
from tests.building import NOW, ROOT, SITE, Build, build, write_site
from tests.pages import Page, read_pages, write_text
from tools.checking import lock_site

KEPT_DAYS: Any = pelicanconf.CALENDARS["keep_days"]
KEPT_SINCE = datetime.fromtimestamp(NOW, UTC) - timedelta(KEPT_DAYS)
AUTHORITY = pelicanconf.CALENDARS["authority"]
CANCELLED = {
    "en": "Cancelled",
    "ru": "Отменено",
    "zh-hans": "已取消",
    "zh-hant": "已取消",
}


def site_of(content: Path, output: Path, **settings: Any) -> Build:
    site = build(content, output, **settings)
    assert site.status == 0, site.told
    return site


@pytest.fixture(scope="module")
def large_site(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Sixty events of ten groups in five zones, in four languages."""
    folder = tmp_path_factory.mktemp("large")
    content = make_events(SITE, folder / "content", 60, 10)
    return site_of(content, folder / "output")


CHANGES = {  # local times around a change of clocks; the last two are the same clock time
    "Europe/Berlin": ["2026-10-24 18:30", "2026-10-25 18:30", "2026-10-25 02:30"],
    "America/New_York": ["2026-10-31 18:30", "2026-11-01 18:30", "2026-11-01 01:30"],
    "Africa/Cairo": ["2026-10-29 18:30", "2026-10-30 18:30", "2026-10-29 23:30"],
    "Asia/Jerusalem": ["2026-10-24 18:30", "2026-10-25 18:30", "2026-10-25 01:30"],
    "Africa/Casablanca": ["2027-02-06 18:30", "2027-02-07 18:30", "2027-02-07 02:30"],
    "Australia/Lord_Howe": ["2027-04-03 18:30", "2027-04-04 18:30", "2027-04-04 01:45"],
    "Asia/Almaty": ["2026-10-25 18:30", "2027-03-28 02:30"],
    "Asia/Taipei": ["2026-10-25 18:30", "2027-03-28 02:30"],
}
SPRING = {
    "Europe/Berlin": ["2027-03-27 18:30", "2027-03-28 18:30"],
    "America/New_York": ["2027-03-13 18:30", "2027-03-14 18:30"],
    "Africa/Cairo": ["2027-04-29 18:30", "2027-04-30 18:30"],
    "Asia/Jerusalem": ["2027-03-25 18:30", "2027-03-26 18:30"],
    "Africa/Casablanca": ["2027-03-13 18:30", "2027-03-14 18:30"],
    "Australia/Lord_Howe": ["2026-10-03 18:30", "2026-10-04 18:30"],
}


@pytest.fixture(scope="module")
def changing_site(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Events of hours and of days on both sides of every change of clocks."""
    folder = tmp_path_factory.mktemp("changing")
    files = {}
    for zone, autumn in CHANGES.items():
        city = zone.partition("/")[2]
        files[f"en/groups/{city.lower()}.md"] = write_text(
            city, city=city, country="XK", timezone=zone, meets="FREQ=WEEKLY;BYDAY=SU",
            meets_at="02:30", founded="2026-11-15",
        )  # fmt: skip
        moments = [*autumn, *SPRING.get(zone, [])]
        for number, start in enumerate(moments):
            facts: dict[str, Any] = {
                "start": start,
                "timezone": zone,
                "group": city.lower(),
                "duration": "3h",
            }
            fold: dict[str, Any] = {"fold": number % 2} if start in autumn[2:] else {}
            name = f"en/events/{city.lower()}-{number}.md"
            files[name] = write_text(f"{city} {number}", **facts, **fold)
            days = {"start": start[:10], "timezone": zone, "duration": "2d", "group": city.lower()}
            files[f"en/events/{city.lower()}-day-{number}.md"] = write_text(f"Days {city}", **days)
        if len(autumn) > 2:
            again: dict[str, Any] = {
                "start": autumn[2],
                "timezone": zone,
                "fold": 1,
                "duration": "15m",
            }
            files[f"en/events/{city.lower()}-again.md"] = write_text(f"Again {city}", **again)
    return site_of(write_site(folder, files), folder / "output")


@pytest.fixture(params=["own_site", "large_site", "changing_site"])
def any_site(request: pytest.FixtureRequest) -> Build:
    site: Build = request.getfixturevalue(request.param)
    return site


# What calendars and pages say --------------------------------------------------------------


@dataclass(frozen=True)
class Occurrence:
    """When something is: instants in UTC, or days, the last of which is exclusive."""

    start: datetime | date
    end: datetime | date


@cache
def read_calendars(site: Build) -> Mapping[str, bytes]:
    return {name: data for name, data in site.files().items() if name.endswith(".ics")}


def parse(data: bytes) -> Any:
    return icalendar.Calendar.from_ical(data)


def events_of(data: bytes) -> list[Any]:
    return list(parse(data).walk("VEVENT"))


def expand(data: bytes) -> Counter[Occurrence]:
    """What a calendar program shows, by another library.

    Zones get names it can't know, so that it goes by the file's VTIMEZONEs, and each file
    its own, because icalendar remembers the zones it had to make.
    """
    unfolded = data.replace(b"\r\n ", b"")
    renamed = re.sub(rb"(TZID[=:])([\w/+-]+)", b"\\1Nowhere%d/\\2" % crc32(data), unfolded)
    calendar = parse(renamed)
    found = recurring_ical_events.of(calendar).between(date(2024, 1, 1), date(2030, 1, 1))
    return Counter(
        Occurrence(*(_instant(event[name].dt) for name in ("DTSTART", "DTEND"))) for event in found
    )


def _instant(value: datetime | date) -> datetime | date:
    return value.astimezone(UTC) if isinstance(value, datetime) else value


def shown(page: Page, xpath: str) -> Iterator[Occurrence]:
    """What elements of a page say in data-starts and data-ends."""
    for element in page.find(f"//main{xpath}[@data-starts]"):
        starts_at, ends_at = (
            datetime.fromisoformat(element.get(name)) for name in ("data-starts", "data-ends")
        )
        if ends_at <= KEPT_SINCE and "article" in xpath:
            continue
        if element.get("data-all-day") is not None:
            yield Occurrence(starts_at.date(), ends_at.date())
        else:
            (written,) = element.xpath(".//time/@datetime")
            assert datetime.fromisoformat(written) == starts_at
            yield Occurrence(starts_at.astimezone(UTC), ends_at.astimezone(UTC))


CARDS = "//article"


def pages_of(site: Build, name: str) -> list[Page]:
    """The pages that list what stands in a calendar to subscribe to."""
    pages, folder = read_pages(site), name.rpartition("/")[0] + "/"
    pattern = re.compile(re.escape(folder) + r"(?:\d{4}/)?(?:(?:page|past)/\d+/)?")
    return [page for address, page in pages.items() if pattern.fullmatch(address)]


def listed(site: Build, name: str) -> set[Occurrence]:
    return {found for page in pages_of(site, name) for found in shown(page, CARDS)}


def promised(site: Build, name: str) -> set[Occurrence]:
    """Further dates of the groups of a page; lists name each group's next one alone."""
    pages, folder = read_pages(site), name.removesuffix("calendar.ics")
    overview = pages[folder.replace("/events/", "/groups/")]
    groups = overview.links("//article[contains(@class, 'card-group')]//a")
    tentative = f"{CARDS}[@data-status='tentative']"
    return {found for group in groups for found in shown(pages[group], tentative)}


def test_every_calendar_expands_to_what_its_page_lists(any_site: Build):
    """Those of an edition, of groups and of places; a group's page lists each event once."""
    calendars = {
        name: data
        for name, data in read_calendars(any_site).items()
        if re.fullmatch(r"[^/]+/(events|groups/[^/]+|places/[^/]+)/calendar\.ics", name)
    }
    assert {name.split("/")[1] for name in calendars} == {"events", "groups", "places"}
    for name, data in calendars.items():
        found = expand(data)
        if "/groups/" in name:
            (page,) = pages_of(any_site, name)
            assert found == Counter(shown(page, CARDS)), name
        else:
            assert set(found) == listed(any_site, name) | promised(any_site, name), name


def test_every_event_s_own_calendar_is_what_its_page_says(any_site: Build):
    pages = read_pages(any_site)
    names = [name for name in read_calendars(any_site) if name.endswith("/event.ics")]
    assert {name.removesuffix("event.ics") for name in names} == {
        address for address in pages if re.fullmatch(r"[^/]+/events/(?!\d{4}/)[^/]+/", address)
    }
    for name in names:
        page = pages[name.removesuffix("event.ics")]
        facts = list(shown(page, "//dl[contains(@class, 'facts')]"))
        assert expand(read_calendars(any_site)[name]) == Counter(facts), name
        (event,) = events_of(read_calendars(any_site)[name])
        assert page.texts("//h1")[0] in event["SUMMARY"]
        assert event["URL"].endswith(f"/{page.address}")


def test_a_calendar_of_a_tag_or_language_holds_part_of_the_edition_s(any_site: Build):
    calendars = read_calendars(any_site)
    for name, data in calendars.items():
        lang, kind = name.split("/")[:2]
        if kind == "tags" or "/calendar-" in name:
            everything = {
                str(e["UID"]) for e in events_of(calendars[f"{lang}/events/calendar.ics"])
            }
            assert {str(event["UID"]) for event in events_of(data)} <= everything, name


def test_a_calendar_of_a_language_holds_what_is_spoken_in_it(own_site: Build):
    """By what structured data say, which come another way."""
    pages, found = read_pages(own_site), defaultdict(set)
    for page in pages.values():
        for thing in page.structured:
            if thing["@type"] == "Event":
                for tag in thing.get("inLanguage", []):
                    found[page.lang, tag.lower()].add(thing["url"])
    assert found
    for (lang, code), urls in found.items():
        data = read_calendars(own_site)[f"{lang}/events/calendar-{code}.ics"]
        assert {event["URL"] for event in events_of(data)} == urls


# UIDs and bytes ----------------------------------------------------------------------------


def test_uids_are_one_to_a_file_and_one_to_an_event_everywhere(any_site: Build):
    """One event has one UID, SEQUENCE and time, whatever the calendar and its language."""
    known: dict[str, set[tuple[Any, ...]]] = defaultdict(set)
    keys: dict[str, set[str]] = defaultdict(set)
    for name, data in read_calendars(any_site).items():
        events = events_of(data)
        uids = [str(event["UID"]) for event in events]
        assert len(set(uids)) == len(uids), name
        for event in events:
            uid = str(event["UID"])
            assert uid.endswith(f"@{AUTHORITY}")
            assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt
            assert event["DTSTAMP"].to_ical().endswith(b"Z")
            facts = [event[key].dt for key in ("DTSTART", "DTSTAMP")]
            known[uid].add((*facts, event["SEQUENCE"], event["STATUS"]))
        if name.endswith("/event.ics"):
            keys[name.partition("/")[2]].update(uids)
    assert known
    assert {len(facts) for facts in known.values()} == {1}
    assert {len(uids) for uids in keys.values()} == {1}
    assert len({uid for uids in keys.values() for uid in uids}) == len(keys)


def test_every_calendar_is_written_as_the_standard_says(any_site: Build):
    """RFC 5545: CRLF, 75 octets a line, whole characters; RFC 7986: when to look again."""
    for name, data in read_calendars(any_site).items():
        assert data.endswith(b"END:VCALENDAR\r\n"), name
        lines = data.removesuffix(b"\r\n").split(b"\r\n")
        assert max(map(len, lines)) <= 75, name
        for line in lines:
            assert line.decode("utf-8").isprintable() or b"\t" in line, (name, line)
        calendar = parse(data)
        assert calendar.errors == [], name
        assert (calendar["VERSION"], calendar["METHOD"]) == ("2.0", "PUBLISH")
        assert calendar["REFRESH-INTERVAL"].dt == timedelta(hours=1)
        assert calendar["X-PUBLISHED-TTL"] == "PT1H"
        assert ("X-WR-CALNAME" in calendar) is not name.endswith("/event.ics"), name
        used = set(re.findall(rb"TZID=([^:;]+)[:;]", data.replace(b"\r\n ", b"")))
        zones = [zone["TZID"].encode() for zone in calendar.walk("VTIMEZONE")]
        assert Counter(zones) == Counter(used), name


def test_calendars_of_zones_with_rules_hold_rules_and_no_lists(any_site: Build):
    for name, data in read_calendars(any_site).items():
        assert b"RDATE" not in data, name
        for zone in parse(data).walk("VTIMEZONE"):
            if zone["TZID"] in ("Europe/Berlin", "America/New_York"):
                assert ["RRULE" in part for part in zone.subcomponents] == [True, True], name


def test_calendars_are_the_same_bytes_in_another_build(changing_site: Build, tmp_path: Path):
    """tests/test_builds.py compares two builds of the site in four languages."""
    again = site_of(changing_site.output.parent / "content", tmp_path / "output")
    assert read_calendars(again) == read_calendars(changing_site)


# Changes -------------------------------------------------------------------------------------

MEETUP: dict[str, Any] = {
    "start": "2027-01-14 18:30",
    "end": "2027-01-14 21:00",
    "timezone": "Asia/Almaty",
    "city": "Almaty",
    "country": "KZ",
    "group": "circle",
    "online": "https://example.org/stream",
    "join_url": "https://meet.example.net/very-private",
    "registration": "https://example.org/register",
    "registration_until": "2027-01-13",
    "tags": ["tea"],
}
TITLES = {"en": "Meetup", "ru": "Встреча", "zh-hans": "聚会", "zh-hant": "聚會"}
SAY = {"en": "Text.", "ru": "Текст.", "zh-hans": "文。", "zh-hant": "文。"}


class Changing:
    """A site of one group and one event in four languages, whose texts change."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.content = folder, folder / "content"
        self.settings = ROOT / "pelicanconf.py"
        self.builds = 0
        circle = {"city": "Almaty", "country": "KZ", "timezone": "Asia/Almaty"}
        self.write("en/groups/circle", "Circle", **circle, meets="second Thursday 18:30")
        self.event(langs=list(TITLES))

    def write(self, name: str, title: str, body: str = "Text.", **fields: Any) -> None:
        write_site(self.folder, {f"{name}.md": write_text(title, body, **fields)})

    def event(self, name: str = "meetup", langs: tuple[str, ...] | list[str] = (), **fields: Any):
        """Write the English text with all facts, and translations without any."""
        key = {"translation_key": fields.pop("key")} if "key" in fields else {}
        self.write(f"en/events/{name}", TITLES["en"], SAY["en"], **{**MEETUP, **fields}, **key)
        for lang in langs:
            if lang != "en":
                self.write(f"{lang}/events/{name}", TITLES[lang], SAY[lang], **key)

    def lock(self, day: int) -> None:
        list(lock_site(self.content, self.settings, datetime(2026, 11, day, tzinfo=UTC)))

    def build(self) -> Build:
        self.builds += 1
        return site_of(self.content, self.folder / f"output{self.builds}")


@pytest.fixture
def changing(tmp_path: Path) -> Changing:
    site = Changing(tmp_path)
    site.lock(20)
    return site


@pytest.fixture(scope="module")
def unchanged(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The site before it changes, as a build that several tests read."""
    site = Changing(tmp_path_factory.mktemp("unchanged"))
    site.lock(20)
    return site.build()


def entries(site: Build, uid: str = f"events-meetup@{AUTHORITY}") -> dict[str, Any]:
    """The event as each calendar has it, by the calendar's address."""
    found = {}
    for name, data in read_calendars(site).items():
        for event in events_of(data):
            if str(event["UID"]) == uid:
                found[name] = event
    return found


def titles_in_feeds(site: Build, lang: str) -> set[str]:
    """How the feeds of an edition, of both formats, title the event."""
    return {
        item.title
        for name, data in site.files().items()
        if name.startswith(f"{lang}/") and name.endswith(".xml")
        for item in feedparser.parse(data).entries
        if TITLES[lang] in item.title
    }


def stamps(site: Build) -> set[tuple[int, datetime]]:
    return {(event["SEQUENCE"], event["DTSTAMP"].dt) for event in entries(site).values()}


def test_one_change_cancels_an_event_everywhere(changing: Changing, unchanged: Build):
    before = unchanged
    changing.event(event_status="cancelled")
    changing.lock(21)
    after = changing.build()
    assert entries(before).keys() == entries(after).keys()
    assert stamps(before) == {(0, datetime(2026, 11, 1, 5, tzinfo=UTC))}
    assert stamps(after) == {(1, datetime(2026, 11, 21, tzinfo=UTC))}
    for site, status, prefix in ((before, "CONFIRMED", {}), (after, "CANCELLED", CANCELLED)):
        for name, event in entries(site).items():
            lang = name.partition("/")[0]
            said = f"{prefix[lang]}: {TITLES[lang]}" if prefix else TITLES[lang]
            assert (event["SUMMARY"], event["STATUS"]) == (said, status), name
            assert ("Register" in event["DESCRIPTION"]) is (lang == "en" and not prefix), name
        for lang, title in TITLES.items():
            said = f"{prefix[lang]}: {title}" if prefix else title
            assert titles_in_feeds(site, lang) == {said}
            page = read_pages(site)[f"{lang}/events/meetup/"]
            stamp = page.texts("//main//p[contains(@class, 'status-cancelled')]")
            assert stamp == ([prefix[lang]] if prefix else [])
            kind = "Cancelled" if prefix else "Scheduled"
            (thing,) = page.structured
            assert thing["eventStatus"] == f"https://schema.org/Event{kind}"
            assert bool(page.find("//a[@href='https://example.org/register']")) is not bool(prefix)
            assert bool(page.find("//ul[contains(@class, 'add-to-calendar')]")) is not bool(prefix)
            listing = read_pages(site)[f"{lang}/events/"]
            (card,) = listing.find("//article[.//a[contains(@href, '/events/meetup/')]]")
            assert card.get("data-status") == kind.lower()
            home = read_pages(site)[f"{lang}/"].find(
                "//*[@data-upcoming]//a[contains(@href, '/events/meetup/')]"
            )
            assert bool(home) is not bool(prefix)


def test_a_postponed_event_is_tentative(changing: Changing):
    changing.event(event_status="postponed")
    changing.lock(21)
    after = changing.build()
    assert {event["STATUS"] for event in entries(after).values()} == {"TENTATIVE"}
    assert entries(after)["en/events/calendar.ics"]["SUMMARY"] == "Postponed: Meetup"
    assert read_pages(after)["en/events/meetup/"].texts("//p[contains(@class, 'status')]") == [
        "Postponed"
    ]


def test_a_moved_event_says_from_when(changing: Changing):
    changing.event(
        event_status="moved",
        moved_from="2027-01-14 18:30",
        start="2027-01-21 19:00",
        end="2027-01-21 21:30",
    )
    changing.lock(22)
    after = changing.build()
    assert stamps(after) == {(1, datetime(2026, 11, 22, tzinfo=UTC))}
    for name, event in entries(after).items():
        assert event["DTSTART"].dt == datetime(2027, 1, 21, 14, tzinfo=UTC), name
        assert event["STATUS"] == "CONFIRMED"
    for lang in TITLES:
        page = read_pages(after)[f"{lang}/events/meetup/"]
        (thing,) = page.structured
        assert thing["eventStatus"] == "https://schema.org/EventRescheduled"
        assert thing["previousStartDate"] == "2027-01-14T18:30:00+05:00"
        assert thing["startDate"] == "2027-01-21T19:00:00+05:00"
        assert len(page.find("//dl//s")) == 1
    starts = read_pages(after)["en/groups/circle/"].find("//*[@data-upcoming]/*/@data-starts")
    assert "2027-01-14T18:30:00+05:00" not in starts


def test_a_change_of_words_alone_raises_no_sequence(changing: Changing):
    changing.event(registration="https://example.org/new")
    changing.lock(21)
    assert stamps(changing.build()) == {(0, datetime(2026, 11, 21, tzinfo=UTC))}


def test_whatever_changes_an_entry_changes_its_stamp(changing: Changing, subtests: pytest.Subtests):
    """What calendars know is only replaced by what is newer."""
    changes: dict[str, dict[str, Any]] = {
        "tags": {"tags": ["tea", "cakes"]},
        "online": {"online": "https://example.org/other"},
        "soldout": {"sold_out": True},
        "place": {"latitude": 43.25, "longitude": 76.94},
        "summary": {"summary": "Other words."},
        "slug": {"slug": "another"},
    }
    for name in changes:
        changing.event(name)
    changing.lock(20)
    before = entries_by_uid(changing.build())
    for name, change in changes.items():
        changing.event(name, **change)
    changing.lock(21)
    after = entries_by_uid(changing.build())
    for name in changes:
        with subtests.test(name):
            uid = f"events-{name}@{AUTHORITY}"
            assert after[uid].to_ical() != before[uid].to_ical()
            assert after[uid]["LAST-MODIFIED"].dt == datetime(2026, 11, 21, tzinfo=UTC)
    uid = f"events-meetup@{AUTHORITY}"
    assert after[uid].to_ical() == before[uid].to_ical(), "what does not change keeps its stamp"


def entries_by_uid(site: Build) -> dict[str, Any]:
    """The events of the calendar of all events."""
    calendar = read_calendars(site)["en/events/calendar.ics"]
    return {str(event["UID"]): event for event in events_of(calendar)}


def test_a_renamed_file_keeps_uid_and_sequence(tmp_path: Path):
    """Also if translations come with it."""
    site = Changing(tmp_path)
    for lang in ("ru", "zh-hans"):
        (site.content / lang / "events/meetup.md").unlink()
    site.lock(20)
    before = site.build()
    for path in site.content.glob("*/events/meetup.md"):
        path.unlink()
    site.event("winter", langs=list(TITLES), key="events/meetup")
    site.lock(21)
    after = site.build()
    uid = f"events-meetup@{AUTHORITY}"
    uids = {str(e["UID"]) for data in read_calendars(after).values() for e in events_of(data)}
    assert {each for each in uids if "groups-circle" not in each} == {uid}
    assert {sequence for sequence, _ in stamps(after)} == {0}
    (locked,) = re.findall(
        r'^uid = "(.*)"$', (site.content / "events.lock").read_text(), re.MULTILINE
    )
    assert locked == uid
    assert "ru/events/calendar.ics" in entries(before)
    assert "ru/events/winter/event.ics" in entries(after)


def test_a_private_link_stands_in_no_file(unchanged: Build):
    files = unchanged.files()
    assert "en/events/meetup/event.ics" in files
    assert [name for name, data in files.items() if b"very-private" in data] == []
    lock = unchanged.output.parent / "content/events.lock"
    assert b"very-private" not in lock.read_bytes()


def test_days_are_dates_and_an_end_nobody_stated_is_no_end(tmp_path: Path):
    days = {"start": "2027-01-14", "end": "2027-01-16", "timezone": "America/New_York"}
    facts = {"start": "2027-01-14 18:30", "timezone": "Europe/Berlin"}
    files = {
        "en/events/days.md": write_text("Days", **days),
        "en/events/open.md": write_text("Open", **facts),
    }
    site = site_of(write_site(tmp_path, files), tmp_path / "output")
    (event,) = events_of(read_calendars(site)["en/events/days/event.ics"])
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2027, 1, 14), date(2027, 1, 17))
    assert event["TRANSP"] == "TRANSPARENT"
    (event,) = events_of(read_calendars(site)["en/events/open/event.ics"])
    assert "DTEND" not in event
    page = read_pages(site)["en/events/open/"]
    assert page.texts("//dl//dd[@class='when']/time") == ["Thursday, 14 January 2027, 18:30"]
    assert "endDate" not in page.structured[0]
