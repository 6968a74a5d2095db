"""Makes large sites out of the texts of the tests' site, the same ones every time."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

TEXTS = Path(__file__).resolve().parent.parent / "tests/sites/community"
LANGUAGES = ("en", "ru", "zh-hans", "zh-hant")
_BYTES = 2300
_TAGS = 10


@dataclass(frozen=True, slots=True)
class Post:
    """One made-up post: its language, name of file, header and Markdown."""

    lang: str
    name: str
    title: str
    date: datetime
    tags: list[str]
    author: str
    body: str

    @property
    def path(self) -> Path:
        """The file, relative to a content folder."""
        return Path(self.lang, "posts", f"{self.name}.md")


def invent_posts(content: Path, count: int, seed: int = 1) -> Iterator[Post]:
    """`count` posts of about 2.3 KB over four languages: a rubric, a tag and an author each.

    Posts of one name are translations of each other. Dates are local times, five hours apart.
    """
    chance = random.Random(seed)
    rubrics, authors = (_ids(content / f"{name}.toml") for name in ("rubrics", "authors"))
    texts = {lang: _paragraphs(content / lang / "posts") for lang in LANGUAGES}
    for number in range(count):
        lang = LANGUAGES[number % len(LANGUAGES)]
        body: list[str] = []
        while sum(len(text.encode()) for text in body) < _BYTES:
            body.append(chance.choice(texts[lang]))
        yield Post(
            lang,
            f"post-{number // len(LANGUAGES):05}",
            f"{_title(chance.choice(texts[lang]))} {number}",
            datetime(2015, 1, 1) + timedelta(hours=number * 5),  # noqa: DTZ001
            [chance.choice(rubrics), f"tag{chance.randrange(_TAGS)}"],
            chance.choice(authors),
            "\n\n".join(body) + "\n",
        )


def make_posts(content: Path, target: Path, count: int, seed: int = 1) -> Path:
    """Write posts, and the files of rubrics and authors.

    The header is Pelican's own (`Title: …`), so that plain Pelican reads the same files.
    """
    target.mkdir(parents=True, exist_ok=True)
    for name in ("rubrics.toml", "authors.toml"):
        shutil.copy(content / name, target / name)
    for post in invent_posts(content, count, seed):
        _write_post(target, post, post.body)
    return target


def make_long_posts(
    content: Path, target: Path, count: int, size: int = 20_000, seed: int = 1
) -> Path:
    """Write `count` English posts of `size` characters, half of it words that few of them share."""
    chance = random.Random(seed)
    make_posts(content, target, 0, seed)
    paragraphs = _paragraphs(content / "en/posts")
    parts = ["ba", "co", "di", "re", "lo", "mu", "ta", "ne", "si", "po", "ver", "con", "al", "tra"]
    words = ["".join(chance.choices(parts, k=chance.randint(2, 5))) for _ in range(30_000)]
    weights = [1 / (place + 3) for place in range(len(words))]
    for number in range(count):
        body: list[str] = []
        while sum(map(len, body)) < size:
            rare = " ".join(chance.choices(words, weights, k=60))
            body += [chance.choice(paragraphs), f"{rare.capitalize()}."]
        date = datetime(2015, 1, 1) + timedelta(hours=number * 50)  # noqa: DTZ001
        fields = f"date: {date:%Y-%m-%d %H:%M}\n"
        path = target / "en" / "posts" / f"post-{number:05}.md"
        _write_entry(path, f"Post {number}", fields, "\n\n".join(body))
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
            _write_entry(
                target / lang / "groups" / f"group-{number:03}.md", f"Group {number}", own, body
            )
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
            _write_entry(
                target / lang / "events" / f"event-{number:04}.md", f"Event {number}", own, body
            )
    return target


def _paragraphs(folder: Path) -> list[str]:
    found = []
    for path in sorted(folder.glob("*.md")):
        body = path.read_text("utf-8").split("---\n", 2)[-1]
        found += [p for p in body.split("\n\n") if len(p) > 60 and not p.startswith(("#", "|"))]
    return [re.sub(r"\]\([^)]*\)", "](https://example.org/)", p).replace("#", "") for p in found]


def _ids(path: Path) -> list[str]:
    return re.findall(r"^\[([\w-]+)\]", path.read_text("utf-8"), re.MULTILINE)


def _title(text: str) -> str:
    """The beginning of a paragraph without its Markdown, on one line."""
    text = re.sub(r"^(?:[->]|\d+\.)\s", "", re.sub(r"\]\([^)]*\)", "]", text), flags=re.MULTILINE)
    return " ".join(re.sub(r"[*_`\[\]:>]", "", text).split())[:50].strip()


def write_text(path: Path, text: str) -> None:
    """Write a file and the folders it stands in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _write_post(target: Path, post: Post, body: str) -> None:
    header = (
        f"Title: {post.title}\nDate: {post.date:%Y-%m-%d %H:%M}\n"
        f"Tags: {', '.join(post.tags)}\nAuthors: {post.author}\n"
    )
    write_text(target / post.path, f"{header}\n{body}")


def _write_entry(path: Path, title: str, fields: str, body: str) -> None:
    write_text(path, f"---\ntitle: {title}\n{fields}---\n{body}\n")
