"""Dialects: a provider's merge tags, and escapes for text that looks like one.

Authors may write `{{`, `{%`, `*|`, `{$` or `%%{`; these are escaped so that the provider's
template engine prints them literally.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from rubric.model.html_tree import serialize
from rubric.model.newsletter import UNSUBSCRIBE_SLOT, Rendering

WORD_JOINER = "\N{WORD JOINER}"
"""Invisible character for template engines without an escape."""

# In every engine two braces may open a tag; in style sheets a space between them is harmless.
_ADJACENT_BRACE = re.compile(r"\{(?=[{%#$])")

Escape = Callable[[re.Match[str]], str]


@dataclass(frozen=True, slots=True)
class Dialect:
    """The template syntax of one provider.

    Attributes:
        tag_start: Matches a character that could open a tag, also at the end of a text, where a
            tag may follow.
        in_text: The escape for subject, preheader and text part.
        in_html: The escape for text between HTML tags.
        unsubscribe: The merge tag of the URL to unsubscribe.
        in_attribute: The escape for values of attributes, by default `in_html`.
        subject_start: `tag_start` for the subject, if it differs.

    """

    tag_start: re.Pattern[str]
    in_text: Escape
    in_html: Escape
    unsubscribe: str
    in_attribute: Escape | None = None
    subject_start: re.Pattern[str] | None = None


def translate(rendering: Rendering, dialect: Dialect) -> Rendering:
    """Replace the slot with the provider's tag and escape everything else."""

    def convert(source: str, escape: Escape) -> str:
        parts = source.split(UNSUBSCRIBE_SLOT)
        return dialect.unsubscribe.join(dialect.tag_start.sub(escape, part) for part in parts)

    subject_start = dialect.subject_start or dialect.tag_start
    return replace(
        rendering,
        subject=subject_start.sub(dialect.in_text, rendering.subject),
        preheader=dialect.tag_start.sub(dialect.in_text, rendering.preheader),
        html=serialize(
            rendering.tree,
            in_text=lambda source: convert(source, dialect.in_html),
            in_attribute=lambda source: convert(source, dialect.in_attribute or dialect.in_html),
            in_style=lambda source: _ADJACENT_BRACE.sub("{ ", source),
        ),
        text=convert(rendering.text, dialect.in_text),
    )
