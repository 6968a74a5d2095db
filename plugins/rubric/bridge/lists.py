"""The lists of articles and pages in Pelican's generators, and the signals about each of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import Any, NamedTuple

from blinker import Signal
from pelican import signals
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator

from rubric.bridge.contents import Article, Library
from rubric.model.metadata import Status
from rubric.store.receivers import has_foreign


class _Type(NamedTuple):
    """The names of a generator's lists by status (originals, translations), and its signals."""

    lists: dict[Status, tuple[str, str]]
    groups: tuple[str, ...]
    preread: Signal
    context: Signal
    write: Signal


_ARTICLES = _Type(
    {
        "published": ("articles", "translations"),
        "hidden": ("hidden_articles", "hidden_translations"),
        "draft": ("drafts", "drafts_translations"),
    },
    ("tags", "categories", "authors", "period_archives"),
    signals.article_generator_preread,
    signals.article_generator_context,
    signals.article_generator_write_article,
)
_PAGES = _Type(
    {
        "published": ("pages", "translations"),
        "hidden": ("hidden_pages", "hidden_translations"),
        "draft": ("draft_pages", "draft_translations"),
    },
    (),
    signals.page_generator_preread,
    signals.page_generator_context,
    signals.page_generator_write_page,
)


_SIGNALS = (
    *(each for kind in (_ARTICLES, _PAGES) for each in (kind.context, kind.write)),
    signals.content_object_init,
    signals.article_generator_pretaxonomy,
    signals.article_generator_finalized,
    signals.page_generator_finalized,
    signals.all_generators_finalized,
    signals.get_generators,
    signals.content_written,
)


@dataclass(slots=True)
class Lists:
    """The lists of a generator. They are empty while Pelican writes: Rubric writes these pages."""

    generator: Generator
    _kept: dict[str, Any] = field(default_factory=dict)

    @property
    def _type(self) -> _Type:
        return _ARTICLES if isinstance(self.generator, ArticlesGenerator) else _PAGES

    def fill(self, library: Library) -> None:
        """Set the lists of originals and translations of each status."""
        for status, names in self._type.lists.items():
            found = library.split(status, are_articles=self._type is _ARTICLES)
            for name, items in zip(names, found, strict=True):
                setattr(self.generator, name, items)

    def send_write(self) -> None:
        """Send the signal that Pelican sends before it writes each article or page."""
        if self._type.write.receivers:
            for name in chain.from_iterable(self._type.lists.values()):
                for content in getattr(self.generator, name):
                    self._type.write.send(self.generator, content=content)

    def count_added(self) -> int:
        """Return the number of articles or pages that plugins have added."""
        names = chain.from_iterable(self._type.lists.values())
        items = chain.from_iterable(getattr(self.generator, name) for name in names)
        return sum("_entry" not in vars(item) for item in items)

    def clear(self) -> None:
        for name in (*chain.from_iterable(self._type.lists.values()), *self._type.groups):
            self._kept[name] = value = getattr(self.generator, name)
            setattr(self.generator, name, type(value)())

    def restore(self) -> None:
        for name, value in self._kept.items():
            setattr(self.generator, name, value)


def send_created(library: Library, articles: ArticlesGenerator, pages: PagesGenerator) -> None:
    """Send the signals that Pelican sends while it reads a text, if they have receivers."""
    for entry, content in library.contents.items():
        is_article = isinstance(content, Article)
        kind, generator = (_ARTICLES, articles) if is_article else (_PAGES, pages)
        if kind.preread.receivers:
            kind.preread.send(generator)
        if kind.context.receivers:
            kind.context.send(generator, metadata=content.metadata)
            content.take_changes()
            content.complete()
        if signals.content_object_init.receivers:
            signals.content_object_init.send(library.shown[entry])


def has_receivers() -> bool:
    """Return whether other plugins can receive articles or pages."""
    return any(map(has_foreign, _SIGNALS))
