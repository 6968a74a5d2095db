"""Objects of schema.org that several kinds of pages are made of."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from rubric.model.author import Author
from rubric.model.entry import Entry
from rubric.model.site import Site
from rubric.model.view import View

Object = dict[str, Any]

LOGO = "theme/img/mark.svg"


def make(type: str, **properties: Any) -> Object:
    """An object of a type with the properties that are given."""
    given = {name: value for name, value in properties.items() if value not in (None, "", [])}
    return {"@type": type, **given}


def people(site: Site, view: View, names: tuple[str, ...]) -> list[Object]:
    """Author ids or names as persons; only authors with texts here have a page."""
    return [person(site, view, site.author(name)) for name in names]


def person(site: Site, view: View, author: Author) -> Object:
    page = view.edition.authors.get(author.slug)
    return make(
        "Person",
        name=author.name_in(view.edition.lang),
        url=site.absolute(page.url) if page else None,
        sameAs=author.url,
    )


def publisher(site: Site, view: View) -> Object:
    """The community, as the edition calls it."""
    language = view.edition.language
    return make(
        "Organization",
        name=language.site_name,
        url=site.absolute(view.edition.home),
        logo=site.absolute(LOGO),
    )


def image(site: Site, view: View, entry: Entry) -> str | None:
    """The entry's own picture, else the one that is shared."""
    if entry.picture:
        return site.absolute(entry.picture.removeprefix(f"{site.base}/"))
    return site.absolute(view.image.url) if view.image else None


def iso(value: datetime | None) -> str | None:
    return value.isoformat() if value else None
