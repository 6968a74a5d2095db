"""Finds the fonts for social images in optional packages and in system folders.

The packages `fontpkg-noto-sans`, `manimgx-fonts-cjk` and `fontpkg-noto-sans-arabic` give the
same images on every machine. Distributions also provide these fonts: Debian as
`fonts-noto-core` and `fonts-noto-cjk`. All are under the Open Font License.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

import PIL
from PIL import features

from rubric.model.script import Script
from rubric.model.setting_rules import FONT_FOLDERS, FONT_PACKAGES

LATIN, HAN = "Noto Sans", "Noto Sans CJK"
"""Families that are always searched; others only if a language of the site needs them."""

_PACKAGED = {
    LATIN: ("fontpkg-noto-sans", "fontpkg_noto_sans", "files/NotoSans[wdth,wght].ttf"),
    HAN: ("manimgx-fonts-cjk", "manimgx_fonts_cjk", "NotoSansCJK-VF.otf.ttc"),
    "Noto Sans Arabic": (
        "fontpkg-noto-sans-arabic",
        "fontpkg_noto_sans_arabic",
        "files/NotoSansArabic[wdth,wght].ttf",
    ),
}
_DEJAVU: Mapping[int, str] = {400: "DejaVuSans.ttf", 700: "DejaVuSans-Bold.ttf"}


def _noto(name: str) -> tuple[Mapping[int, str], ...]:
    return (
        {0: f"{name}[wdth,wght].ttf"},
        {0: f"{name}[wght].ttf"},
        {0: f"{name}-VF.ttf"},
        {400: f"{name}-Regular.ttf", 700: f"{name}-Bold.ttf"},
    )


# Alternative sets of files by weight, in order of preference; 0 for a variable font.
_SETS: Mapping[str, tuple[Mapping[int, str], ...]] = {
    LATIN: (*_noto("NotoSans"), _DEJAVU),
    HAN: (
        {0: "NotoSansCJK-VF.otf.ttc"},
        {0: "NotoSansCJK-VF.ttc"},
        {400: "NotoSansCJK-Regular.ttc", 700: "NotoSansCJK-Bold.ttc"},
    ),
    "Noto Sans Arabic": (*_noto("NotoSansArabic"), *_noto("NotoNaskhArabic"), _DEJAVU),
    "Noto Sans Hebrew": (*_noto("NotoSansHebrew"), _DEJAVU),
}


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
    """The fonts found: `latin` for Latin, Cyrillic and Greek, `han` for Han, kana and Hangul.

    `others` are by family name. `has_shaping` is whether Pillow has Raqm, which scripts that are
    written from right to left need.
    """

    latin: Family | None = None
    han: Family | None = None
    others: Mapping[str, Family] = field(default_factory=dict)
    has_shaping: bool = True

    @property
    def version(self) -> str:
        families = (self.latin, self.han, *self.others.values())
        return " ".join(family.version for family in families if family)

    def versions(self, script: Script) -> str:
        """Return everything besides the texts that affects how an image in a script looks."""
        shared = FontFiles(self.latin, self.han).version
        own = [self.others[name].version for name in script.fonts if name in self.others]
        shaping = [f"raqm {features.version('raqm')}"] if script.direction == "rtl" else []
        return " ".join([f"{PIL.__version__} {shared}", *own, *shaping])

    def family(self, name: str) -> Family | None:
        """Return a family by its name in a Script record, or None."""
        return {LATIN: self.latin, HAN: self.han}.get(name) or self.others.get(name)

    def missing(self, script: Script) -> list[str]:
        """Return the names of fonts and libraries that a script needs and that were not found."""
        if not script.fonts:
            return [f"a font for the script {script.id}"]
        names = [name for name in script.fonts if self.family(name) is None]
        is_shaped = script.direction == "rtl"
        return [*names, *(["Raqm"] if is_shaped and not self.has_shaping else [])]


def has_shaping() -> bool:
    """Return whether Pillow can use Raqm."""
    return bool(features.check("raqm"))


def find_fonts(
    folders: Iterable[str] = FONT_FOLDERS,
    scripts: Iterable[Script] = (),
    *,
    has_shaping: bool = True,
) -> FontFiles:
    """Return the first matching fonts in the folders, with those that `scripts` also need."""
    names = dict.fromkeys((LATIN, HAN, *(name for script in scripts for name in script.fonts)))
    found: dict[str, Family] = {}
    for folder in folders:
        wanted = [name for name in names if name not in found]
        if not wanted:
            break
        there = {} if folder == FONT_PACKAGES else dict(_fonts_below(folder))
        for name in wanted:
            if folder == FONT_PACKAGES:
                family = _packaged(*_PACKAGED[name]) if name in _PACKAGED else None
            else:
                family = _family(there, _SETS[name])
            if family:
                found[name] = family
    others = {name: found[name] for name in names if name in found and name not in (LATIN, HAN)}
    return FontFiles(found.get(LATIN), found.get(HAN), others, has_shaping)


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
