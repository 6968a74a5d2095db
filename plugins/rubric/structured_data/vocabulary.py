"""schema.org objects used by several kinds of pages."""

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
    """Return an object of a type, with all properties that are not empty."""
    given = {name: value for name, value in properties.items() if value not in (None, "", [])}
    return {"@type": type, **given}


def people(site: Site, view: View, names: tuple[str, ...]) -> list[Object]:
    """Return persons by author ids or names; those with texts in the edition have a URL."""
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
    """Return the community with its name in the edition."""
    language = view.edition.language
    return make(
        "Organization",
        name=language.site_name,
        url=site.absolute(view.edition.home),
        logo=site.absolute(LOGO),
    )


def image(site: Site, view: View, entry: Entry) -> str | None:
    """Return the URL of the entry's own image, or of its social image."""
    if entry.cover and (picture := site.pictures.get(entry.cover.link)):
        return f"{site.origin}{picture.fallbacks[-1].link}"
    if entry.picture:
        return site.absolute(entry.picture.removeprefix(f"{site.base}/"))
    return site.absolute(view.image.url) if view.image else None


def iso(value: datetime | None) -> str | None:
    return value.isoformat() if value else None
