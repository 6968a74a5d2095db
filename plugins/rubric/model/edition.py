"""Editions: what one language's readers are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from rubric.model.author import Author
from rubric.model.city import City
from rubric.model.entry import Entry
from rubric.model.event import STATUS_MESSAGES, EventFacts, Meeting
from rubric.model.language import Language
from rubric.model.rubric import Rubric
from rubric.model.tag import Tag
from rubric.model.tracking import Tracked


@dataclass(frozen=True, slots=True)
class Listing:
    """An entry as an edition shows it: at `url`, perhaps in another language."""

    entry: Entry
    lang: str
    url: str

    @property
    def is_fallback(self) -> bool:
        """Return whether the entry is a fallback for a missing translation."""
        return self.entry.lang != self.lang

    @property
    def event(self) -> EventFacts:
        """Return the facts of the event; only for listings of events."""
        assert self.entry.event is not None
        return self.entry.event

    def __repr__(self) -> str:
        return f"<Listing {self.entry.source} in {self.lang}>"


@dataclass(frozen=True, slots=True)
class TagPage(Tracked):
    """A tag or rubric with everything an edition has under it, newest first."""

    tag: Tag
    lang: str
    label: str
    description: str
    rubric: Rubric | None
    listings: list[Listing]
    has_own: bool = field(init=False)
    """Whether anything under it is in the edition's own language."""

    def __post_init__(self) -> None:
        # Known from the beginning: to find it out would be to read all that is under it.
        own = any(not item.is_fallback for item in self.listings)
        object.__setattr__(self, "has_own", own)

    @property
    def tracking_key(self) -> str:
        return f"the topic {self.lang}/{self.tag.identity}"

    @property
    def url(self) -> str:
        return f"{self.lang}/tags/{self.tag.slug}/"

    def __repr__(self) -> str:
        return f"<TagPage {self.url}>"


@dataclass(frozen=True, slots=True)
class AuthorPage(Tracked):
    """An author with everything an edition has by them, newest first."""

    author: Author
    lang: str
    listings: list[Listing]

    @property
    def tracking_key(self) -> str:
        return f"the author {self.lang}/{self.author.slug}"

    @property
    def name(self) -> str:
        return self.author.name_in(self.lang)

    @property
    def bio(self) -> str:
        return self.author.bio_in(self.lang)

    @property
    def url(self) -> str:
        return f"{self.lang}/authors/{self.author.slug}/"

    def __repr__(self) -> str:
        return f"<AuthorPage {self.url}>"


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something to go to: an event, or a date that a group's rhythm promises.

    `listing` is the event, or the group where `meeting` is the promised date.
    """

    listing: Listing
    meeting: Meeting | None = None

    @property
    def starts_at(self) -> datetime:
        return self.meeting.starts_at if self.meeting else self.listing.event.starts_at

    @property
    def takes_place(self) -> bool:
        """Return whether the event is neither cancelled nor postponed."""
        return self.meeting is not None or self.listing.event.takes_place

    @property
    def ends_at(self) -> datetime:
        return self.meeting.ends_at if self.meeting else self.listing.event.ends_at


@dataclass(frozen=True, slots=True)
class PlacePage(Tracked):
    """A country, or a city in it, with the groups and events there; events by start."""

    lang: str
    key: str
    name: str
    country: str
    city: City | None
    groups: list[Listing] = field(default_factory=list)
    events: list[Listing] = field(default_factory=list)

    @property
    def tracking_key(self) -> str:
        return f"the place {self.lang}/{self.key}"

    @property
    def url(self) -> str:
        return f"{self.lang}/places/{self.key}/"

    def __repr__(self) -> str:
        return f"<PlacePage {self.url}>"


@dataclass(slots=True, eq=False)
class Edition(Tracked):
    """One language's site. `posts` are newest first, `events` by start, earliest first.

    `places` are countries by name, each followed by its cities. `issues` of newsletters
    are newest first, in the edition's own language, and in no list but their own; so are
    `drafts`, which only a preview has. `lang` is
    the language's key, `home` the address of the first page.
    """

    language: Language
    gettext: Callable[[str], str]
    ngettext: Callable[[str, str, int], str]
    posts: list[Listing] = field(default_factory=list)
    events: list[Listing] = field(default_factory=list)
    groups: list[Listing] = field(default_factory=list)
    pages: list[Listing] = field(default_factory=list)
    issues: list[Listing] = field(default_factory=list)
    drafts: list[Listing] = field(default_factory=list)
    tags: dict[str, TagPage] = field(default_factory=dict)
    authors: dict[str, AuthorPage] = field(default_factory=dict)
    places: dict[str, PlacePage] = field(default_factory=dict)
    lang: str = field(init=False)
    home: str = field(init=False)

    def __post_init__(self) -> None:
        self.lang = self.language.key
        self.home = f"{self.lang}/"

    @property
    def tracking_key(self) -> str:
        return f"the edition {self.language.key}"

    @property
    def rubrics(self) -> list[TagPage]:
        """Return the tag pages of rubrics in the order of rubrics.toml."""
        return [page for page in self.tags.values() if page.rubric]

    def listings(self) -> Iterator[Listing]:
        yield from self.posts
        yield from self.events
        yield from self.groups
        yield from self.pages
        yield from self.issues

    def title_of(self, entry: Entry) -> str:
        """Return the title of an entry, with the status of a cancelled or postponed event."""
        word = entry.event and STATUS_MESSAGES.get(entry.event.status)
        return f"{self.gettext(word)}: {entry.title}" if word else entry.title

    def front(self, count: int) -> list[Listing]:
        """Return the newest posts, in the edition's own language as long as there are any.

        If there is a quotation, the newest one is among the first three.
        """
        own = [item for item in self.posts if not item.is_fallback]
        posts = own + [item for item in self.posts if item.is_fallback]
        quote = next((item for item in own if item.entry.quotation), None)
        if quote and quote not in posts[:3]:
            posts.remove(quote)
            posts.insert(2, quote)
        return posts[:count]

    def __repr__(self) -> str:
        return f"<Edition {self.lang}>"


def upcoming(
    events: Iterable[Listing], groups: Iterable[Listing], now: datetime, promises: int | None = None
) -> list[Occasion]:
    """Return events that have not ended, and tentative dates, by start.

    Cancelled and postponed events come last: readers who planned to go must find them, but
    the list begins with what takes place. `promises` limits the dates a group, so that they
    don't hide what is announced.
    """
    occasions = [Occasion(item) for item in events if not item.event.is_over(now)]
    for item in groups:
        if item.entry.group is None:
            continue  # the same translation twice, which is reported as an error
        occasions += [Occasion(item, meeting) for meeting in item.entry.group.tentative[:promises]]
    return sorted(occasions, key=lambda o: (not o.takes_place, o.starts_at, o.listing.entry.key))


def past(events: Iterable[Listing], now: datetime) -> list[Listing]:
    """Events that have ended, latest first."""
    over = [item for item in events if item.event.is_over(now)]
    return sorted(over, key=lambda item: (item.event.starts_at, item.entry.key), reverse=True)
