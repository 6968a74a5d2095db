"""Patterns of lines that begin a block (CommonMark 0.31, 4 and 5)."""

from __future__ import annotations

import re

LIST_MARKER = re.compile(
    r" {0,3}(?P<marker>(?P<bullet>[-+*])|(?P<number>\d{1,9})(?P<delimiter>[.)]))"
    r"(?:(?P<space> +)(?P<rest>.*)|$)"
)
QUOTE = re.compile(r" {0,3}> ?")
RULE = re.compile(r" {0,3}(?:(?:- *){3,}|(?:\* *){3,}|(?:_ *){3,})")
HEADING = re.compile(r" {0,3}#{1,6}[ \t]")
CONTAINER = re.compile(r":{3,}")
PLACEHOLDER = re.compile(" {0,3}\x02wzxhzdk:\\d+\x03 *")
"""A line that represents a code block or HTML block stored by Python-Markdown."""


def content_offset(marker: re.Match[str]) -> int:
    """Return the column where the content of a list item begins."""
    spaces = len(marker["space"] or "")
    return marker.end("marker") + (spaces if 1 <= spaces <= 4 and marker["rest"] else 1)


def interrupts(marker: re.Match[str]) -> bool:
    """True if a list with this marker may begin below a line of text without a blank line."""
    return bool(marker["rest"]) and (marker["number"] is None or int(marker["number"]) == 1)
