"""Pelican's readers: those of other formats, and Markdown readers that plugins replace."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from pelican.generators import ArticlesGenerator
from pelican.readers import BaseReader, MarkdownReader
from pelican.urlwrappers import URLWrapper

from rubric.model.source_text import ReadSource, SourceText

_OTHER_MARKDOWN = ("markdown", "mkd", "mdown")
"""Rubric asks authors to rename these files to .md, so that all tools recognize them."""


def find_readers(generator: ArticlesGenerator) -> dict[str, ReadSource]:
    """Return functions that read files, by the ending of their names without the dot.

    Rubric reads Markdown itself unless a plugin has replaced Pelican's reader.
    """
    return {
        ending: partial(_read, reader)
        for ending, reader in generator.readers.readers.items()
        if type(reader) not in (MarkdownReader, BaseReader) and ending not in _OTHER_MARKDOWN
    }


def _read(reader: BaseReader, path: Path) -> SourceText:
    html, fields = reader.read(str(path))
    # Readers of Markdown have the parser in this attribute, with the hashtags of the text.
    parser = getattr(reader, "_md", None)
    hashtags = tuple(getattr(parser, "hashtags", ()))
    return SourceText(html or "", _plain_fields(fields), hashtags)


def _plain_fields(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name.lower(): _plain(value) for name, value in fields.items()}


def _plain(value: object) -> Any:
    """Return the value of a field as front matter has it: text, or a list of texts."""
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return value.name if isinstance(value, URLWrapper) else str(value)
