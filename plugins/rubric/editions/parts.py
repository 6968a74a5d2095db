"""Caches parts of pages, such as cards: rendered once for all pages of an edition.

`{{ part("partials/card.html", item=item) }}` has the same result as an include, and is faster
if many pages contain the part. A part has access to its arguments, to the names that all
templates share, and to `view.edition`, but to no other attribute of `view`.
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
    """The only attribute of the page's view that a part may use."""

    edition: Edition


class _Part(NamedTuple):
    """A rendered part. It refers to its arguments, so that the ids in its key stay unique."""

    html: Markup
    values: Mapping[str, Any]


@dataclass(slots=True)
class Parts:
    """The parts of one build; `context` are the names that all templates share."""

    context: Mapping[str, Any]
    _parts: dict[_Key, tuple[_Part, Recorder | None]] = field(
        default_factory=partial(BoundedDict, _PARTS)
    )

    @of_page
    def part(self, context: Context, name: str, **values: Any) -> Markup:
        """Return a template rendered with values; objects are compared by identity."""
        edition: Edition = context["view"].edition

        def render() -> _Part:
            template = context.environment.get_template(name)
            html = template.render({**self.context, **values, "view": _View(edition)})
            return _Part(Markup(html), values)  # noqa: S704 (templates escape what they show)

        arguments = tuple((n, v if type(v) in (str, int) else id(v)) for n, v in values.items())
        return compute_shared(self._parts, (edition.lang, name, arguments), render).html

    def __repr__(self) -> str:
        return "<Parts of pages>"
