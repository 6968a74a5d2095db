"""The path from home to a page, for search engines (BreadcrumbList)."""

from __future__ import annotations

from collections.abc import Iterator

from rubric.model.edition import Edition, PlacePage
from rubric.model.entry import Entry
from rubric.model.site import Site
from rubric.model.view import View
from rubric.structured_data.vocabulary import Object, make

# Each list above a kind of page: its message in the catalogue, its address in an edition.
_SECTIONS = {
    "events_year": ("Events", "events/"),
    "archive_year": ("Archive", "archive/"),
    "tag": ("All topics", "tags/"),
}


def breadcrumbs(site: Site, view: View) -> Object | None:
    """Home › section or topic › page, as the edition names them; None for home itself."""
    if view.url in ("", view.edition.home) or view.template in ("404", "redirect"):
        return None
    home = (view.edition.language.site_name, view.edition.home)
    path = [home, *_between(view), (view.title, view.url)]
    items = [
        make("ListItem", position=number, name=name, item=site.absolute(address))
        for number, (name, address) in enumerate(path, 1)
    ]
    return make("BreadcrumbList", itemListElement=items)


def _between(view: View) -> Iterator[tuple[str, str]]:
    edition, subject = view.edition, view.subject
    if isinstance(subject, Entry) and subject.is_post:
        yield _above_post(edition, subject)
    elif isinstance(subject, PlacePage) and subject.city:
        country = edition.places.get(subject.country.lower())
        if country:
            yield country.name, country.url
    elif isinstance(subject, Entry) and subject.kind.index_title:
        yield edition.gettext(subject.kind.index_title), f"{edition.home}{subject.kind.path}"
    elif view.template == "rest":
        yield view.variables["parent_title"], view.variables["parent_url"]
    elif view.template in _SECTIONS:
        message, path = _SECTIONS[view.template]
        yield edition.gettext(message), f"{edition.home}{path}"


def _above_post(edition: Edition, entry: Entry) -> tuple[str, str]:
    """Its rubric, else the archive, where every text is."""
    page = edition.tags.get(entry.rubric) if entry.rubric else None
    if page:
        return page.label, page.url
    return edition.gettext("Archive"), f"{edition.home}archive/"
