"""Finds the fonts for social images in optional packages and in system folders.

The packages `fontpkg-noto-sans` and `manimgx-fonts-cjk` give the same images on every
machine. Distributions also provide Noto Sans and Noto Sans CJK: Debian as `fonts-noto-core`
and `fonts-noto-cjk`. All are under the Open Font License.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from rubric.model.setting_rules import FONT_FOLDERS, FONT_PACKAGES

_LATIN_PACKAGE = ("fontpkg-noto-sans", "fontpkg_noto_sans", "files/NotoSans[wdth,wght].ttf")
_HAN_PACKAGE = ("manimgx-fonts-cjk", "manimgx_fonts_cjk", "NotoSansCJK-VF.otf.ttc")
# Alternative sets of files by weight, in order of preference; 0 for a variable font.
_LATIN: tuple[Mapping[int, str], ...] = (
    {0: "NotoSans[wdth,wght].ttf"},
    {0: "NotoSans[wght].ttf"},
    {0: "NotoSans-VF.ttf"},
    {400: "NotoSans-Regular.ttf", 700: "NotoSans-Bold.ttf"},
    {400: "DejaVuSans.ttf", 700: "DejaVuSans-Bold.ttf"},
)
_HAN: tuple[Mapping[int, str], ...] = (
    {0: "NotoSansCJK-VF.otf.ttc"},
    {0: "NotoSansCJK-VF.ttc"},
    {400: "NotoSansCJK-Regular.ttc", 700: "NotoSansCJK-Bold.ttc"},
)
_WITH_LATIN = ("LATIN", "CYRILLIC", "GREEK")
_WITH_HAN = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO")


@dataclass(frozen=True, slots=True)
class Family:
    """Font files by weight; `version` identifies the release."""

    files: tuple[tuple[int, Path], ...]
    version: str

    def file(self, weight: int) -> Path:
        """Return the file with the nearest weight."""
        return min(self.files, key=lambda each: abs(each[0] - weight))[1]


@dataclass(frozen=True, slots=True)
class FontFiles:
    """The fonts found: `latin` for Latin, Cyrillic and Greek, `han` for Han, kana and Hangul."""

    latin: Family | None = None
    han: Family | None = None

    @property
    def version(self) -> str:
        return " ".join(family.version for family in (self.latin, self.han) if family)

    def can_write(self, text: str) -> bool:
        """True if there are fonts for all letters of a text, by their Unicode names."""
        letters = (char for char in text if char.isalpha())
        scripts = {unicodedata.name(char, "").split(" ")[0] for char in letters}
        return all(
            (script in _WITH_LATIN and self.latin is not None)
            # Han text also contains Latin names, digits and punctuation.
            or (script in _WITH_HAN and self.han is not None and self.latin is not None)
            for script in scripts
        )


def find_fonts(folders: Iterable[str] = FONT_FOLDERS) -> FontFiles:
    """Return the first matching fonts in the given folders."""
    latin = han = None
    for folder in folders:
        if latin and han:
            break
        if folder == FONT_PACKAGES:
            latin, han = latin or _packaged(*_LATIN_PACKAGE), han or _packaged(*_HAN_PACKAGE)
            continue
        there = dict(_fonts_below(folder))
        latin, han = latin or _family(there, _LATIN), han or _family(there, _HAN)
    return FontFiles(latin, han)


def _packaged(distribution: str, module: str, name: str) -> Family | None:
    try:
        spec, release = find_spec(module), version(distribution)
    except (ImportError, PackageNotFoundError):
        return None
    for place in (spec and spec.submodule_search_locations) or ():
        path = Path(place, name)
        if path.is_file():
            return Family(((0, path),), release)
    return None


def _fonts_below(folder: str) -> Iterator[tuple[str, Path]]:
    """Yield font files by name, sorted so that the first path of a name overwrites others."""
    found = []
    for place, _, names in os.walk(Path(folder).expanduser()):
        found += [Path(place, name) for name in names if name.startswith(("Noto", "DejaVu"))]
    for path in sorted(found, reverse=True):
        yield path.name, path


def _family(there: Mapping[str, Path], sets: Iterable[Mapping[int, str]]) -> Family | None:
    for files in sets:
        if all(name in there for name in files.values()):
            paths = tuple((weight, there[name]) for weight, name in files.items())
            sizes = (f"{path.name}:{path.stat().st_size}" for _, path in paths)
            return Family(paths, " ".join(sizes))
    return None
