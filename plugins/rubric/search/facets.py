"""Facets: filters of the search form, with localized labels."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rubric.model.edition import Edition
from rubric.model.kinds import PAGE, Kind
from rubric.search.documents import Document

MOST_OPTIONS = 100


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter of the form: field name, label, and options as (value, label)."""

    name: str
    label: str
    options: list[tuple[str, str]]


def make_facets(
    edition: Edition, documents: Iterable[Document], kinds: Iterable[Kind]
) -> list[Facet]:
    """Rubric, kind, year and group, each only where there is something to choose.

    A filter with more than MOST_OPTIONS options is omitted: it would make the page too large.
    """
    documents = list(documents)
    gettext = edition.gettext
    found = {document.entry.kind.id for document in documents}
    rubrics = {document.entry.rubric for document in documents}
    groups = {document.group for document in documents}
    years = sorted({document.year for document in documents} - {""}, reverse=True)
    # “Other pages” come last.
    order = sorted(kinds, key=lambda kind: kind == PAGE)
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
            [(kind.id, gettext(kind.label)) for kind in order if kind.id in found],
        ),
        Facet("year", gettext("Year"), [(year, year) for year in years]),
        Facet("group", gettext("Group"), [(key, name) for key, name in names if key in groups]),
    ]
    return [facet for facet in facets if 1 < len(facet.options) <= MOST_OPTIONS]
