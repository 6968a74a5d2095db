"""Dialects: a provider's merge tags, and escapes for text that looks like one.

Authors may write `{{`, `{%`, `*|`, `{$` or `%%{`; these are escaped so that the provider's
template engine prints them literally.
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
"""Invisible character for template engines without an escape."""

_TOKEN = re.compile("|".join(re.escape(slot) for slot in Slot))
# In every engine two braces may open a tag; in style sheets a space between them is harmless.
_ADJACENT_BRACE = re.compile(r"\{(?=[{%#$])")

Escape = Callable[[re.Match[str]], str]


@dataclass(frozen=True, slots=True)
class Dialect:
    """The template syntax of one provider.

    `tag_start` matches a character that could open a tag, also at the end of a segment, where a
    tag may follow. Escapes: `in_text` for subject, preheader and text part, `in_html` for text
    between tags, `in_tag` for attributes (default: `in_html`). `tags` are the provider's merge
    tags by slot; `text_tags` override them in the text part. Slots without a tag get a fixed
    value: the archive page for BROWSER, the list's postal address for ADDRESS, the tag to
    unsubscribe for PREFERENCES.
    """

    tag_start: re.Pattern[str]
    in_text: Escape
    in_html: Escape
    tags: Mapping[Slot, str]
    text_tags: Mapping[Slot, str] = field(default_factory=dict)
    in_tag: Escape | None = None


@dataclass(frozen=True, slots=True)
class Copy:
    """An issue in one provider's template syntax."""

    subject: str
    preheader: str
    html: str
    text: str


def translate(rendering: Rendering, dialect: Dialect) -> Copy:
    """Replace slots with the provider's tags and escape everything else.

    Raises ValueError if the archive page is needed and the email does not link to it.
    """

    def plain(source: str) -> str:
        return dialect.tag_start.sub(dialect.in_text, source)

    def shown(source: str) -> str:
        return dialect.tag_start.sub(dialect.in_html, source)

    def attribute(source: str) -> str:
        return dialect.tag_start.sub(dialect.in_tag or dialect.in_html, source)

    def style(source: str) -> str:
        return _ADJACENT_BRACE.sub("{ ", source)

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


_PREFIX = "rubric-slot-"  # a fast check, to skip the regular expression for most segments


def fill_slots(
    source: str, fill: Callable[[Slot], str], escape: Callable[[str], str] = lambda text: text
) -> str:
    """Replace the slots of a text and escape everything between them."""
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
