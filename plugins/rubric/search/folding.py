"""Folding: what text a reader types and text an author wrote have in common.

theme/static/js/search.js folds what is typed the same way; change both together.
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
"""A run of script that is written without spaces: Han, and the kana that stand between."""


def load_variants() -> dict[int, str]:
    """Traditional characters → the simplified one both are searched as; for str.translate."""
    variants = {}
    for line in _FILE.read_text("utf-8").splitlines():
        variants.update(dict.fromkeys(map(ord, line[1:]), line[0]))
    return variants


def fold(text: str, variants: Mapping[int, str]) -> str:
    """NFKD, lower case, no combining marks (ё is е), traditional characters simplified.

    NFKD also makes full-width letters and compatibility ideographs plain (UAX #15).
    """
    if text.isascii():
        return text.lower()
    plain = MARKS.sub("", unicodedata.normalize("NFKD", text).lower())
    return MARKS.sub("", unicodedata.normalize("NFKD", plain)).translate(variants)
