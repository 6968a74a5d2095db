"""Entries as Pelican's articles and pages, for other plugins, templates and themes.

An `Article` or `Page` computes its attributes from an entry when they are first read, so 20,000 of
them cost little if nothing uses them. If plugins can receive them, they get objects whose type is
exactly Pelican's, because some of them compare types; both share their attributes. Plugins assign
attributes as on a plain Pelican site; `take_changes` copies those that entries have to the entry.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Any

from pelican import contents
from pelican.urlwrappers import URLWrapper
from pelican.utils import SafeDatetime

from rubric.model.entry import Entry, by_key
from rubric.model.markup import to_text
from rubric.model.metadata import Metadata, Status
from rubric.model.site import Site, save_as
from rubric.model.tag import merge, parse_tag, slugify
from rubric.store.fingerprints import Descriptions

_LAST = datetime.max.replace(tzinfo=UTC)
"""Pelican gives this date to a draft without one."""


class _Addressed:
    """A tag, category or author whose address is that of its page in one edition."""

    def __init__(self, name: str, settings: dict[str, Any], slug: str, url: str) -> None:
        super().__init__(name, settings)  # type: ignore[call-arg]  # of the class it is mixed into
        self.slug = slug
        self._url = url

    @property
    def url(self) -> str:
        return self._url

    @property
    def save_as(self) -> str:
        return save_as(self._url)

    @property
    def page_name(self) -> str:
        return self._url.rstrip("/")


# Pelican derives the names of settings from the names of these classes.
class Tag(_Addressed, contents.Tag):
    """A tag with its address in one edition."""


class Category(_Addressed, contents.Category):
    """A rubric, which is the category of its posts, with its address in one edition."""


class Author(_Addressed, contents.Author):
    """An author with the address of the author's page in one edition."""


@dataclass(slots=True, eq=False)
class Library:
    """The articles and pages of one build by entry.

    `settings` and `context` are Pelican's; `folder` is the content folder. With `for_plugins`,
    `shown` has objects of Pelican's own types, otherwise those of `contents`. Tags, categories and
    authors with equal names are one object.
    """

    site: Site
    settings: dict[str, Any]
    context: dict[str, Any]
    folder: Path
    for_plugins: bool
    has_other_theme: bool = False
    contents: dict[Entry, Content] = field(default_factory=dict)
    shown: dict[Entry, Any] = field(default_factory=dict)
    is_linked: bool = False
    _versions: dict[str, dict[str, Entry]] = field(default_factory=dict)
    _tags: dict[tuple[str, str], Tag] = field(default_factory=dict)
    _categories: dict[tuple[str, str], Category] = field(default_factory=dict)
    _authors: dict[tuple[str, str], Author] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._versions = by_key(self.site.entries)
        for entry in self.site.entries:
            content = (Article if entry.kind.is_article else Page)(entry, self)
            self.contents[entry] = content
            self.shown[entry] = content.plain() if self.for_plugins else content

    def tag(self, lang: str, spelling: str) -> Tag:
        """Return a tag with the address of its page in an edition."""
        tag = self._tags.get((lang, spelling))
        if tag is None:
            slug = parse_tag(spelling).slug
            tag = Tag(spelling, self.settings, slug, f"{lang}/tags/{slug}/")
            self._tags[lang, spelling] = tag
        return tag

    def category(self, lang: str, rubric: str) -> Category:
        """Return a rubric as a category; without one, the category DEFAULT_CATEGORY."""
        category = self._categories.get((lang, rubric))
        if category is None:
            name = rubric or self.settings["DEFAULT_CATEGORY"]
            slug = slugify(name)
            url = f"{lang}/tags/{slug}/" if rubric else f"{lang}/archive/"
            category = Category(name, self.settings, slug, url)
            self._categories[lang, rubric] = category
        return category

    def author(self, lang: str, name: str) -> Author:
        """Return an author, given by ID or name, with the name in a language."""
        author = self._authors.get((lang, name))
        if author is None:
            known = self.site.author(name)
            url = f"{lang}/authors/{known.slug}/"
            author = Author(known.name_in(lang), self.settings, known.slug, url)
            self._authors[lang, name] = author
        return author

    def translations_of(self, entry: Entry) -> list[Any]:
        """Return the translations with the same status, in the order of LANGUAGES."""
        versions = self._versions[entry.key]
        others = (versions.get(lang) for lang in self.site.languages)
        return [
            self.shown[other]
            for other in others
            if other and other is not entry and other.status == entry.status
        ]

    def split(self, status: Status, *, are_articles: bool) -> tuple[list[Any], list[Any]]:
        """Return originals and translations of one status, as Pelican's generators list them.

        The original is the version in the first language of LANGUAGES that has one. Articles are
        sorted by date, newest first, and pages by title.
        """
        order = {lang: place for place, lang in enumerate(self.site.languages)}
        first: dict[str, int] = {}
        found = [
            entry
            for entry in self.site.entries
            if entry.status == status and entry.kind.is_article == are_articles
        ]
        for entry in found:
            place = order[entry.lang]
            first[entry.key] = min(first.get(entry.key, place), place)
        if are_articles:
            found.sort(key=_by_date, reverse=True)
        else:
            found.sort(key=_by_title)
        originals: list[Any] = []
        translations: list[Any] = []
        for entry in found:
            is_original = first[entry.key] == order[entry.lang]
            (originals if is_original else translations).append(self.shown[entry])
        return originals, translations

    def complete(self) -> None:
        """Compute all attributes of the objects that plugins receive."""
        if self.for_plugins:
            for content in self.contents.values():
                content.complete()

    def refresh(self) -> None:
        """Compute the attributes of all articles and pages again, from changed entries."""
        for content in self.contents.values():
            content.forget()
        self.complete()

    def take_changes(self) -> list[Entry]:
        """Copy what plugins have changed to the entries; returns these."""
        if not self.for_plugins:
            return []
        changed = [entry for entry, content in self.contents.items() if content.take_changes()]
        self.refresh()
        return changed

    def __repr__(self) -> str:
        return f"<Library of {self.site!r}>"


def _by_date(entry: Entry) -> float:
    return entry.date.timestamp() if entry.date else float("inf")


def _by_title(entry: Entry) -> tuple[str, str]:
    return entry.title, entry.source


class Content:
    """What articles and pages have in common.

    The attributes are those of Pelican's `Content`, with values of Rubric: `url` is the address of
    Rubric's page, `summary` a text without markup, `category` the rubric. `_content` is the HTML of
    the text; before links are resolved, it has references such as `{filename}other.md`. Fields of
    the front matter are attributes and in `metadata`.
    """

    default_template = "page"

    def __init__(self, entry: Entry, library: Library) -> None:
        # Content.__init__ would compute everything at once.
        self._entry, self._library = entry, library

    def __getattr__(self, name: str) -> Any:
        """Return a field of the front matter."""
        is_computed = name.startswith("_") or hasattr(type(self), name)
        if not is_computed and name in (fields := self.metadata):
            return fields[name]
        raise AttributeError(f"{self!r} has no attribute {name!r}")

    def plain(self) -> contents.Content:
        """Return an object of Pelican's own type that shares all attributes with this one.

        `complete` must be called before it is used.
        """
        kind = contents.Article if isinstance(self, contents.Article) else contents.Page
        plain = kind.__new__(kind)
        vars(self).update(override_url=self.url, override_save_as=self.save_as)
        plain.__dict__ = vars(self)
        return plain

    def complete(self) -> None:
        """Compute all attributes, for the object of Pelican's own type."""
        own = vars(self)
        for name in _COMPUTED:
            if name not in own:
                getattr(self, name, None)
        for name, value in self.metadata.items():
            if name not in ("summary", "status"):  # properties of Pelican's classes
                own.setdefault(name, value)

    # What plugins may change ------------------------------------------------------------

    @cached_property
    def title(self) -> str:
        return self._entry.title

    @cached_property
    def _content(self) -> str:
        return self._entry.body

    @cached_property
    def _summary(self) -> str:
        return escape(self._entry.summary, quote=False)

    @cached_property
    def tags(self) -> list[Any]:
        lang = self._entry.lang
        return [self._library.tag(lang, tag.spelling) for tag in self._entry.tags]

    @cached_property
    def authors(self) -> list[Any]:
        """The authors; without any, the setting AUTHOR, as on a plain Pelican site."""
        names = [*self._entry.metadata.authors] or [str(self.settings.get("AUTHOR") or "")]
        if not names[0]:
            raise AttributeError("authors")
        return [self._library.author(self._entry.lang, name) for name in names]

    @cached_property
    def date(self) -> SafeDatetime:
        if self._entry.date is None:
            raise AttributeError("date")
        return _safe(self._entry.date)

    @cached_property
    def modified(self) -> SafeDatetime:
        if self._entry.modified is None:
            raise AttributeError("modified")
        return _safe(self._entry.modified)

    @cached_property
    def metadata(self) -> dict[str, Any]:
        """The fields of the front matter, as Pelican's readers return them."""
        given = self._entry.metadata
        fields: dict[str, Any] = {
            name: getattr(given, name)
            for name in type(given).model_fields
            if getattr(given, name) not in (None, (), "")
        }
        fields |= self._entry.custom
        fields |= {
            "title": self._entry.title,
            "slug": self._entry.slug,
            "lang": self._entry.lang,
            "status": self._entry.status,
            "summary": self._summary,
            "category": self.category,
        }
        for name in ("date", "modified", "tags", "authors", "author"):
            if hasattr(type(self), name) and (value := getattr(self, name, None)):
                fields[name] = value
        if "series_part" in fields:
            fields["series_index"] = fields["series_part"]  # its name in pelican-series
        return fields | self._added

    @cached_property
    def _added(self) -> dict[str, Any]:
        """Items that plugins have added to `metadata`."""
        return {}

    def take_changes(self) -> bool:
        """Copy changed values to the entry; returns whether there were any."""
        own, entry = vars(self), self._entry
        if _CHANGEABLE.isdisjoint(own):
            return False
        unchanged, before = type(self)(entry, self._library), _values(entry)
        if "metadata" in own:
            self._take_fields(unchanged.metadata)
        changed = {
            name: own.pop(name)
            for name in _CHANGEABLE & own.keys()
            if own[name] != getattr(unchanged, name, None)
        }
        self.forget()
        _change(entry, self._library.site, changed)
        return before != _values(entry)

    def forget(self) -> None:
        """Forget values of the entry, so that they are computed again."""
        own = vars(self)
        for name in _CHANGEABLE & own.keys():
            del own[name]

    def _take_fields(self, known: dict[str, Any]) -> None:
        """Make changed items of `metadata` attributes, as Pelican does with a new article.

        `known` are the items before the change. An attribute that was assigned, too, is kept.
        """
        own = vars(self)
        for key, value in self.metadata.items():
            name = "_summary" if key == "summary" else key.lower()
            if name in _FIXED or (key in known and known[key] == value):
                continue
            if key not in known:
                self._added[key] = value
            if name not in own or own[name] == known.get(key):
                own[name] = value

    # What plugins read -------------------------------------------------------------------

    @cached_property
    def settings(self) -> dict[str, Any]:
        return self._library.settings

    @cached_property
    def _context(self) -> dict[str, Any]:
        return self._library.context

    @cached_property
    def translations(self) -> list[Any]:
        return [*self._library.translations_of(self._entry)]

    @cached_property
    def category(self) -> Any:
        return self._library.category(self._entry.lang, self._entry.rubric)

    @cached_property
    def author(self) -> Any:
        return self.authors[0]

    @cached_property
    def slug(self) -> str:
        return self._entry.slug

    @cached_property
    def lang(self) -> str:
        return self._entry.lang

    @cached_property
    def in_default_lang(self) -> bool:
        return self._entry.lang == self._library.site.languages.default.key

    @cached_property
    def _status(self) -> str:
        return self._entry.status

    @cached_property
    def template(self) -> str:
        """The template of the kind, or that of Pelican's themes."""
        if self._library.has_other_theme:
            return self.default_template
        return self._entry.kind.template

    @cached_property
    def timezone(self) -> Any:
        return self._library.site.zone

    @cached_property
    def date_format(self) -> str:
        settings = self.settings
        given = settings["DATE_FORMATS"].get(self.lang, settings["DEFAULT_DATE_FORMAT"])
        return str(given[1] if isinstance(given, tuple) else given)

    @cached_property
    def locale_date(self) -> str:
        return self.date.strftime(self.date_format)

    @cached_property
    def locale_modified(self) -> str:
        return self.modified.strftime(self.date_format)

    @cached_property
    def source_path(self) -> str:
        return str(self._library.folder / self._entry.source)

    @cached_property
    def relative_source_path(self) -> str:
        return self._entry.source

    @property
    def url(self) -> str:
        return self._entry.url

    @property
    def save_as(self) -> str:
        return save_as(self._entry.url)

    def get_content(self, siteurl: str) -> str:
        """Return the HTML of the text with links as on the page."""
        html: str = self._content
        if self._library.is_linked and html != self._entry.body:
            html = self._update_content(html, siteurl)
        return html

    def refresh_metadata_intersite_links(self) -> None:
        """Resolve references in the fields, as Pelican does; unless nothing has read them."""
        if "metadata" in vars(self):
            super().refresh_metadata_intersite_links()  # type: ignore[misc]

    def get_summary(self, _siteurl: str) -> str:
        return self._summary

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._entry.source}>"


# Plugins compare the names of these classes with those of Pelican.
class Article(Content, contents.Article):
    """An entry with a date: a post, quote, story or event."""

    default_template = "article"

    @cached_property
    def date(self) -> SafeDatetime:
        return _safe(self._entry.date or _LAST)


class Page(Content, contents.Page):
    """An entry without a date: a page, group or newsletter issue."""


_COMPUTED = [
    name for name in dir(Article) if isinstance(getattr(Article, name, None), cached_property)
]
_INTERNAL = frozenset(
    (*_COMPUTED, "_entry", "_library", "override_url", "override_save_as", *Metadata.model_fields)
)
"""Attributes that follow from the entry."""
_CHANGEABLE = frozenset(
    ("title", "_content", "_summary", "tags", "authors", "date", "modified", "metadata")
)
"""Attributes that plugins may change; all others stay as they are for Rubric's own pages."""
_FIXED = frozenset(("slug", "lang", "status", "url", "save_as", "path"))
"""Fields that decide about addresses, which are reserved before plugins change anything."""


def _change(entry: Entry, site: Site, changed: dict[str, Any]) -> None:
    """Assign values of an article to the fields of its entry."""
    if "title" in changed:
        entry.title = str(changed["title"])
    if "_content" in changed:
        entry.rewrite(str(changed["_content"]))
    if "_summary" in changed:
        entry.summary = " ".join(to_text(str(changed["_summary"])).split())
    if "tags" in changed:
        entry.tags = merge(map(parse_tag, _names(changed["tags"])))
        entry.rubric = next((t.identity for t in entry.tags if t.identity in site.rubrics), "")
    if "authors" in changed:
        names = tuple(_names(changed["authors"]))
        entry.metadata = entry.metadata.model_copy(update={"authors": names})
    for name in changed.keys() & {"date", "modified"}:
        setattr(entry, name, _zoned(changed[name], site))


def _describe(content: contents.Content) -> tuple[object, object]:
    """Return what identifies an article or page for fingerprints, and what plugins have added."""
    own = vars(content)
    entry = own.get("_entry")
    if entry is None:
        return own.get("source_path"), own.get("metadata")
    added = {name: value for name, value in own.items() if name not in _INTERNAL}
    return entry, added


def _describe_wrapper(wrapper: URLWrapper) -> tuple[object, object]:
    return (wrapper.name, wrapper.slug), None


DESCRIPTIONS: Descriptions = ((contents.Content, _describe), (URLWrapper, _describe_wrapper))
"""For fingerprints of pages that use articles, pages, tags, categories or authors."""


def _values(entry: Entry) -> tuple[object, ...]:
    """Return what plugins may change."""
    texts = (entry.title, entry.html, entry.summary)
    return (*texts, entry.tags, entry.date, entry.modified, entry.metadata)


def _names(items: Iterable[Any]) -> list[str]:
    """Return the names of tags or authors, which may be plain strings."""
    return [str(getattr(item, "name", item)) for item in items]


def _safe(moment: datetime) -> SafeDatetime:
    return SafeDatetime(
        moment.year,
        moment.month,
        moment.day,
        moment.hour,
        moment.minute,
        moment.second,
        moment.microsecond,
        moment.tzinfo,
        fold=moment.fold,
    )


def _zoned(moment: datetime, site: Site) -> datetime:
    """Return a plain date and time, in the site's zone if it has none."""
    plain = datetime.fromisoformat(moment.isoformat())
    return plain if plain.tzinfo else plain.replace(tzinfo=site.zone)
