"""Parts that stand on many pages, such as cards: rendered once for all pages of an edition.

`{{ part("partials/card.html", item=item) }}` gives what an include would, and is faster where
the same part comes again. A part knows what it is given, what all templates share, and of
`view` nothing but the edition.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

from jinja2.runtime import Context
from markupsafe import Markup

from rubric.model.bounded_dict import BoundedDict
from rubric.model.edition import Edition
from rubric.model.templates import of_page
from rubric.model.tracking import Recorder, compute_shared

_PARTS = 2000

_Key = tuple[str, str, tuple[tuple[str, str | int], ...]]


class _View(NamedTuple):
    """What a part sees of the page."""

    edition: Edition


class _Part(NamedTuple):
    """A part, and what it was given, which lives as long as its ids are keys."""

    html: Markup
    values: Mapping[str, Any]


@dataclass(slots=True)
class Parts:
    """The parts of one build; `context` is what all templates share."""

    context: Mapping[str, Any]
    _known: dict[_Key, tuple[_Part, Recorder | None]] = field(
        default_factory=partial(BoundedDict, _PARTS)
    )

    @of_page
    def part(self, context: Context, name: str, **values: Any) -> Markup:
        """The part that a template makes of values; objects are the same if they are one."""
        edition: Edition = context["view"].edition

        def render() -> _Part:
            template = context.environment.get_template(name)
            html = template.render({**self.context, **values, "view": _View(edition)})
            return _Part(Markup(html), values)  # noqa: S704 (templates escape what they show)

        told = tuple((n, v if type(v) in (str, int) else id(v)) for n, v in values.items())
        return compute_shared(self._known, (edition.lang, name, told), render).html

    def __repr__(self) -> str:
        return "<Parts of pages>"
