"""Dialects: a provider's merge tags, and how text that looks like one stays text.

Authors may write `{{`, `{%`, `*|`, `{$` or `%%{`; the engine that would read them gets them
in a form that it prints as they were.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from rubric.model.newsletter import Rendering, Slot
from rubric.newsletter.providers.archive import archive_url
from rubric.newsletter.providers.markup import rewrite

WORD_JOINER = "\N{WORD JOINER}"
"""Invisible: for engines that have no escape of their own."""

_TOKEN = re.compile("|".join(re.escape(slot) for slot in Slot))
# A brace before a brace can't be told from a tag in any engine; style sheets don't mind a space.
_CROWDED_BRACE = re.compile(r"\{(?=[{%#$])")

Escape = Callable[[re.Match[str]], str]


@dataclass(frozen=True, slots=True)
class Dialect:
    """What one provider's engine reads as its own.

    `hazard` matches a first character that could open a tag, also one at the end of a
    stretch, where a tag may follow. `in_text` serves subject, preheader and text part,
    `in_html` text between tags, `in_tag` attributes (as `in_html` unless given). `tags` are
    the provider's own for a slot; `text_tags` differ in text. A slot without one is filled:
    the browser's view with the archive page, the address with the list's, preferences with
    the tag to unsubscribe.
    """

    hazard: re.Pattern[str]
    in_text: Escape
    in_html: Escape
    tags: Mapping[Slot, str]
    text_tags: Mapping[Slot, str] = field(default_factory=dict)
    in_tag: Escape | None = None


@dataclass(frozen=True, slots=True)
class Copy:
    """An issue in one provider's language."""

    subject: str
    preheader: str
    html: str
    text: str


def translate(rendering: Rendering, dialect: Dialect) -> Copy:
    """An issue with a provider's tags for slots, and everything else kept literal.

    Raises ValueError if a slot needs the archive page and the mail doesn't name it.
    """

    def plain(source: str) -> str:
        return dialect.hazard.sub(dialect.in_text, source)

    def shown(source: str) -> str:
        return dialect.hazard.sub(dialect.in_html, source)

    def attribute(source: str) -> str:
        return dialect.hazard.sub(dialect.in_tag or dialect.in_html, source)

    def style(source: str) -> str:
        return _CROWDED_BRACE.sub("{ ", source)

    def text_slot(slot: Slot) -> str:
        tag = dialect.text_tags.get(slot) or _tag(dialect, slot)
        return tag or plain(_filling(rendering, slot))

    def html_slot(slot: Slot) -> str:
        filling = _tag(dialect, slot)
        return filling or shown(html.escape(_filling(rendering, slot)).replace("\n", "<br>"))

    def filled(source: str, escape: Callable[[str], str], fill: Callable[[Slot], str]) -> str:
        return fill_slots(source, fill, escape)

    return Copy(
        subject=plain(rendering.subject),
        preheader=plain(rendering.preheader),
        html=rewrite(
            rendering.html,
            {
                "text": lambda source: filled(source, shown, html_slot),
                "tag": lambda source: filled(source, attribute, html_slot),
                "style": style,
            },
        ),
        text=filled(rendering.text, plain, text_slot),
    )


_PREFIX = "rubric-slot-"  # a quick look that spares most pieces the search


def fill_slots(
    source: str, fill: Callable[[Slot], str], escape: Callable[[str], str] = lambda text: text
) -> str:
    """A text with its slots filled and all between them escaped."""
    if _PREFIX not in source:
        return escape(source)
    parts: list[str] = []
    end = 0
    for match in _TOKEN.finditer(source):
        parts += [escape(source[end : match.start()]), fill(Slot(match[0]))]
        end = match.end()
    return "".join([*parts, escape(source[end:])])


def _tag(dialect: Dialect, slot: Slot) -> str:
    tag = dialect.tags.get(slot, "")
    if not tag and slot is Slot.PREFERENCES:
        return dialect.tags.get(Slot.UNSUBSCRIBE, "")
    return tag


def _filling(rendering: Rendering, slot: Slot) -> str:
    if slot is Slot.BROWSER:
        return archive_url(rendering)
    return rendering.issue.list.postal_address if slot is Slot.ADDRESS else ""
