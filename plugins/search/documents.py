"""Documents: a listing of an edition as the search knows it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import unescape

from plugins.model.edition import Edition, Listing
from plugins.model.entry import Entry, newest_first
from plugins.model.markup import strip_footnote_marks

_BREAK = re.compile(
    r"<(?:/?(?:p|div|h\d|li|ul|ol|dl|dt|dd|tr|td|th|table|pre|figure|figcaption)|"
    r"blockquote|br|hr|img)\b[^<>]*>"
)
_UNREAD = re.compile(r"<(script|style|template)\b.*?</\1\s*>", re.DOTALL)
_TAG = re.compile(r"<[^<>]+>")


@dataclass(frozen=True, slots=True)
class Document:
    """Something a search can find. `url` is root-relative and encoded; `text` is plain, its
    paragraphs on lines; `lang` is the key of the text's language, `tag` BCP 47 where that is
    not the edition's own. `group` names a user group, `date` is in words.
    """

    entry: Entry
    url: str
    title: str
    lang: str
    tag: str
    kind: str
    rubric: str
    group: str
    year: str
    date: str
    labels: tuple[str, ...]
    text: str


def to_text(html: str) -> str:
    """What one reads of HTML, a paragraph a line; inline tags leave no gap in a word.

    Footnotes stay, their numbers and the links back are left out.
    """
    html = strip_footnote_marks(html)
    text = unescape(_TAG.sub("", _BREAK.sub("\n", _UNREAD.sub("", html).replace("\n", " "))))
    return "\n".join(line for part in text.split("\n") if (line := " ".join(part.split())))


@dataclass(frozen=True, slots=True)
class Words:
    """What a document says beside its text, for readers of one edition.

    `path_of` makes links of addresses, `tag_of` BCP 47 of language keys, `date_of` words of
    an entry's date, `group_of` finds the user group it belongs to, `name_of` an author's name.
    """

    path_of: Callable[[str], str]
    tag_of: Callable[[str], str]
    date_of: Callable[[Entry], str]
    group_of: Callable[[Entry], str]
    name_of: Callable[[str], str]


def make_documents(edition: Edition, words: Words) -> list[Document]:
    """Everything an edition lists, stand-ins included, newest first."""
    listings = {item.entry: item for item in edition.listings()}
    return [_document(edition, listings[entry], words) for entry in newest_first(listings)]


def _document(edition: Edition, item: Listing, words: Words) -> Document:
    entry = item.entry
    labels = [
        edition.tags[tag.identity].label for tag in entry.tags if tag.identity in edition.tags
    ]
    names = map(words.name_of, entry.metadata.authors)
    when = entry.event.starts_at if entry.event else entry.date
    return Document(
        entry=entry,
        url=words.path_of(item.url),
        title=edition.title_of(entry),
        lang=entry.lang,
        tag=words.tag_of(entry.lang) if item.is_fallback else "",
        kind=entry.kind,
        rubric=entry.rubric,
        group=words.group_of(entry),
        year=str(when.year) if when else "",
        date=words.date_of(entry),
        labels=tuple(dict.fromkeys([*labels, *names])),
        text="\n".join(filter(None, _parts(entry))),
    )


def _parts(entry: Entry) -> Iterable[str]:
    """What an author wrote, then the facts that stand beside it."""
    body = to_text(entry.body)
    if entry.quotation:
        said = entry.quotation
        yield " ".join(said.text.split())
        yield ", ".join(filter(None, [said.by, said.role, said.source]))
    elif entry.summary and entry.summary.rstrip("…") not in body:
        yield entry.summary
    yield body
    if entry.event:
        place = entry.event.place
        yield ", ".join(filter(None, [place.venue, place.street, place.city]))
        yield ", ".join(entry.event.speakers)
    if entry.group:
        yield ", ".join(filter(None, [entry.group.city, *entry.group.organisers]))
