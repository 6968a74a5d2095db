"""What happens to events and groups, and to all texts as time goes by."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from tests.edits.bench import Bench, pick
from tests.edits.making import AUTHORS, CITIES, RHYTHMS, make_event, make_group, moment, sentence
from tests.edits.site import Site, name_of

_HOUR, _DAY = 3600, 86400


def reschedule(bench: Bench, chance: Random) -> str:
    path, fields = _event(bench.site, chance)
    fields["start"] = moment(bench.site.now, 24 * chance.randint(-30, 60))
    fields.pop("end", None)
    return f"{path}: start → {fields['start']}"


def move(bench: Bench, chance: Random) -> str:
    path, fields = _event(bench.site, chance)
    fields |= {"moved_from": fields["start"], "event_status": "moved"}
    fields["start"] = moment(bench.site.now, 24 * chance.randint(61, 90))
    return f"{path}: moved to {fields['start']}"


def cancel(bench: Bench, chance: Random) -> str:
    path, fields = _event(bench.site, chance)
    states = [s for s in ("cancelled", "postponed", "scheduled") if s != fields.get("event_status")]
    fields["event_status"] = chance.choice(states)
    fields.pop("moved_from", None)
    return f"{path}: event_status → {fields['event_status']}"


def regroup(bench: Bench, chance: Random) -> str:
    path, fields = _event(bench.site, chance)
    groups = sorted({name_of(path) for path in bench.site.of("groups")} - {fields.get("group")})
    if fields.pop("group", None) is None:
        fields["group"] = pick(chance, groups)
    return f"{path}: group → {fields.get('group')}"


def relocate(bench: Bench, chance: Random) -> str:
    path, fields = _event(bench.site, chance)
    city, country, latitude, longitude, zone = chance.choice(CITIES)
    fields |= {"venue": f"Room {chance.randrange(9)}", "city": city, "country": country}
    fields |= {"latitude": latitude, "longitude": longitude, "timezone": zone}
    return f"{path}: is in {city}"


def register(bench: Bench, chance: Random) -> str:
    path, fields = _event(bench.site, chance)
    fields |= {"registration": "https://example.org/r", "price": chance.randrange(9)}
    fields |= {"currency": "EUR", "sold_out": chance.random() < 0.5}
    fields["registration_until"] = moment(bench.site.now, chance.randint(-20, 20))
    return f"{path}: registration and price change"


def name_recap(bench: Bench, chance: Random) -> str:
    path, fields = _event(bench.site, chance)
    if fields.pop("recap", None) is None:
        fields["recap"] = name_of(pick(chance, bench.site.of("posts")))
    return f"{path}: recap → {fields.get('recap')}"


def add_event(bench: Bench, chance: Random) -> str:
    lang = pick(chance, list(bench.site.languages))
    path = f"{lang}/events/event-{chance.randrange(1000)}.md"
    text = make_event(bench.site, chance, lang, chance.randint(-500, 900))
    bench.site.texts[path] = text
    return f"{path} is added, of {text.fields['start']}"


def change_rhythm(bench: Bench, chance: Random) -> str:
    path, fields = _group(bench.site, chance)
    fields |= {"meets": chance.choice(RHYTHMS), "meets_at": f"{chance.randint(9, 20)}:00"}
    return f"{path}: meets → {fields['meets']} at {fields['meets_at']}"


def move_group(bench: Bench, chance: Random) -> str:
    path, fields = _group(bench.site, chance)
    fields |= dict(zip(("city", "country"), chance.choice(CITIES)[:2], strict=True))
    fields["languages"] = chance.sample(("en", "ru", "de"), 2)
    return f"{path}: is in {fields['city']}"


def organise(bench: Bench, chance: Random) -> str:
    path, fields = _group(bench.site, chance)
    fields["organisers"] = chance.sample((*AUTHORS, "Somebody Else"), 2)
    return f"{path}: organisers → {fields['organisers']}"


def add_group(bench: Bench, chance: Random) -> str:
    lang = pick(chance, list(bench.site.languages))
    path = f"{lang}/groups/group-{chance.randrange(1000)}.md"
    bench.site.texts[path] = make_group(chance, lang, is_on_map=chance.random() < 0.3)
    return f"{path} is added"


def assign_post(bench: Bench, chance: Random) -> str:
    """A group's page lists posts about it."""
    path = pick(chance, bench.site.of("posts"))
    fields = bench.site.texts[path].fields
    if fields.pop("group", None) is None:
        fields["group"] = name_of(pick(chance, bench.site.of("groups")))
    return f"{path}: group → {fields.get('group')}"


def translate_words(bench: Bench, chance: Random) -> str:
    """A translation names the place in its own words."""
    path = pick(chance, [p for p in bench.site.of("events") if not _has(bench.site, p, "start")])
    lang = path.split("/")[0]
    bench.site.texts[path].fields |= {"venue": sentence(chance, lang), "city": "Город"}
    return f"{path}: venue and city in words of its own"


def let_hours_pass(bench: Bench, chance: Random) -> str:
    return _set_clock(bench.site, bench.site.now + chance.randint(1, 20) * _HOUR)


def let_days_pass(bench: Bench, chance: Random) -> str:
    return _set_clock(bench.site, bench.site.now + chance.randint(1, 40) * _DAY)


def let_years_pass(bench: Bench, chance: Random) -> str:
    return _set_clock(bench.site, bench.site.now + chance.randint(300, 900) * _DAY)


def set_clock_back(bench: Bench, chance: Random) -> str:
    return _set_clock(bench.site, bench.site.now - chance.randint(1, 30 * 24) * _HOUR)


def let_event_end(bench: Bench, chance: Random) -> str:
    """It is a few hours after the start of the next event."""
    starts = sorted(
        int(datetime.fromisoformat(text.fields["start"]).replace(tzinfo=UTC).timestamp())
        for text in bench.site.texts.values()
        if "start" in text.fields
    )
    coming = [str(start) for start in starts if start > bench.site.now]
    return _set_clock(bench.site, int(pick(chance, coming[:1])) + chance.randint(-9, 9) * _HOUR)


def let_draft_come(bench: Bench, chance: Random) -> str:
    """A text's date is to come, and then it has come."""
    path = pick(chance, bench.site.of("posts"))
    date = datetime.fromtimestamp(bench.site.now, UTC) + timedelta(hours=chance.randint(1, 9))
    bench.site.texts[path].fields["date"] = f"{date:%Y-%m-%d %H:%M}"
    return f"{path}: is of {date:%Y-%m-%d %H:%M}; {let_hours_pass(bench, chance)}"


def _set_clock(site: Site, now: int) -> str:
    site.now = now
    return f"it is {datetime.fromtimestamp(now, UTC):%Y-%m-%d %H:%M} UTC"


def _has(site: Site, path: str, name: str) -> bool:
    return name in site.texts[path].fields


def _event(site: Site, chance: Random) -> tuple[str, dict[str, Any]]:
    """An event's version that has the facts."""
    path = pick(chance, [path for path in site.of("events") if _has(site, path, "start")])
    return path, site.texts[path].fields


def _group(site: Site, chance: Random) -> tuple[str, dict[str, Any]]:
    path = pick(chance, [path for path in site.of("groups") if _has(site, path, "timezone")])
    return path, site.texts[path].fields
