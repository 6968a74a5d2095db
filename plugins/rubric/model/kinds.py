"""The kinds of texts as data: one record each, and the set of all kinds of a site."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from rubric.model.media import MediaMetadata
from rubric.model.metadata import (
    EventMetadata,
    FaqMetadata,
    GroupMetadata,
    IssueMetadata,
    Metadata,
    PageMetadata,
    PostMetadata,
    QuoteMetadata,
)
from rubric.model.rules import among

Section = Literal["posts", "events", "groups", "pages", "issues"]
"""The list of an edition (rubric.model.edition) that has the texts of a kind."""

_OPEN_SECTIONS: tuple[Section, ...] = ("posts", "pages")
"""Sections of added kinds; the others need facts that only their own features set."""
_ID = re.compile(r"[a-z][a-z0-9_-]*")
_PATH = re.compile(r"(?:[a-z0-9-]+/)*")
_TYPE = re.compile(r"[A-Z][A-Za-z]*")
_READY = "Write here, and delete “status: draft” above when it is ready."


def N_(message: str) -> str:  # noqa: N802 (gettext's own name)
    """Mark a message for the catalogue; `gettext` translates it where it is shown."""
    return message


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of text, and everything that differs from one kind to another.

    `id` is its name in front matter and CSS classes, `title` its name in documentation. `label`
    is a message of the catalogue: the plural, by which readers filter search results.

    Files: `folder` is below content/<lang>/; the first kind of a folder is that of files which
    do not name another one. `model` checks their front matter. `path` is the first part of their
    addresses below /<lang>/, empty or with a trailing slash. Without a date, texts stay drafts
    if `is_dated`.

    Pages: `template` is the template of its pages, `card` that of cards in lists, both without
    `.html`; by default `<id>` and `partials/card_<id>`. `schema_type` is a type of schema.org,
    empty for none. `index_title` is the message that names the page at `path`, if there is one.

    Lists: texts in the section “posts” are on the home page, in the archive, in the feed of the
    edition, among related texts and in newsletters; those in “pages” are linked in the footer.
    `has_tags` texts have tags; `is_listed` texts are on the pages of their tags and authors, and
    in the feeds of these if `in_feeds`. If `is_everywhere`, editions without a translation list
    the original even if their fallback is “hide”; unless `has_fallback`, none does. `grows_old`
    texts get a notice after some time.

    `feature` is the name of the optional plugin that publishes its texts, without “rubric.”; if
    that is not in PLUGINS, the texts are not read. It is empty for a core kind.

    `has_questions` and `has_quotation` texts are read as questions with answers, and as a
    quotation. `new_fields` and `new_body` are what `invoke new` writes.
    """

    id: str
    folder: str
    model: type[Metadata]
    title: str = ""
    label: str = ""
    path: str = ""
    is_dated: bool = True
    template: str = ""
    card: str = ""
    schema_type: str = "BlogPosting"
    index_title: str = ""
    section: Section = "posts"
    has_tags: bool = True
    is_listed: bool = True
    in_feeds: bool = True
    is_everywhere: bool = False
    has_fallback: bool = True
    grows_old: bool = False
    feature: str = ""
    has_questions: bool = False
    has_quotation: bool = False
    new_fields: str = ""
    new_body: str = f"\n{_READY}\n"

    def __post_init__(self) -> None:
        for name, default in (
            ("title", self.id.capitalize()),
            ("template", self.id),
            ("card", f"partials/card_{self.id}"),
        ):
            object.__setattr__(self, name, getattr(self, name) or default)
        object.__setattr__(self, "label", self.label or self.title)

    @property
    def is_post(self) -> bool:
        return self.section == "posts"

    @property
    def is_article(self) -> bool:
        """Return whether texts of this kind are articles in Pelican, not pages."""
        return self.is_dated and self.has_tags

    @property
    def has_media(self) -> bool:
        """Return whether texts of this kind can have an audio or video file."""
        return issubclass(self.model, MediaMetadata)

    def __str__(self) -> str:
        return self.id

    def __repr__(self) -> str:
        return f"<Kind {self.id}>"


POST = Kind(
    id="post",
    folder="posts",
    model=PostMetadata,
    label=N_("Posts"),
    grows_old=True,
    new_body=f"\n{_READY}\n\n#servicetechniques\n",
)
STORY = Kind(
    id="story",
    folder="posts",
    model=PostMetadata,
    label=N_("Stories"),
    grows_old=True,
    new_body=f"\n{_READY}\n\n#servicestories\n",
)
QUOTE = Kind(
    id="quote",
    folder="posts",
    model=QuoteMetadata,
    label=N_("Quotes"),
    schema_type="Quotation",
    has_quotation=True,
    new_fields="by: \nrole: \nsource: \n",
    new_body="\n{quote}\n\n#servicequotes\n",
)
EVENT = Kind(
    id="event",
    folder="events",
    model=EventMetadata,
    label=N_("Events"),
    path="events/",
    index_title=N_("Events"),
    schema_type="Event",
    section="events",
    feature="events",
    is_everywhere=True,
    new_fields="start: {day} 18:30\nduration: 2h\ntimezone: {zone}\nvenue: \ncity: \ncountry: \n"
    "event_languages: [{lang}]\n",
    new_body=f"\n{_READY}\n\n#serviceevents\n",
)
GROUP = Kind(
    id="group",
    folder="groups",
    model=GroupMetadata,
    title="User group",
    label=N_("User groups"),
    path="groups/",
    index_title=N_("User groups"),
    schema_type="Organization",
    section="groups",
    feature="events",
    is_dated=False,
    is_everywhere=True,
    new_fields="city: \ncountry: \ntimezone: {zone}\nlanguages: [{lang}]\nmeets: \n"
    'meets_at: "18:30"\n',
)
PAGE = Kind(
    id="page",
    folder="pages",
    model=PageMetadata,
    label=N_("Other pages"),
    schema_type="",
    section="pages",
    is_dated=False,
)
FAQ = Kind(
    id="faq",
    folder="pages",
    model=FaqMetadata,
    title="Questions and answers",
    label=N_("Questions and answers"),
    schema_type="FAQPage",
    section="pages",
    is_dated=False,
    is_listed=False,  # it is always current, so it has no place among texts by date
    has_questions=True,
    new_fields="kind: faq\n",
    new_body=f"\n{_READY}\n\n## A question? {{#a-question}}\n\nIts answer.\n",
)
ISSUE = Kind(
    id="issue",
    folder="newsletter",
    model=IssueMetadata,
    title="Newsletter issue",
    label=N_("Newsletters"),
    path="newsletter/",
    index_title=N_("Newsletter"),
    schema_type="",
    section="issues",
    feature="newsletter",
    has_tags=False,  # it shows posts under their tags
    is_listed=False,
    has_fallback=False,
    new_fields="list: weekly-{lang}\nsubject: \npreheader: \nposts:\nevents:\n",
)


@dataclass(frozen=True, slots=True)
class Kinds:
    """All kinds of a site: those that every site has, then those that plugins add."""

    records: tuple[Kind, ...]
    by_id: Mapping[str, Kind] = field(init=False, compare=False, repr=False)
    _by_folder: Mapping[str, tuple[Kind, ...]] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        folders: dict[str, tuple[Kind, ...]] = {}
        for kind in self.records:
            folders[kind.folder] = (*folders.get(kind.folder, ()), kind)
        object.__setattr__(self, "by_id", {kind.id: kind for kind in self.records})
        object.__setattr__(self, "_by_folder", folders)

    def add(self, kind: Kind) -> Kinds:
        """These kinds and another one. Raises ValueError with the problem and its fix."""
        for problem in _problems(kind, self):
            raise ValueError(problem)
        return Kinds((*self.records, kind))

    @property
    def folders(self) -> Collection[str]:
        """Return the folders of texts below content/<lang>/."""
        return self._by_folder.keys()

    def of_folder(self, folder: str) -> tuple[Kind, ...]:
        """Return the kinds of the texts in a folder; the first is the default."""
        return self._by_folder[folder]

    def __getitem__(self, id: str) -> Kind:
        return self.by_id[id]

    def __iter__(self) -> Iterator[Kind]:
        return iter(self.records)

    def __contains__(self, id: object) -> bool:
        return id in self.by_id


def _problems(kind: Kind, known: Kinds) -> Iterator[str]:
    """Yield the problems of a record that is added to other kinds."""
    if not _ID.fullmatch(kind.id):
        yield f"the id “{kind.id}” is no name. Write lowercase letters, digits and hyphens."
    if kind.id in known:
        yield f"there is a kind “{kind.id}” already. Choose another id."
    if not _ID.fullmatch(kind.folder):
        yield f"the folder “{kind.folder}” is no name of a folder. Write it as {kind.id}s."
    if not _PATH.fullmatch(kind.path):
        yield f"the path “{kind.path}” is no part of an address. Write it as {kind.id}s/."
    if kind.section not in _OPEN_SECTIONS:
        yield f"the section “{kind.section}” has its own kinds. Choose {among(_OPEN_SECTIONS)}."
    if kind.schema_type and not _TYPE.fullmatch(kind.schema_type):
        yield f"“{kind.schema_type}” is no type of schema.org. Write it as BlogPosting."
    if not (isinstance(kind.model, type) and issubclass(kind.model, Metadata)):
        yield "the model is no subclass of Metadata. Derive it from PostMetadata or PageMetadata."
        return
    missing = [name for name, each in kind.model.model_fields.items() if not each.description]
    if missing:
        yield f"the field {missing[0]} has no description. Add Field(description=…)."


BUILT_IN = Kinds((POST, STORY, QUOTE, EVENT, GROUP, PAGE, FAQ, ISSUE))
"""The kinds that every site has."""
