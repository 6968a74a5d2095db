"""Writes text and URL values of iCalendar properties (RFC 5545, 3.1 and 3.3.11)."""

from __future__ import annotations

import re

from icalendar import Component
from icalendar.prop import vText, vUri

from rubric.model.site import encode

_LINE_END = re.compile("\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
"""All characters that some parser treats as a line end, and so as the end of a property."""
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
"""Control characters, and lone surrogates, which UTF-8 cannot encode."""


class Text(vText):
    r"""A TEXT value: escapes `\`, `;`, `,` and line ends, and removes forbidden characters.

    Replaces icalendar's own escaping, which turns the two characters `\N` of a text such as
    `C:\New` into a line end.
    """

    def to_ical(self) -> bytes:
        text = clean(self)
        for character, escaped in (("\\", r"\\"), (";", r"\;"), (",", r"\,"), ("\n", r"\n")):
            text = text.replace(character, escaped)
        return text.encode()


def clean(text: str) -> str:
    r"""Normalize line ends to `\n` and remove characters that RFC 5545 forbids in a value."""
    return _FORBIDDEN.sub("", _LINE_END.sub("\n", text))


def clean_url(url: str) -> str:
    """Return a URL as ASCII, percent-encoded where necessary (RFC 3986)."""
    return encode(clean(url).replace("\n", "").strip())


def add_text(component: Component, name: str, value: str, language: str = "") -> None:
    """Add a text property to a component unless the text is empty; `language` is BCP 47."""
    if clean(value).strip():
        params = {"LANGUAGE": language} if language else None
        component.add(name, Text(value, params=params), encode=False)


def add_url(component: Component, url: str) -> None:
    """Add a URL property to a component unless the URL is empty."""
    if url:
        component.add("URL", vUri(clean_url(url)), encode=False)
