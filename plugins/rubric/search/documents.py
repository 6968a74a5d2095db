"""Documents: the indexed texts, each once, with the labels that editions show for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from rubric.model.edition import Edition
from rubric.model.entry import Entry, newest_first
from rubric.model.markup import to_text


class EditionListing(NamedTuple):
    """A document's listing in one edition.

    `url` is relative to the site's root and not encoded. `labels` are names of tags and authors.
    """

    lang: str
    url: str
    labels: tuple[str, ...]


@dataclass(slots=True, eq=False)
class Document:
    """An indexed text. `shown` has an item for each edition that lists it.

    `group` is the key of its user group, or empty.
    """

    entry: Entry
    group: str = ""
    shown: list[EditionListing] = field(default_factory=list)

    @property
    def year(self) -> str:
        when = self.entry.event.starts_at if self.entry.event else self.entry.date
        return str(when.year) if when else ""


@dataclass(frozen=True, slots=True)
class Row:
    """A search result of one edition. `url` is root-relative and encoded, `date` is formatted."""

    lang: str
    url: str
    title: str
    date: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResultLabels:
    """Functions that return the labels of results.

    `path_of` turns an address into a link; the others take a language key first.
    """

    path_of: Callable[[str], str]
    date_of: Callable[[str, Entry], str]
    title_of: Callable[[str, Entry], str]

    def rows(self, document: Document) -> list[Row]:
        """Return the result of each edition that lists the document."""
        entry = document.entry
        return [
            Row(
                shown.lang,
                self.path_of(shown.url),
                self.title_of(shown.lang, entry),
                self.date_of(shown.lang, entry),
                shown.labels,
            )
            for shown in document.shown
        ]


def text_of(entry: Entry) -> str:
    """Return the text of an entry that is searched and excerpted."""
    return "\n".join(filter(None, _parts(entry)))


@dataclass(slots=True)
class DocumentCollection:
    """The documents of all editions, by language and source.

    `name_of` returns an author's name in a language; `groups` maps sources to user groups.
    """

    name_of: Callable[[str, str], str]
    groups: Mapping[str, str]
    documents: dict[str, dict[str, Document]] = field(default_factory=dict)

    def add(self, edition: Edition) -> list[Document]:
        """Add all texts an edition lists, also untranslated ones; returns them newest first."""
        lang, names = edition.lang, dict[str, str]()
        labels = {identity: page.label for identity, page in edition.tags.items()}
        urls = {item.entry: item.url for item in edition.listings()}
        found = []
        for entry in newest_first(urls):
            for name in entry.metadata.authors:
                if name not in names:
                    names[name] = self.name_of(lang, name)
            own = [labels[tag.identity] for tag in entry.tags if tag.identity in labels]
            own += [names[name] for name in entry.metadata.authors]
            document = self._document(entry)
            document.shown.append(EditionListing(lang, urls[entry], tuple(dict.fromkeys(own))))
            found.append(document)
        return found

    def _document(self, entry: Entry) -> Document:
        known = self.documents.setdefault(entry.lang, {})
        if entry.source not in known:
            known[entry.source] = Document(entry, self.groups.get(entry.source, ""))
        return known[entry.source]


def _parts(entry: Entry) -> Iterable[str]:
    """Yield the author's text, then facts shown beside it."""
    body = to_text(entry.body)
    if entry.quotation:
        quotation = entry.quotation
        yield " ".join(quotation.text.split())
        yield ", ".join(filter(None, [quotation.by, quotation.role, quotation.source]))
    elif entry.summary and entry.summary.rstrip("…") not in body:
        yield entry.summary
    yield body
    if entry.event:
        place = entry.event.place
        yield ", ".join(filter(None, [place.venue, place.street, place.city]))
        yield ", ".join(entry.event.speakers)
    if entry.group:
        yield ", ".join(filter(None, [entry.group.city, *entry.group.organisers]))
