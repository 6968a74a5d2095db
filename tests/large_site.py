"""Sites with many texts of each kind, to see how large their pages get."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.building import NOW
from tests.pages import LANGUAGES, write_text

TODAY = datetime.fromtimestamp(NOW, UTC)
WORDS = "очень обстоятельный рассказ о том, как мы отвечаем людям и чему у них учимся"
SETTINGS: dict[str, Any] = {
    "LANGUAGES": {"ru": {**LANGUAGES["ru"], "chain": []}},
    "DEFAULT_LANG": "ru",
    "SOCIAL_IMAGES": {"images": False},
}


COUNTS = {"posts": 121, "groups": 105, "events": 62, "pages": 35, "issues": 31}
"""More of each than a page has room for; `events` are as many past as coming ones."""


def write_large_site(counts: Mapping[str, int]) -> dict[str, str]:
    """Content files: all events in one city, year and group, all posts in one series.

    Each group is in a city of its own, and each post has two tags of its own. Words are long
    and Cyrillic: in addresses each of their letters takes six bytes.
    """
    files = {"authors.toml": '[anna]\nname.ru = "Анна Автор"\n'}
    for number in range(counts["posts"]):
        files[f"ru/posts/{_name(number)}.md"] = _post(number)
    for number in range(counts["groups"]):
        files[f"ru/groups/group-{number}.md"] = _group(number)
    for number in range(counts["events"]):
        start = timedelta(hours=3 * number + 24)
        files[f"ru/events/past-{_name(number)}.md"] = write_event(number, TODAY - start)
        files[f"ru/events/next-{_name(number)}.md"] = write_event(number, TODAY + start)
    for number in range(counts["pages"]):
        files[f"ru/pages/page-{number}.md"] = write_text(_title(number))
    for number in range(counts["issues"]):
        files[f"ru/newsletter/issue-{number}.md"] = _issue(number)
    return files


def write_event(number: int, start: datetime) -> str:
    fields: dict[str, Any] = {
        "start": _spell(start),
        "timezone": "Asia/Almaty",
        "city": "Алматы",
        "country": "KZ",
        "venue": WORDS,
        "group": "group-0",
        "event_languages": ["ru", "kk"],
    }
    return write_text(_title(number), **fields)


def _name(number: int) -> str:
    return f"{WORDS.replace(' ', '-').replace(',', '')}-{number}"


def _title(number: int) -> str:
    return f"{WORDS.capitalize()}, {number}"


def _spell(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M")


def _post(number: int) -> str:
    fields: dict[str, Any] = {
        "date": _spell(TODAY - timedelta(hours=number + 1)),
        "tags": ["общий", *(f"обслуживаниеклиентов{letter}{number}" for letter in "аб")],
        "authors": ["anna"],
        "group": "group-0",
        "series": "Серия",
    }
    return write_text(_title(number), " ".join([WORDS] * 6), **fields)


def _group(number: int) -> str:
    fields: dict[str, Any] = {
        "summary": WORDS,
        "languages": ["ru", "kk"],
        "meets": "FREQ=MONTHLY;BYDAY=2TH",
        "meets_at": "18:30",
        "timezone": "Asia/Almaty",
        "city": f"Селение {number}",
        "country": "KZ",
        "latitude": 43 + number / 100,
        "longitude": 76.9,
    }
    return write_text(f"{_title(number)} (группа)", **fields)


def _issue(number: int) -> str:
    before = TODAY - timedelta(hours=number + 1)
    fields: dict[str, Any] = {
        "date": _spell(before),
        "list": "weekly-ru",
        "subject": _title(number),
        "preheader": WORDS,
        "posts": [f"posts/{_name(number)}"],
        "window_start": _spell(before - timedelta(hours=1)),
        "window_end": _spell(before),
    }
    return write_text(_title(number), **fields)


LIST: dict[str, Any] = {
    "lang": "ru",
    "name": "Письмо недели",
    "cadence": "weekly",
    "sender_name": "Круг",
    "sender_email": "letters@circle.example",
    "postal_address": "Алматы",
}
SETTINGS["NEWSLETTER"] = {"lists": {"weekly-ru": LIST}, "exports": "exports/newsletter"}
