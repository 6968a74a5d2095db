"""Escapes literal text for Markdown, with as few escapes as possible.

The tests compare the result with the output of Python-Markdown under the site's settings.
Characters for which it has no backslash escape become character references.
"""

from __future__ import annotations

import re

# An underscore between letters has no meaning in Markdown, so snake_case needs no escape.
_INLINE = re.compile(r"[\\`*\[\]{]|(?<![^\W_])_|_(?![^\W_])|<|&(?=#?\w+;)|&(?=#)|~(?=~)")
_REFERENCES = {"<": "&lt;", "&": "&amp;"}
# What starts a block at the start of a line: `- `, `1. `, `# `, `>`, a definition's `: `,
# a fence's `~~~`, or the underline `===` of a heading.
_LINE_START = re.compile(
    r"(?P<backslash>[-+](?=\s|$)|#(?=#*(?:\s|$))|>)"
    r"|(?P<number>\d+)(?P<delimiter>[.)])(?=\s|$)"
    r"|(?P<reference>:(?=\s|$|::)|~(?=~~)|=(?==*\s*$))"
)
# A horizontal rule, the underline of a heading, or the row below the head of a table.
_RULE = re.compile(r"[:\s]*(?P<first>[-|])[-:|\s]*")


def escape(text: str) -> str:
    """Escape a run of text inside a line."""
    return _INLINE.sub(lambda match: _REFERENCES.get(match[0], "\\" + match[0]), text)


def escape_line_start(line: str) -> str:
    """Escape a rendered line that would start a list, heading, table, rule or other block."""
    rule = _RULE.fullmatch(line)
    if rule:
        first = rule["first"]
        line = line.replace(first, "\\-" if first == "-" else "&#124;", 1)
    start = _LINE_START.match(line)
    return _escape_start(start) + line[start.end() :] if start else line


def _escape_start(match: re.Match[str]) -> str:
    if match["backslash"]:
        return "\\" + match[0]
    if match["number"]:
        return f"{match['number']}\\{match['delimiter']}"
    return f"&#{ord(match[0])};"
