"""Views of single entries: their own pages, stand-ins in other editions, redirects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plugins.model.addresses import former_address
from plugins.model.entry import Entry, by_key
from plugins.model.view import View
from plugins.multilingual.frames import Frames
from plugins.multilingual.neighbours import Neighbourhood


def find_neighbours(frames: Frames) -> dict[str, Neighbourhood]:
    """Each edition's neighbourhood, by language key."""
    return {
        edition.lang: Neighbourhood(edition, frames.site.now)
        for edition in frames.editions.values()
    }


def make_entry_views(frames: Frames, around: Mapping[str, Neighbourhood]) -> dict[Entry, View]:
    """A view for each entry's own page, drafts and hidden ones too."""
    versions = by_key(frames.site.published())
    shown = {
        (item.entry.key, edition.lang): item.url
        for edition in frames.editions.values()
        for item in edition.listings()
        if item.url.startswith(edition.home)
    }
    views = {}
    for entry in frames.site.entries:
        view = _entry_view(frames, entry, versions.get(entry.key, {}), shown)
        view.around = around[entry.lang].of(entry)
        views[entry] = view
    return views


def _entry_view(
    frames: Frames,
    entry: Entry,
    versions: Mapping[str, Entry],
    shown: Mapping[tuple[str, str], str],
) -> View:
    alternates: dict[str, str] = {}
    if entry.is_published:
        alternates = {lang: versions[lang].url for lang in frames.editions if lang in versions}
    stand_ins = {lang: shown.get((entry.key, lang)) for lang in frames.editions}
    return View(
        template=entry.kind,
        edition=frames.editions[entry.lang],
        url=entry.url,
        title=entry.title,
        description=entry.summary,
        is_indexed=entry.is_published,
        alternates=alternates,
        x_default=frames.x_default(alternates),
        switches=frames.switches({lang: url for lang, url in stand_ins.items() if url}),
        subject=entry,
    )


def make_fallback_views(
    frames: Frames, around: Mapping[str, Neighbourhood], own: Mapping[Entry, View]
) -> Iterator[View]:
    """Pages of an edition that show an original where no translation exists."""
    for edition in frames.editions.values():
        for item in edition.listings():
            if item.is_fallback and item.url.startswith(edition.home):
                entry = item.entry
                yield View(
                    template=entry.kind,
                    edition=edition,
                    url=item.url,
                    title=entry.title,
                    description=entry.summary,
                    canonical=entry.url,
                    is_indexed=False,
                    switches=own[entry].switches,
                    subject=entry,
                    around=around[edition.lang].of(entry),
                    variables={"entry": entry},
                )


def make_redirects(frames: Frames) -> Iterator[View]:
    """A page at each former address that leads on to the entry."""
    public = (entry for entry in frames.site.entries if entry.status != "draft")
    for entry in public:
        for alias in entry.metadata.aliases:
            yield View(
                template="redirect",
                edition=frames.editions[entry.lang],
                url=former_address(alias),
                title=entry.title,
                canonical=entry.url,
                is_indexed=False,
                variables={"entry": entry},
            )
