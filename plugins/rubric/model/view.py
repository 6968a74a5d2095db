"""A view: one page of the site, and everything its head and frame say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, Protocol

from rubric.model.edition import AuthorPage, Edition, Listing, Occasion, PlacePage, TagPage
from rubric.model.entry import Entry

Subject = Entry | TagPage | AuthorPage | PlacePage
"""What a page can be about."""


class CalendarLink(Protocol):
    """A calendar a page offers: its title, its address below the root, links for services.

    `is_single` for one event's file, which is added; others are subscribed to (`webcal`).
    Links are made when a page shows them.
    """

    @property
    def title(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def is_single(self) -> bool: ...
    @property
    def google(self) -> str: ...
    @property
    def outlook(self) -> str: ...
    @property
    def webcal(self) -> str: ...


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed that a page offers: its title, MIME type and address below the root."""

    title: str
    type: str
    url: str


@dataclass(frozen=True, slots=True)
class SocialImage:
    """The image that social networks show for a page; the size is in pixels."""

    url: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class MetaTag:
    """A `meta` element; `attribute` is the attribute that contains `key`: name or property."""

    attribute: Literal["name", "property"]
    key: str
    content: str


class LanguageLink(NamedTuple):
    """A link of the language menu; `is_same` is True if it is a translation of the page."""

    lang: str
    url: str
    is_same: bool


@dataclass(frozen=True, slots=True)
class EntryContext:
    """Entries that are related to the entry of a page.

    `group` is its user group, `recap` the report about an event, `recap_of` the event of a report.
    `upcoming`, `past` and `posts` are those of a group. `is_old` is True if the details of a post
    may have changed; `answers` is then a FAQ page about its topic. Entries with equal contexts
    share one instance.
    """

    group: Listing | None = None
    recap: Listing | None = None
    recap_of: Listing | None = None
    related: Sequence[Listing] = ()
    series: Sequence[Listing] = ()
    upcoming: Sequence[Occasion] = ()
    past: Sequence[Listing] = ()
    posts: Sequence[Listing] = ()
    is_old: bool = False
    answers: Listing | None = None

    def __repr__(self) -> str:
        return f"<EntryContext {self.group or self.posts[:1]}>"


NOTHING: Mapping[str, Any] = MappingProxyType({})
"""The default of mappings; all views share it."""


_SHARED = MappingProxyType({"shared": True})
"""Marks fields whose value many views have in common: its fingerprint is computed once."""


def _nothing() -> Mapping[str, Any]:
    return NOTHING


@dataclass(slots=True, eq=False)
class View:
    """One page. Addresses are below the site's root and not percent-encoded.

    `alternates` maps language keys to the addresses of all translations of the page, including
    itself, for hreflang. It is empty for fallbacks for missing translations; their `canonical` is
    the original. `subject` is the object that the page describes, and `context` the entries related
    to it. The plugins feeds, calendars and social set `feeds`, `calendars` and `image`. Views share
    equal values, so assign new values instead of modifying them.

    `title` is the page's heading. `document_title` is the title in search results, bookmarks
    and shared links, where pages with the same heading must differ; `title` if empty.
    """

    template: str
    edition: Edition
    url: str
    title: str
    description: str = ""
    document_title: str = ""
    canonical: str = ""
    is_indexed: bool = True
    alternates: Mapping[str, str] = field(default_factory=_nothing, metadata=_SHARED)
    x_default: str = ""
    language_links: Sequence[LanguageLink] = field(default=(), metadata=_SHARED)
    subject: Subject | None = None
    context: EntryContext = field(default_factory=EntryContext)
    feeds: Sequence[FeedLink] = field(default=(), metadata=_SHARED)
    calendars: Sequence[CalendarLink] = field(default=(), metadata=_SHARED)
    image: SocialImage | None = None
    variables: Mapping[str, Any] = field(default_factory=_nothing, metadata=_SHARED)

    def __post_init__(self) -> None:
        self.canonical = self.canonical or self.url
        self.document_title = self.document_title or self.title

    def __repr__(self) -> str:
        return f"<View /{self.url}>"
