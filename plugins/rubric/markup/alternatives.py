"""Reports images without a text alternative (WCAG 2.2, 1.1.1)."""

from __future__ import annotations

import re
from html import escape, unescape
from urllib.parse import unquote

from rubric.model.entry import Entry
from rubric.model.lines import LineFinder
from rubric.model.site import Site

_PREFIX = re.compile(r"\{\w+\}|\|\w+\|")
_FIX = (
    'Describe it for people who can\'t see it: ![What it shows](…). Write ![ ](…), or alt="" in '
    "HTML, if it adds nothing to the text."
)
_FIELD_FIX = 'Describe the picture for people who can\'t see it, or write image_alt: "".'


def missing_alternatives(entry: Entry) -> list[str]:
    """Return the sources of images without a text alternative; `image` stands for the field."""
    missing = [image.source for image in entry.images if image.alt is None]
    if entry.metadata.image and entry.metadata.image_alt is None:
        missing.append("image")
    return missing


def check_alternatives(site: Site, entry: Entry, lines_of: LineFinder) -> None:
    """Report the images of a text that have no text alternative."""
    if entry.metadata.image and entry.metadata.image_alt is None:
        line = entry.lines.get("image", 1)
        site.errors.add(site.where(entry), "is missing.", _FIELD_FIX, line=line, field="image_alt")
    for source in dict.fromkeys(image.source for image in entry.images if image.alt is None):
        name = _PREFIX.sub("", unescape(source))
        problem = f"the image “{unquote(name)}” has no text alternative."
        for line in lines_of(entry.source, _patterns(name)) or [0]:
            site.errors.add(site.where(entry), problem, _FIX, line=line)


def _patterns(name: str) -> list[re.Pattern[str]]:
    spellings = "|".join(map(re.escape, dict.fromkeys((name, unquote(name), escape(name)))))
    prefix = r"(?:\{\w+\}|\|\w+\|)?"
    return [
        re.compile(rf"!\[\]\(\s*<?{prefix}(?:{spellings})(?=[\s>)])"),
        re.compile(rf"<img\b(?![^>]*\salt\s*=)[^>]*{prefix}(?:{spellings})", re.IGNORECASE),
        re.compile(r"!\[\](?!\()"),
        re.compile(spellings),
    ]
