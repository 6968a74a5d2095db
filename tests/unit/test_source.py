"""From bytes to text: what is mended, and what is refused."""

from __future__ import annotations

import contextlib
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubric.model.errors import TooLarge
from rubric.reading.source import Problem, decode_text, unreadable
from tests.cases import cases


@cases(
    ("data", "text"),
    [
        (b"", ""),
        (b"\xef\xbb\xbfTitle: A\n", "Title: A\n"),  # a byte-order mark
        (b"a\r\nb\rc\n", "a\nb\nc\n"),  # Windows' and old Mac OS's line ends
        (b"a\tb", "a\tb"),
        ("и\u0306".encode(), "й"),
        ("👩\u200d💻 и \u200c".encode(), "👩\u200d💻 и \u200c"),  # joiners stay
        ("\U00010348".encode(), "\U00010348"),
    ],
)
def test_text_is_read_in_one_form(data: bytes, text: str) -> None:
    assert decode_text(data) == text


@cases(
    ("data", "line", "told"),
    [
        (b"a\nb\0c", 2, "U+0000"),
        (b"a\x1b[31m", 1, "U+001B"),
        ("a\n\u0085b".encode(), 2, "U+0085"),
        (b"a\n\n\xed\xa0\x80", 3, "0xed"),  # a lone surrogate
        (b"\xc0\xaf", 1, "0xc0"),  # an overlong form
        (b"a\n\xff\xfe", 2, "0xff"),
        (b"\xd0", 1, "0xd0"),  # half a letter
        ("Привет".encode("koi8-r"), 1, "UTF-8"),
    ],
)
def test_bytes_that_are_no_text_are_refused(data: bytes, line: int, told: str) -> None:
    with pytest.raises(Problem) as caught:
        decode_text(data)
    assert told in caught.value.problem
    assert caught.value.line == line


def test_why_a_file_was_not_read(tmp_path: Path) -> None:
    assert "is 2.5 MB; the limit is 1.0 MB" in unreadable(TooLarge(2_500_000), 10**6).problem
    for path, told in (("missing.md", "No such file"), ("", "Is a directory")):
        with pytest.raises(OSError, match=told) as caught:
            (tmp_path / path).open("rb")
        assert f"can't be read: {told}" in unreadable(caught.value, 10**6).problem


@given(data=st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(Problem):
        text = decode_text(data)
        assert unicodedata.is_normalized("NFC", text)
        assert "\r" not in text
        assert not any(unicodedata.category(char) == "Cs" for char in text)


def test_control_characters_are_unicodes_own() -> None:
    """Cc, Zl and Zp, save the tab and what ends lines."""
    refused = {"Cc", "Zl", "Zp"}
    controls = [c for c in map(chr, range(0x2100)) if unicodedata.category(c) in refused]
    assert len(controls) == 67
    for char in controls:
        if char in "\t\n\r":
            assert decode_text(f"a{char}b".encode())
            continue
        with pytest.raises(Problem, match=f"U\\+{ord(char):04X}") as caught:
            decode_text(f"a\nb{char}".encode())
        assert caught.value.line == 2
    beyond = map(chr, [*range(0x2100, 0xD800), *range(0xE000, 0x110000)])
    assert not any(unicodedata.category(char) in refused for char in beyond)


def test_the_first_mistake_is_told() -> None:
    with pytest.raises(Problem, match="20001 characters") as caught:
        decode_text(f"a\n{'x' * 20_001}\n\x00".encode())
    assert caught.value.line == 2
