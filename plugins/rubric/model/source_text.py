"""Files that a reader of Pelican reads: other formats than Markdown, or Markdown with changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple


class SourceText(NamedTuple):
    """The HTML of a file, the fields of its front matter as text, and the hashtags in the text."""

    html: str
    fields: Mapping[str, Any]
    hashtags: tuple[str, ...] = ()


def endings_of(readers: Mapping[str, object]) -> tuple[str, ...]:
    """Return the endings of names of texts, with the dot. Endings like `.tar.gz` are possible."""
    return tuple(dict.fromkeys((".md", *(f".{ending}" for ending in readers))))


ReadSource = Callable[[Path], SourceText]
"""Reads a file. Raises any exception."""
