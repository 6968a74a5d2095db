"""From a file's bytes to text that is safe to parse."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from rubric.model.errors import TooLarge

# Longer ones are no prose, and Markdown reads some of them in quadratic time.
_LONGEST_LINE = 20_000
# Unicode's Cc, Zl and Zp, save what ends lines and the tab.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass(eq=False)
class Problem(Exception):
    """A mistake in one file; `line` counts from 1, 0 where none applies."""

    problem: str
    fix: str
    line: int = 0
    field: str = ""


def refuse_unread(error: OSError, max_bytes: int) -> Problem:
    """Why a file was not read."""
    if isinstance(error, TooLarge):
        return Problem(
            f"is {error.size / 1e6:.1f} MB; a text may have {max_bytes / 1e6:.1f} MB.",
            "Split it, or move pasted data into a file of its own and link to it.",
        )
    return Problem(
        f"can't be read: {error.strerror or error}.",
        "Check that the file exists and that you may read it.",
    )


def decode_text(data: bytes) -> str:
    r"""A UTF-8 file's text; `\n` line ends, no byte-order mark, NFC.

    Raises Problem for files that aren't UTF-8 (RFC 3629, so lone surrogates neither), or hold
    control characters that no reader of a feed accepts.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Problem(
            f"is not UTF-8 text: byte {data[error.start]:#04x}.",
            "Save it as UTF-8 in your editor.",
            line=data.count(b"\n", 0, error.start) + 1,
        ) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _CONTROL.search(text) or max(map(len, text.split("\n"))) > _LONGEST_LINE:
        raise _mistake(text)
    return unicodedata.normalize("NFC", text)


def _mistake(text: str) -> Problem:
    """The first line that is too long or holds a control character."""
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > _LONGEST_LINE:
            return Problem(
                f"has a line of {len(line)} characters; {_LONGEST_LINE} is the most.",
                "Break it into paragraphs.",
                line=number,
            )
        if control := _CONTROL.search(line):
            return Problem(
                f"holds a control character, U+{ord(control[0]):04X}.", "Delete it.", line=number
            )
    raise AssertionError
