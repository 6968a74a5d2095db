"""A site as a value that edits change: what is on disk follows from it, and nothing else does."""

from __future__ import annotations

import json
import pprint
import re
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from tests.building import ROOT

_SETTINGS = """\
import sys

sys.path.insert(0, {root!r})
from pelicanconf import *

"""


@dataclass(slots=True)
class Text:
    """A Markdown file: front matter, paragraphs, and the hashtags of its last line."""

    fields: dict[str, Any]
    paragraphs: list[str]
    hashtags: list[str] = field(default_factory=list)

    def render(self) -> str:
        """The file; front matter is JSON, which is YAML too."""
        header = [f"{name}: {_quote(value)}" for name, value in self.fields.items()]
        body = [*self.paragraphs, " ".join(f"#{tag}" for tag in self.hashtags)]
        return "\n".join(["---", *header, "---", "\n\n".join(filter(None, body)), ""])


@dataclass(slots=True)
class Site:
    """Everything a build reads.

    `texts` and `files` are by path below content/, `theme` holds the theme's files that differ
    from the project's own (None: removed), `settings` those that differ from pelicanconf.py;
    `now` is the clock, in seconds since the epoch.
    """

    settings: dict[str, Any]
    now: int
    texts: dict[str, Text] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    rubrics: dict[str, dict[str, Any]] = field(default_factory=dict)
    authors: dict[str, dict[str, Any]] = field(default_factory=dict)
    theme: dict[str, str | None] = field(default_factory=dict)

    @property
    def languages(self) -> dict[str, dict[str, Any]]:
        languages: dict[str, dict[str, Any]] = self.settings["LANGUAGES"]
        return languages

    def of(self, *folders: str) -> list[str]:
        """The paths of the texts in these folders of all languages, sorted."""
        return sorted(path for path in self.texts if path.split("/")[1] in folders)

    def on_disk(self) -> dict[str, bytes]:
        """Every file of the site, by path below the folder of the site."""
        texts = {path: text.render().encode() for path, text in self.texts.items()}
        tables = {"rubrics.toml": self.rubrics, "authors.toml": self.authors}
        content = {**{name: _toml(t).encode() for name, t in tables.items()}, **texts, **self.files}
        theme = {**_pictures(), **{name: text.encode() for name, text in own_theme().items()}}
        theme |= {name: text.encode() for name, text in self.theme.items() if text is not None}
        settings = _SETTINGS.format(root=str(ROOT)) + "".join(
            f"{name} = {pprint.pformat(value, sort_dicts=False)}\n"
            for name, value in self.settings.items()
        )
        return {
            **{f"content/{name}": data for name, data in content.items()},
            **{
                f"theme/{n}": data for n, data in theme.items() if self.theme.get(n, "") is not None
            },
            "siteconf.py": settings.encode(),
        }


@cache
def own_theme() -> Mapping[str, str]:
    """The text files of the project's theme, by path below theme/."""
    return {name: data.decode() for name, data in _own_files().items() if not _is_picture(name)}


@cache
def _pictures() -> Mapping[str, bytes]:
    return {name: data for name, data in _own_files().items() if _is_picture(name)}


@cache
def _own_files() -> Mapping[str, bytes]:
    folder = ROOT / "theme"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _is_picture(name: str) -> bool:
    return name.endswith((".ico", ".png"))


def key_of(path: str, text: Text) -> str:
    """A text's translation key: the field, or the path below the language folder."""
    own = path.partition("/")[2].removesuffix(".md")
    return str(text.fields.get("translation_key", own))


def slug_of(path: str, text: Text) -> str:
    return str(text.fields.get("slug", name_of(path)))


def name_of(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".md")


def address_of(path: str, text: Text) -> str:
    """The address a text is published at: `/en/events/name/`, posts and pages without a folder."""
    lang, folder, _ = path.split("/", 2)
    parts = [lang, *([] if folder in ("posts", "pages") else [folder]), slug_of(path, text)]
    return f"/{'/'.join(parts)}/"


def users_of(site: Site, path: str) -> Iterator[str]:
    """The paths of the texts that name one: by link, in a letter, as group or recap."""
    name, key = name_of(path), key_of(path, site.texts[path])
    for other, text in site.texts.items():
        if other == path:
            continue
        links = any(f"/{name}.md)" in part or f"({name}.md)" in part for part in text.paragraphs)
        picks = [*text.fields.get("posts", ()), *text.fields.get("events", ())]
        if (
            links
            or any(pick == key or (isinstance(pick, dict) and pick["key"] == key) for pick in picks)
            or name in (text.fields.get("group"), text.fields.get("recap"))
        ):
            yield other


def forget(site: Site, path: str) -> None:
    """Take out of all other texts what would break when this one goes."""
    name, key = name_of(path), key_of(path, site.texts[path])
    link = re.compile(rf"\[([^\]]*)\]\([^)]*\b{re.escape(name)}\.md\)")
    for other in list(users_of(site, path)):
        text = site.texts[other]
        text.paragraphs = [link.sub(r"\1", part) for part in text.paragraphs]
        for field_name in ("group", "recap"):
            if text.fields.get(field_name) == name:
                del text.fields[field_name]
        for picks in ("posts", "events"):
            if picks in text.fields:
                text.fields[picks] = [
                    pick
                    for pick in text.fields[picks]
                    if (pick["key"] if isinstance(pick, dict) else pick) != key
                ]


def picture(width: int, height: int, grey: int) -> bytes:
    """A PNG of one grey (PNG, third edition, 11.2)."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = (b"\0" + bytes([grey]) * width) * height
    parts = [chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _quote(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _toml(tables: Mapping[str, Mapping[str, Any]]) -> str:
    lines: list[str] = []
    for id, table in tables.items():
        lines += ["", f"[{id}]"]
        for name, value in table.items():
            if isinstance(value, dict):
                lines += [f"{name}.{lang} = {_quote(text)}" for lang, text in value.items()]
            else:
                lines.append(f"{name} = {_quote(value)}")
    return "\n".join([*lines, ""])
