"""An entry: one content file in one language, read and checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter
from typing import Protocol

from rubric.model.event import EventFacts, UserGroup
from rubric.model.kinds import Kind
from rubric.model.markup import has_pictures
from rubric.model.media import Enclosure
from rubric.model.metadata import Metadata, Status
from rubric.model.picture import Cover
from rubric.model.questions import Question, split_questions
from rubric.model.quotation import Quotation
from rubric.model.references import ImageUse, Links, put_links, survey
from rubric.model.tag import Tag

CustomValue = str | tuple[str, ...]
"""The value of a field of the site's own."""


class Html(Protocol):
    """HTML that is there when it is asked for; it never says anything else."""

    def read(self) -> str: ...


@dataclass(slots=True, eq=False)
class Entry:
    """One content file, as every later step sees it.

    `source` is the path below the content folder; `key` the translation key; `url` the
    address below the site's root, with a trailing slash, not percent-encoded; `date` is
    zoned, or None for an undated page; `html` is its text, a string or something that has it
    once it is read; `references` are the URLs in it that are still to be resolved
    (rubric.model.references), and `links` what `prose` has found for them; `anchors` are the ids
    in it, `blocked` the markup that pages do not show (rubric.model.blocked); `has_pictures` is
    unset where it shows none, so that few texts need be looked through, and `images` are its
    images in order; `picture` is the root-relative address of its image, `cover` the picture that
    stands for it, set by the plugin images; `enclosure` is its audio or video file; `lines` gives
    the line of each front-matter field, for errors found later; `custom` are the site's own
    fields (FRONTMATTER["custom_fields"]); `notices` are warnings about the text: line, problem
    and fix.

    A value is replaced by another one, never changed in place: the store compares
    identities to find out which values are still those that were read.
    """

    kind: Kind
    lang: str
    key: str
    source: str
    slug: str
    url: str
    status: Status
    title: str
    metadata: Metadata
    html: str | Html
    tags: tuple[Tag, ...] = ()
    rubric: str = ""
    date: datetime | None = None
    modified: datetime | None = None
    summary: str = ""
    picture: str = ""
    cover: Cover | None = None
    enclosure: Enclosure | None = None
    quotation: Quotation | None = None
    event: EventFacts | None = None
    group: UserGroup | None = None
    lines: Mapping[str, int] = field(default_factory=dict)
    custom: Mapping[str, CustomValue] = field(default_factory=dict)
    notices: tuple[tuple[int, str, str], ...] = ()
    references: tuple[str, ...] = field(init=False)
    links: Links = field(init=False)
    anchors: tuple[str, ...] = field(init=False)
    blocked: tuple[str, ...] = field(init=False)
    has_pictures: bool = field(init=False)
    images: tuple[ImageUse, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.rewrite(self.html if isinstance(self.html, str) else self.html.read())

    def rewrite(self, html: str) -> None:
        """Say something else, whose references are still to be resolved."""
        self.html, self.links = html, ()
        self.references, self.anchors, self.blocked, self.images = survey(html)
        self.has_pictures = has_pictures(html)

    @property
    def body(self) -> str:
        """HTML with root-relative links."""
        html = self.html if isinstance(self.html, str) else self.html.read()
        return put_links(html, self.links) if self.links else html

    @property
    def is_published(self) -> bool:
        return self.status == "published"

    @property
    def is_post(self) -> bool:
        return self.kind.is_post

    @property
    def lacks_date(self) -> bool:
        """Return whether the entry is a draft only because it has no date."""
        return (
            self.kind.is_article
            and self.date is None
            and self.status == "draft"
            and self.metadata.status != "draft"
        )

    @property
    def questions(self) -> tuple[Question, ...]:
        """Return the questions of a FAQ page; empty for other kinds."""
        return split_questions(self.body)[1] if self.kind.has_questions else ()

    @property
    def lead(self) -> str:
        """Return the HTML of a FAQ page before its first question."""
        return split_questions(self.body)[0] if self.kind.has_questions else ""

    def spelling_of(self, tag: Tag) -> str:
        """Return the spelling of a tag in this entry."""
        return next(own.spelling for own in self.tags if own == tag)

    @property
    def guid(self) -> str:
        """Permanent id within the site: unmoved by title, tags, slug and status."""
        return f"{self.lang}/{self.key}"

    def __repr__(self) -> str:
        return f"<Entry {self.source}>"


def by_key(entries: Iterable[Entry]) -> dict[str, dict[str, Entry]]:
    """Group entries into translations: key → language key → entry. Linear time."""
    groups: dict[str, dict[str, Entry]] = {}
    for entry in entries:
        versions = groups.get(entry.key)
        if versions is None:
            versions = groups[entry.key] = {}
        versions[entry.lang] = entry
    return groups


def newest_first(entries: Iterable[Entry]) -> list[Entry]:
    """Sort by date, newest first; equal dates by key, so that the order is one."""
    by_name = sorted(entries, key=attrgetter("key"))
    return sorted(by_name, key=lambda entry: entry.date or _LONG_AGO, reverse=True)


_LONG_AGO = datetime.fromisoformat("0001-01-02T00:00:00+00:00")
