"""Folding: normalizes text so that queries match texts regardless of case, accents or script.

theme/static/js/search_index.js folds queries the same way; change both together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from rubric.model import script

_FILE = Path(__file__).with_name("data") / "variants.txt"
MARKS = re.compile(f"[{script.MARKS}]")
"""Marks that search ignores: the dots of ё, accents, stress; harakat and tatweel; niqqud."""

HAN = re.compile(f"[{script.UNSPACED}]+")
"""A run of script written without spaces: Han and kana."""


def load_variants() -> dict[int, str]:
    """Map characters to the ones they are searched as, for str.translate.

    Traditional characters become simplified ones; letters such as أ become their plain form.
    """
    variants = {ord(old): new for old, new in script.SEARCH_VARIANTS.items()}
    for line in _FILE.read_text("utf-8").splitlines():
        variants.update(dict.fromkeys(map(ord, line[1:]), line[0]))
    return variants


def fold(text: str, variants: Mapping[int, str]) -> str:
    """Apply NFKD, lower-case, remove marks (ё → е), replace variants of characters.

    NFKD also normalizes full-width letters and compatibility ideographs (UAX #15).
    """
    if text.isascii():
        return text.lower()
    plain = MARKS.sub("", unicodedata.normalize("NFKD", text).lower())
    return MARKS.sub("", unicodedata.normalize("NFKD", plain)).translate(variants)
