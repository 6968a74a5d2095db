"""Views of single entries: their own pages, and originals shown in other editions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rubric.editions.related import RelatedIndex
from rubric.model.edition import Edition
from rubric.model.entry import Entry, by_key
from rubric.model.view import LanguageLink, View
from rubric.model.view_factory import ViewFactory


def build_indexes(factory: ViewFactory) -> dict[str, RelatedIndex]:
    """Build the index of each edition, by language key."""
    return {
        lang: RelatedIndex(edition, factory.site.now) for lang, edition in factory.editions.items()
    }


def make_entry_views(
    factory: ViewFactory, indexes: Mapping[str, RelatedIndex]
) -> dict[Entry, View]:
    """Make a view for each entry's own page, including hidden entries and drafts with pages."""
    versions = by_key(factory.site.published())
    shown: dict[str, dict[str, str]] = {}
    for lang, edition in factory.editions.items():
        for item in edition.listings():
            if item.url.startswith(edition.home):
                shown.setdefault(item.entry.key, {})[lang] = item.url
    # By key: alternates, x-default and language switcher, which all translations have in common.
    shared: dict[str, tuple[Mapping[str, str], str, tuple[LanguageLink, ...]]] = {}
    views = {}
    for entry in factory.site.entries:
        if entry.status == "draft" and not factory.site.drafts.have_pages:
            continue
        if entry.key not in shared:
            own = versions.get(entry.key, {})
            urls = {lang: own[lang].url for lang in factory.editions if lang in own}
            language_links = factory.language_links(shown.get(entry.key, {}))
            shared[entry.key] = urls, factory.x_default(urls), language_links
        views[entry] = view = _entry_view(factory.editions[entry.lang], entry, entry.url, indexes)
        view.is_indexed = entry.is_published
        alternates, x_default, view.language_links = shared[entry.key]
        if entry.is_published:
            view.alternates, view.x_default = alternates, x_default
    return views


def make_fallback_views(
    factory: ViewFactory, indexes: Mapping[str, RelatedIndex], own: Mapping[Entry, View]
) -> Iterator[View]:
    """Make the pages of editions that show an original if there is no translation."""
    for edition in factory.editions.values():
        for item in edition.listings():
            if item.is_fallback and item.url.startswith(edition.home):
                view = _entry_view(edition, item.entry, item.url, indexes)
                view.canonical, view.is_indexed = item.entry.url, False
                view.language_links, view.variables = (
                    own[item.entry].language_links,
                    {"entry": item.entry},
                )
                yield view


def _entry_view(
    edition: Edition, entry: Entry, url: str, indexes: Mapping[str, RelatedIndex]
) -> View:
    # A photo without text has no summary.
    values = {"site": edition.language.site_name, "part": entry.title}
    return View(
        template=entry.metadata.template or entry.kind.template,
        edition=edition,
        url=url,
        title=entry.title,
        description=entry.summary or edition.gettext("%(site)s: %(part)s") % values,
        subject=entry,
        context=indexes[edition.lang].context_of(entry),
    )
