"""Literal text → Markdown that shows it literally, with as few escapes as that takes.

Measured against Python-Markdown with the site's settings. Characters
it has no backslash escape for become character references.
"""

from __future__ import annotations

import re

# An underscore between letters is none of Markdown's business: snake_case stays legible.
_INLINE = re.compile(r"[\\`*\[\]{]|(?<![^\W_])_|_(?![^\W_])|<|&(?=#?\w+;)|&(?=#)|~(?=~)")
_REFERENCES = {"<": "&lt;", "&": "&amp;"}
# What makes a block at the start of a line: `- `, `1. `, `# `, `>`, a definition's `: `,
# a fence's `~~~`, a heading's `===`.
_LINE_START = re.compile(
    r"(?P<backslash>[-+](?=\s|$)|#(?=#*(?:\s|$))|>)"
    r"|(?P<number>\d+)(?P<delimiter>[.)])(?=\s|$)"
    r"|(?P<reference>:(?=\s|$|::)|~(?=~~)|=(?==*\s*$))"
)
# A rule, the underline of a heading, or the row below a table's head.
_RULE = re.compile(r"[:\s]*(?P<first>[-|])[-:|\s]*")


def escape(text: str) -> str:
    """Escape a run of text inside a line."""
    return _INLINE.sub(lambda found: _REFERENCES.get(found[0], "\\" + found[0]), text)


def escape_line_start(line: str) -> str:
    """Escape what would make a block of a finished line: a list, heading, table or rule."""
    rule = _RULE.fullmatch(line)
    if rule:
        first = rule["first"]
        line = line.replace(first, "\\-" if first == "-" else "&#124;", 1)
    start = _LINE_START.match(line)
    return _mend_start(start) + line[start.end() :] if start else line


def _mend_start(found: re.Match[str]) -> str:
    if found["backslash"]:
        return "\\" + found[0]
    if found["number"]:
        return f"{found['number']}\\{found['delimiter']}"
    return f"&#{ord(found[0])};"
