"""Decodes the content of a file to text that is safe to parse."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from rubric.model.errors import TooLarge

# Longer lines are not prose, and Markdown may take quadratic time for them.
_LONGEST_LINE = 20_000
# Unicode categories Cc, Zl and Zp, except line ends and tabs.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass(eq=False)
class Problem(Exception):
    """A mistake in a file. `line` counts from 1; 0 if not applicable."""

    problem: str
    fix: str
    line: int = 0
    field: str = ""


def unreadable(error: OSError, max_bytes: int) -> Problem:
    """Return the problem for a file that could not be read."""
    if isinstance(error, TooLarge):
        return Problem(
            f"is {error.size / 1e6:.1f} MB; the limit is {max_bytes / 1e6:.1f} MB.",
            "Split it, or move pasted data into a file of its own and link to it.",
        )
    return Problem(
        f"can't be read: {error.strerror or error}.",
        "Check that the file exists and that you may read it.",
    )


def decode_text(data: bytes) -> str:
    r"""Decode a UTF-8 file; returns NFC text with `\n` line ends and without a byte-order mark.

    Raises Problem for files that are not UTF-8 (RFC 3629, which excludes surrogates) or contain
    control characters, which feeds must not contain.
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
        raise _first_mistake(text)
    return unicodedata.normalize("NFC", text)


def _first_mistake(text: str) -> Problem:
    """Return the problem of the first line that is too long or contains a control character."""
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > _LONGEST_LINE:
            return Problem(
                f"has a line of {len(line)} characters; the maximum is {_LONGEST_LINE}.",
                "Break it into paragraphs.",
                line=number,
            )
        if control := _CONTROL.search(line):
            return Problem(
                f"contains a control character, U+{ord(control[0]):04X}.", "Delete it.", line=number
            )
    raise AssertionError
