"""Folding: normalizes text so that queries match texts regardless of case, accents or script.

theme/static/js/search_index.js folds queries the same way; change both together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

_FILE = Path(__file__).with_name("data") / "variants.txt"
MARKS = re.compile("[\u0300-\u036f]")
"""Combining diacritical marks: the dots of ё, accents, stress."""

_HAN_SET = "々〇\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af"
HAN = re.compile(f"[{_HAN_SET}]+")
"""A run of script written without spaces: Han and kana."""


def load_variants() -> dict[int, str]:
    """Map traditional characters to the simplified ones they are searched as, for str.translate."""
    variants = {}
    for line in _FILE.read_text("utf-8").splitlines():
        variants.update(dict.fromkeys(map(ord, line[1:]), line[0]))
    return variants


def fold(text: str, variants: Mapping[int, str]) -> str:
    """Apply NFKD, lower-case, remove combining marks (ё → е), simplify traditional characters.

    NFKD also normalizes full-width letters and compatibility ideographs (UAX #15).
    """
    if text.isascii():
        return text.lower()
    plain = MARKS.sub("", unicodedata.normalize("NFKD", text).lower())
    return MARKS.sub("", unicodedata.normalize("NFKD", plain)).translate(variants)
