"""Editions: what one language's readers are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from plugins.model.author import Author
from plugins.model.entry import Entry
from plugins.model.event import EventFacts
from plugins.model.language import Language
from plugins.model.rubric import Rubric
from plugins.model.tag import Tag


@dataclass(frozen=True, slots=True)
class Listing:
    """An entry as an edition shows it: at `url`, perhaps in another language."""

    entry: Entry
    lang: str
    url: str

    @property
    def is_fallback(self) -> bool:
        """Whether the entry stands in for a translation that doesn't exist."""
        return self.entry.lang != self.lang

    @property
    def event(self) -> EventFacts:
        """The facts of a listed event; only for listings of events."""
        assert self.entry.event is not None
        return self.entry.event


@dataclass(frozen=True, slots=True)
class TagPage:
    """A tag or rubric with everything an edition has under it, newest first."""

    tag: Tag
    lang: str
    label: str
    description: str
    rubric: Rubric | None
    listings: list[Listing]

    @property
    def url(self) -> str:
        return f"{self.lang}/tags/{self.tag.slug}/"

    @property
    def has_own(self) -> bool:
        """Whether anything under it is in the edition's own language."""
        return any(not item.is_fallback for item in self.listings)


@dataclass(frozen=True, slots=True)
class AuthorPage:
    """An author with everything an edition has by them, newest first."""

    author: Author
    lang: str
    listings: list[Listing]

    @property
    def name(self) -> str:
        return self.author.name_in(self.lang)

    @property
    def bio(self) -> str:
        return self.author.bio_in(self.lang)

    @property
    def url(self) -> str:
        return f"{self.lang}/authors/{self.author.slug}/"


@dataclass(slots=True, eq=False)
class Edition:
    """One language's site. `posts` are newest first, `events` by start, earliest first."""

    language: Language
    gettext: Callable[[str], str]
    ngettext: Callable[[str, str, int], str]
    posts: list[Listing] = field(default_factory=list)
    events: list[Listing] = field(default_factory=list)
    groups: list[Listing] = field(default_factory=list)
    pages: list[Listing] = field(default_factory=list)
    tags: dict[str, TagPage] = field(default_factory=dict)
    authors: dict[str, AuthorPage] = field(default_factory=dict)

    @property
    def lang(self) -> str:
        return self.language.key

    @property
    def home(self) -> str:
        return f"{self.lang}/"

    @property
    def rubrics(self) -> list[TagPage]:
        """The tag pages of rubrics, in the order of rubrics.toml."""
        return [page for page in self.tags.values() if page.rubric]

    def listings(self) -> Iterator[Listing]:
        yield from self.posts
        yield from self.events
        yield from self.groups
        yield from self.pages

    def upcoming(self, now: datetime) -> list[Listing]:
        """Events that haven't ended, next first; cancelled ones are still told."""
        return [item for item in self.events if not item.event.is_over(now)]

    def next(self, now: datetime) -> list[Listing]:
        """Events one can go to, next first."""
        return [item for item in self.upcoming(now) if item.event.takes_place]

    def past(self, now: datetime) -> list[Listing]:
        """Events that have ended, latest first."""
        return [item for item in reversed(self.events) if item.event.is_over(now)]

    def front(self, count: int) -> list[Listing]:
        """Newest posts, in the edition's own language as long as there are any."""
        return sorted(self.posts, key=lambda item: item.is_fallback)[:count]
