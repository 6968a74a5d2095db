"""Fonts of social images: Noto Sans, Noto Sans CJK in the variant of a language, and others.

Uses Pillow's basic layout engine. The other one, Raqm, depends on a system library, so images
would differ between machines. Fonts for scripts that are written from right to left are the
exception, because their letters join.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import NamedTuple

from PIL import ImageFont

from rubric.model.script import script_of
from rubric.social.bidi import mirror, visual_order
from rubric.social.font_files import Family, FontFiles
from rubric.social.lines import is_han

_FACES = {"Hans": "SC", "Hant": "TC", "HK": "HK", "MO": "HK", "TW": "TC", "ja": "JP", "ko": "KR"}
# Latin fonts have these, too, but too narrow for Han text.
_SHARED = frozenset("“”‘’…—·")
# Emoji sequences (joined, with variation selector, keycaps) are removed as a whole.
_EMOJI = re.compile(
    "\\S\ufe0f?(?:[\U0001f3fb-\U0001f3ff])?(?:\u200d\\W\ufe0f?)+|[^\\w#*]\ufe0f|\u20e3"
)
_JOIN_CONTROLS = "\u200c\u200d"  # parts of words in Persian and Urdu
_REFERENCE = 100
_NO_CHARACTER = "\U0010ffff"

Font = ImageFont.FreeTypeFont


class Run(NamedTuple):
    """Text in one face, in visual order; `direction` is set for faces that are shaped."""

    face: str
    text: str
    direction: str | None = None


def face_of(tag: str) -> str:
    """Return the face for a BCP 47 tag: by region if it has its own variants, else by script."""
    subtags = tag.split("-")
    found = [_FACES[part] for part in reversed(subtags) if part in _FACES]
    return found[0] if found else "SC"


class Fonts:
    """The fonts of one run, each opened once per face, size and weight."""

    def __init__(self, files: FontFiles) -> None:
        self._files = files
        self._opened: dict[tuple[str, int, int], Font] = {}
        self._indexes: dict[tuple[str, Path], int] = {}
        self._faces: dict[tuple[str, str, str, bool], str] = {}
        self._advances: dict[tuple[str, str, int], float] = {}

    def font(self, face: str, size: int, weight: int) -> Font:
        """Open a face at a size in pixels and a weight of 100–900.

        A face is `Latin`, `SC`, `TC` … or the name of another family.
        """
        key = (face, size, weight)
        if key not in self._opened:
            self._opened[key] = self._open(face, size, weight)
        return self._opened[key]

    def runs(self, text: str, tag: str) -> Iterator[tuple[str, str]]:
        """Split text into (face, text) by available glyphs; drops characters without one."""
        first, han = self._first_face(tag), face_of(tag)
        run, face = "", ""
        for place, char in enumerate(text):
            if char in _JOIN_CONTROLS and face in self._files.others:
                own = face
            else:
                own = self._face_for(char, first, han, text[max(0, place - 1) : place + 2])
            if not own:
                continue
            if own != face and run:
                yield face, run
                run = ""
            run, face = run + char, own
        if run:
            yield face, run

    def measure(self, text: str, tag: str, weight: int) -> float:
        """Return the width of a text in ems."""
        return sum(self._advance(face, run, weight) for face, run in self.runs(text, tag))

    def drawable(self, text: str, tag: str) -> str:
        """Return the drawable part of a text: NFC, single spaces, no invisible characters."""
        plain = _EMOJI.sub("", unicodedata.normalize("NFC", text))
        seen = re.sub(r"[^\S\xa0]", " ", plain)
        drawn = "".join(run for _, run in self.runs(seen, tag))
        return re.sub(" +", " ", drawn).strip()

    def visual_runs(self, line: str, tag: str, *, is_rtl: bool) -> list[Run]:
        """Return the runs of a line from left to right; `is_rtl` is the direction of the line."""
        found = []
        for piece, turned in visual_order(line, is_rtl=is_rtl):
            runs = list(self.runs(piece, tag))
            for face, text in runs[::-1] if turned else runs:
                if self._is_shaped(face):
                    found.append(Run(face, text, "rtl" if turned else "ltr"))
                else:
                    found.append(Run(face, mirror(text) if turned else text))
        return found

    def _is_shaped(self, face: str) -> bool:
        return face in self._files.others

    def _first_face(self, tag: str) -> str:
        """Return the font family for the script of a language; empty if it is a shared one."""
        return next((name for name in script_of(tag).fonts if name in self._files.others), "")

    def _face_for(self, char: str, first: str, han: str, around: str) -> str:
        is_wide = char in _SHARED and any(map(is_han, around))
        key = (char, first, han, is_wide)
        if key not in self._faces:
            order = [han, "Latin"] if is_wide or is_han(char) else ["Latin", han]
            if self._files.han is None:
                order.remove(han)
            order = [*filter(None, [first]), *order, *self._files.others]
            self._faces[key] = next((face for face in order if self._has_glyph(face, char)), "")
        return self._faces[key]

    def _has_glyph(self, face: str, char: str) -> bool:
        """True if a character is visible and not drawn as the box for missing glyphs."""
        if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"):
            return False
        font = self.font(face, 24, 400)
        return _glyph_signature(font, char) != _glyph_signature(font, _NO_CHARACTER)

    def _advance(self, face: str, text: str, weight: int) -> float:
        font = self.font(face, _REFERENCE, weight)
        if self._is_shaped(face):
            return font.getlength(text) / _REFERENCE
        total = 0.0
        for char in text:
            key = (face, char, weight)
            if key not in self._advances:
                self._advances[key] = font.getlength(char) / _REFERENCE
            total += self._advances[key]
        return total

    def _open(self, face: str, size: int, weight: int) -> Font:
        files = self._files
        family = files.others.get(face) or (files.latin if face == "Latin" else files.han)
        assert family is not None  # cards that need it are not drawn
        path = family.file(weight)
        if face in files.others:
            font = _load(path, size, shaping=True)
        else:
            font = _load(path, size, 0 if face == "Latin" else self._index(face, path))
        if _has_all_weights(family):
            # Set the weight axis; other axes keep their default.
            font.set_variation_by_axes(
                [
                    float(weight if b"eight" in (axis["name"] or b"") else axis["default"] or 0)
                    for axis in font.get_variation_axes()
                ]
            )
        return font

    def _index(self, face: str, path: Path) -> int:
        """Return the index of a face in a font collection. Raises OSError if it is missing."""
        if (face, path) not in self._indexes:
            name = f"Noto Sans CJK {face}"
            self._indexes[face, path] = next(
                index for index in count() if _load(path, 16, index).getname()[0] == name
            )
        return self._indexes[face, path]


def _has_all_weights(family: Family) -> bool:
    return family.files[0][0] == 0


def _load(path: Path, size: int, index: int = 0, *, shaping: bool = False) -> Font:
    engine = ImageFont.Layout.RAQM if shaping else ImageFont.Layout.BASIC
    return ImageFont.truetype(path, size, index, layout_engine=engine)


def _glyph_signature(font: Font, char: str) -> tuple[float, bytes]:
    return font.getlength(char), bytes(font.getmask(char))
