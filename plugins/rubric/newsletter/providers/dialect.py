"""Dialects: a provider's merge tags, and escapes for text that looks like one.

Authors may write `{{`, `{%`, `*|`, `{$` or `%%{`; these are escaped so that the provider's
template engine prints them literally.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from rubric.model.newsletter import Rendering, Slot
from rubric.newsletter.providers.markup import rewrite
from rubric.newsletter.slots import fill_slots, slot_html, slot_text

WORD_JOINER = "\N{WORD JOINER}"
"""Invisible character for template engines without an escape."""

# In every engine two braces may open a tag; in style sheets a space between them is harmless.
_ADJACENT_BRACE = re.compile(r"\{(?=[{%#$])")

Escape = Callable[[re.Match[str]], str]


@dataclass(frozen=True, slots=True)
class Dialect:
    """The template syntax of one provider.

    Attributes:
        tag_start: Matches a character that could open a tag, also at the end of a segment, where
            a tag may follow.
        in_text: The escape for subject, preheader and text part.
        in_html: The escape for text between HTML tags.
        tags: The merge tags by slot. Other slots get a fixed value (`slot_text`); PREFERENCES
            gets the tag to unsubscribe.
        text_tags: Merge tags that differ in the text part.
        in_tag: The escape for attributes, by default `in_html`.
        subject_start: `tag_start` for the subject, if it differs.

    """

    tag_start: re.Pattern[str]
    in_text: Escape
    in_html: Escape
    tags: Mapping[Slot, str]
    text_tags: Mapping[Slot, str] = field(default_factory=dict)
    in_tag: Escape | None = None
    subject_start: re.Pattern[str] | None = None


def translate(rendering: Rendering, dialect: Dialect) -> Rendering:
    """Replace slots with the provider's tags and escape everything else."""
    tags = {Slot.PREFERENCES: dialect.tags[Slot.UNSUBSCRIBE], **dialect.tags}

    def escape(escape: Escape) -> Callable[[str], str]:
        return lambda source: dialect.tag_start.sub(escape, source)

    plain, shown = escape(dialect.in_text), escape(dialect.in_html)
    attribute = escape(dialect.in_tag or dialect.in_html)

    def html_slot(slot: Slot) -> str:
        return tags.get(slot) or shown(slot_html(rendering, slot))

    def text_slot(slot: Slot) -> str:
        return dialect.text_tags.get(slot) or tags.get(slot) or plain(slot_text(rendering, slot))

    return replace(
        rendering,
        subject=(dialect.subject_start or dialect.tag_start).sub(
            dialect.in_text, rendering.subject
        ),
        preheader=plain(rendering.preheader),
        html=rewrite(
            rendering.html,
            {
                "text": lambda source: fill_slots(source, html_slot, shown),
                "tag": lambda source: fill_slots(source, html_slot, attribute),
                "style": lambda source: _ADJACENT_BRACE.sub("{ ", source),
            },
        ),
        text=fill_slots(rendering.text, text_slot, plain),
    )
