"""Facets: filters of the search form, with localized labels."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rubric.model.edition import Edition
from rubric.search.documents import Document

MOST_OPTIONS = 100


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter of the form: field name, label, and options as (value, label)."""

    name: str
    label: str
    options: list[tuple[str, str]]


def kind_labels(gettext: Callable[[str], str]) -> dict[str, str]:
    """Return the label of each kind."""
    return {
        "post": gettext("Posts"),
        "story": gettext("Stories"),
        "quote": gettext("Quotes"),
        "event": gettext("Events"),
        "group": gettext("User groups"),
        "faq": gettext("Questions and answers"),
        "issue": gettext("Newsletters"),
        "page": gettext("Other pages"),
    }


def make_facets(edition: Edition, documents: Iterable[Document]) -> list[Facet]:
    """Return filters for rubric, kind, year and group, each only if it has several options.

    A filter with more than MOST_OPTIONS options is omitted: it would make the page too large.
    """
    documents = list(documents)
    gettext, labels = edition.gettext, kind_labels(edition.gettext)
    kinds = {document.entry.kind for document in documents}
    rubrics = {document.entry.rubric for document in documents}
    groups = {document.group for document in documents}
    years = sorted({document.year for document in documents} - {""}, reverse=True)
    order = [*labels, *sorted(kinds - labels.keys())]
    names = [(item.entry.key.rpartition("/")[2], item.entry.title) for item in edition.groups]
    facets = [
        Facet(
            "rubric",
            gettext("Rubric"),
            [(p.tag.identity, p.label) for p in edition.rubrics if p.tag.identity in rubrics],
        ),
        Facet(
            "kind",
            gettext("Kind"),
            [(kind, labels.get(kind, kind)) for kind in order if kind in kinds],
        ),
        Facet("year", gettext("Year"), [(year, year) for year in years]),
        Facet("group", gettext("Group"), [(key, name) for key, name in names if key in groups]),
    ]
    return [facet for facet in facets if 1 < len(facet.options) <= MOST_OPTIONS]
