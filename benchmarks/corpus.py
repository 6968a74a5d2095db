"""Makes large sites out of the project's own texts, the same ones every time."""

from __future__ import annotations

import random
import re
import shutil
from datetime import datetime, timedelta
from pathlib import Path

LANGUAGES = ("en", "ru", "zh-hans", "zh-hant")
_BYTES = 2300
_TAGS = 10


def make_posts(content: Path, target: Path, count: int, seed: int = 1) -> Path:
    """Write `count` posts of about 2.3 KB over four languages, and the rubrics' file.

    The header is Pelican's own (`Title: …`), so that plain Pelican reads the same files.
    """
    chance = random.Random(seed)
    rubrics = re.findall(r"^\[(\w+)\]", (content / "rubrics.toml").read_text("utf-8"), re.MULTILINE)
    target.mkdir(parents=True, exist_ok=True)
    for name in ("rubrics.toml", "authors.toml"):
        shutil.copy(content / name, target / name)
    texts = {lang: _paragraphs(content / lang / "posts") for lang in LANGUAGES}
    for number in range(count):
        lang = LANGUAGES[number % len(LANGUAGES)]
        path = target / lang / "posts" / f"post-{number // len(LANGUAGES):05}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_post(chance, texts[lang], rubrics, number), encoding="utf-8")
    return target


def make_events(content: Path, target: Path, events: int, groups: int, seed: int = 1) -> Path:
    """Write events of groups in four languages; facts in English, the rest inherits."""
    chance = random.Random(seed)
    make_posts(content, target, 0, seed)
    texts = {lang: _paragraphs(content / lang / "posts") for lang in LANGUAGES}
    zones = ("Asia/Almaty", "Europe/Berlin", "Asia/Taipei", "America/New_York", "Africa/Cairo")
    for number in range(groups):
        latitude, longitude = chance.uniform(-50, 60), chance.uniform(-120, 140)
        facts = (
            f"city: City {number}\ncountry: {chance.choice(['KZ', 'DE', 'TW', 'US', 'EG'])}\n"
            f"latitude: {latitude:.3f}\nlongitude: {longitude:.3f}\n"
            f"timezone: {zones[number % len(zones)]}\nlanguages: [en, ru]\n"
            'meets: FREQ=MONTHLY;BYDAY=2TH\nmeets_at: "18:30"\nduration: 2h\nfounded: "2024-03"\n'
        )
        for lang in LANGUAGES:
            own = facts if lang == "en" else ""
            body = "\n\n".join(chance.sample(texts[lang], 2))
            _write(target / lang / "groups" / f"group-{number:03}.md", f"Group {number}", own, body)
    start = datetime(2025, 1, 1, 18, 30)  # noqa: DTZ001 (local time of the event's zone)
    for number in range(events):
        when = start + timedelta(days=number * 1000 // max(events, 1))
        facts = (
            f"start: {when:%Y-%m-%d %H:%M}\nduration: 2h\ngroup: group-{number % groups:03}\n"
            "event_languages: [en]\nregistration: https://example.org/register\n"
        )
        for lang in LANGUAGES:
            own = "date: 2024-12-01\n" + (facts if lang == "en" else "")
            body = "\n\n".join([*chance.sample(texts[lang], 3), "#serviceevents"])
            _write(target / lang / "events" / f"event-{number:04}.md", f"Event {number}", own, body)
    return target


def _paragraphs(folder: Path) -> list[str]:
    found = []
    for path in sorted(folder.glob("*.md")):
        body = path.read_text("utf-8").split("---\n", 2)[-1]
        found += [p for p in body.split("\n\n") if len(p) > 60 and not p.startswith(("#", "|"))]
    return [re.sub(r"\]\([^)]*\)", "](https://example.org/)", p).replace("#", "") for p in found]


def _post(chance: random.Random, texts: list[str], rubrics: list[str], number: int) -> str:
    body: list[str] = []
    while sum(len(text.encode()) for text in body) < _BYTES:
        body.append(chance.choice(texts))
    rubric, tag = chance.choice(rubrics), f"tag{chance.randrange(_TAGS)}"
    title = re.sub(r"[*_`\[\]:]", "", chance.choice(texts))[:50].strip()
    date = datetime(2015, 1, 1) + timedelta(hours=number * 5)  # noqa: DTZ001 (the site's zone)
    header = f"Title: {title} {number}\nDate: {date:%Y-%m-%d %H:%M}\nTags: {rubric}, {tag}\n"
    return header + "\n" + "\n\n".join(body) + "\n"


def _write(path: Path, title: str, fields: str, body: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\ntitle: {title}\n{fields}---\n{body}\n", encoding="utf-8")
