"""Views of single entries: their own pages, and stand-ins in other editions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from rubric.editions.neighbours import Neighbourhood
from rubric.model.edition import Edition
from rubric.model.entry import Entry, by_key
from rubric.model.frames import Frames
from rubric.model.view import NOTHING, Around, Switch, View


def find_neighbours(frames: Frames) -> dict[str, Neighbourhood]:
    """Each edition's neighbourhood, by language key."""
    return {
        edition.lang: Neighbourhood(edition, frames.site.now)
        for edition in frames.editions.values()
    }


def make_entry_views(frames: Frames, around: Mapping[str, Neighbourhood]) -> dict[Entry, View]:
    """A view for each entry's own page, hidden ones too, and drafts if they have pages."""
    versions = by_key(frames.site.published())
    shown: dict[str, dict[str, str]] = {}
    for lang, edition in frames.editions.items():
        home = edition.home
        for item in edition.listings():
            if item.url.startswith(home):
                urls = shown.get(item.entry.key)
                if urls is None:
                    urls = shown[item.entry.key] = {}
                urls[lang] = item.url
    places: dict[str, _Place] = {}
    views = {}
    have_drafts = frames.site.drafts.have_pages
    for entry in frames.site.entries:
        if entry.status == "draft" and not have_drafts:
            continue
        place = places.get(entry.key)
        if place is None:
            place = _place(frames, versions.get(entry.key, {}), shown.get(entry.key, {}))
            places[entry.key] = place
        views[entry] = _entry_view(frames, entry, place, around[entry.lang].of(entry))
    return views


class _Place(NamedTuple):
    """What all translations of a text have in common."""

    alternates: Mapping[str, str]
    x_default: str
    switches: Sequence[Switch]


def _place(frames: Frames, versions: Mapping[str, Entry], shown: Mapping[str, str]) -> _Place:
    alternates = {lang: versions[lang].url for lang in frames.editions if lang in versions}
    return _Place(alternates, frames.x_default(alternates), frames.switches(shown))


def _entry_view(frames: Frames, entry: Entry, place: _Place, around: Around) -> View:
    is_published = entry.is_published
    return View(
        template=entry.kind.template,
        edition=frames.editions[entry.lang],
        url=entry.url,
        title=entry.title,
        description=_about(frames.editions[entry.lang], entry),
        is_indexed=is_published,
        alternates=place.alternates if is_published else NOTHING,
        x_default=place.x_default if is_published else "",
        switches=place.switches,
        subject=entry,
        around=around,
    )


def _about(edition: Edition, entry: Entry) -> str:
    """A text's summary, or its title where there is nothing to summarize (a photo alone)."""
    words = {"site": edition.language.site_name, "part": entry.title}
    return entry.summary or edition.gettext("%(site)s: %(part)s") % words


def make_fallback_views(
    frames: Frames, around: Mapping[str, Neighbourhood], own: Mapping[Entry, View]
) -> Iterator[View]:
    """Pages of an edition that show an original where no translation exists."""
    for edition in frames.editions.values():
        home = edition.home
        for item in edition.listings():
            if item.is_fallback and item.url.startswith(home):
                entry = item.entry
                yield View(
                    template=entry.kind.template,
                    edition=edition,
                    url=item.url,
                    title=entry.title,
                    description=_about(edition, entry),
                    canonical=entry.url,
                    is_indexed=False,
                    switches=own[entry].switches,
                    subject=entry,
                    around=around[edition.lang].of(entry),
                    variables={"entry": entry},
                )
