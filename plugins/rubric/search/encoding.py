"""How the index is written: names of files, numbers in strings, JSON.

theme/static/js/search_index.js reads these; change both together.
"""

from __future__ import annotations

import json
from base64 import b32encode
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

NAME_LENGTH = 9
"""Characters of a file's name without its suffix, at 5 bits each."""
_DIGITS = "".join(chr(code) for code in range(33, 127) if chr(code) not in '"\\')
_BASE = len(_DIGITS)
_HALF = _BASE // 2
_PRIME = 65521
_SPREAD = 40503
"""Distributes keys that differ in one letter over all files."""


def dump(value: Any) -> bytes:
    """Compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def name_of(lang: str, content: bytes) -> str:
    """The name of a file without its suffix: a digest of its language and its content.

    Files of two languages have different names, so that a share of a build has those of a language.
    """
    return b32encode(sha256(f"{lang} ".encode() + content).digest())[:NAME_LENGTH].decode().lower()


def encode_postings(postings: Mapping[int, int]) -> str:
    """Slots with ranks, ascending: the steps between slot × 4 + rank.

    A step has its low digits first, base 46; all but the last digit of a step are taken from
    the second half of the alphabet.
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
    """How many digits each number below a limit is given by `encode_numbers`."""
    width = 1
    while _BASE**width < limit:
        width += 1
    return width


def encode_numbers(numbers: Iterable[int], width: int) -> str:
    """Numbers of equal width, base 92, high digits first."""
    powers = [_BASE**place for place in reversed(range(width))]
    return "".join(_DIGITS[number // power % _BASE] for number in numbers for power in powers)


def place_of(key: str, count: int) -> int:
    """Which of `count` files has a key."""
    place = 0
    for char in key:
        place = (place * 31 + ord(char)) % _PRIME
    return place * _SPREAD % _PRIME * count // _PRIME
