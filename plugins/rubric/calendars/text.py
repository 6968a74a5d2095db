"""Texts and addresses as iCalendar takes them (RFC 5545, 3.1 and 3.3.11)."""

from __future__ import annotations

import re

from icalendar import Component
from icalendar.prop import vText, vUri

from rubric.model.site import encode

_LINE_END = re.compile("\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
"""Everything that some reader of text takes for the end of a line, and so of a property."""
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
"""Control characters, and halves of characters that UTF-8 cannot write."""


class Text(vText):
    r"""A TEXT value: `\`, `;`, `,` and line ends escaped, forbidden characters left out.

    icalendar takes the two characters `\N` in a text for a line end, as in `C:\New`.
    """

    def to_ical(self) -> bytes:
        text = clean(self)
        for character, escaped in (("\\", r"\\"), (";", r"\;"), (",", r"\,"), ("\n", r"\n")):
            text = text.replace(character, escaped)
        return text.encode()


def clean(text: str) -> str:
    """One kind of line end, and no character that RFC 5545 forbids in a value."""
    return _FORBIDDEN.sub("", _LINE_END.sub("\n", text))


def clean_url(url: str) -> str:
    """An address of ASCII alone, percent-encoded where need be (RFC 3986)."""
    return encode(clean(url).replace("\n", "").strip())


def add_text(component: Component, name: str, value: str, language: str = "") -> None:
    """Give a component a text in a language (BCP 47), unless it is empty."""
    if clean(value).strip():
        params = {"LANGUAGE": language} if language else None
        component.add(name, Text(value, params=params), encode=False)


def add_url(component: Component, url: str) -> None:
    """Give a component its address, unless it is empty."""
    if url:
        component.add("URL", vUri(clean_url(url)), encode=False)
