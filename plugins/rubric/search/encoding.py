"""Encodings of the index: file names, numbers as strings, JSON.

theme/static/js/search_index.js decodes these; change both together.
"""

from __future__ import annotations

import json
from base64 import b32encode
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

NAME_LENGTH = 9
"""Characters of a file name without suffix, 5 bits each."""
_DIGITS = "".join(chr(code) for code in range(33, 127) if chr(code) not in '"\\')
_BASE = len(_DIGITS)
_HALF = _BASE // 2
_PRIME = 65521
_SPREAD = 40503
"""Distributes keys that differ in one letter over all files."""


def dump(value: Any) -> bytes:
    """Return compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def name_of(lang: str, content: bytes) -> str:
    """Return a file name without suffix: a digest of language and content.

    Files of two languages never have the same name, so each belongs to exactly one language.
    """
    return b32encode(sha256(f"{lang} ".encode() + content).digest())[:NAME_LENGTH].decode().lower()


def encode_postings(postings: Mapping[int, int]) -> str:
    """Encode slots and their ranks, sorted by slot, as differences of slot × 4 + rank.

    Each difference is written with its low digit first, base 46. All but its last digit are
    taken from the second half of the alphabet.
    """
    digits, last = [], 0
    for slot in sorted(postings):
        value = slot << 2 | postings[slot]
        step, last = value - last, value
        while step >= _HALF:
            step, low = divmod(step, _HALF)
            digits.append(_DIGITS[_HALF + low])
        digits.append(_DIGITS[step])
    return "".join(digits)


def width_of(limit: int) -> int:
    """Return the number of digits that `encode_numbers` needs for numbers below `limit`."""
    width = 1
    while _BASE**width < limit:
        width += 1
    return width


def encode_numbers(numbers: Iterable[int], width: int) -> str:
    """Encode numbers with a fixed width, base 92, high digit first."""
    powers = [_BASE**place for place in reversed(range(width))]
    return "".join(_DIGITS[number // power % _BASE] for number in numbers for power in powers)


def place_of(key: str, count: int) -> int:
    """Return which of `count` files contains a key."""
    place = 0
    for char in key:
        place = (place * 31 + ord(char)) % _PRIME
    return place * _SPREAD % _PRIME * count // _PRIME
