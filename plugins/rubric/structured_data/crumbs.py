"""Breadcrumbs: the path from home to a page (BreadcrumbList)."""

from __future__ import annotations

from collections.abc import Iterator

from rubric.model.edition import Edition, PlacePage
from rubric.model.entry import Entry
from rubric.model.site import Site
from rubric.model.view import View
from rubric.structured_data.vocabulary import Object, make

# The parent list of each template: its label (a message id), and its address in an edition.
_SECTIONS = {
    "events_year": ("Events", "events/"),
    "archive_year": ("Archive", "archive/"),
    "tag": ("All topics", "tags/"),
}


def breadcrumbs(site: Site, view: View) -> Object | None:
    """Return home › section or topic › page, with the labels of the edition; None for home."""
    if view.url in ("", view.edition.home) or view.template in ("404", "redirect"):
        return None
    home = (view.edition.language.site_name, view.edition.home)
    path = [home, *_ancestors(view), (view.title, view.url)]
    items = [
        make("ListItem", position=number, name=name, item=site.absolute(address))
        for number, (name, address) in enumerate(path, 1)
    ]
    return make("BreadcrumbList", itemListElement=items)


def _ancestors(view: View) -> Iterator[tuple[str, str]]:
    edition, subject = view.edition, view.subject
    if isinstance(subject, Entry) and subject.is_post:
        yield _parent_of_post(edition, subject)
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


def _parent_of_post(edition: Edition, entry: Entry) -> tuple[str, str]:
    """Return the rubric, or the archive for posts without one."""
    page = edition.tags.get(entry.rubric) if entry.rubric else None
    if page:
        return page.label, page.url
    return edition.gettext("Archive"), f"{edition.home}archive/"
