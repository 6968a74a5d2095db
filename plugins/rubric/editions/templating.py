"""Functions and filters of templates, in the language of the page.

They read `view`, `site` and `formats` from the context of the page that is rendered, so
that all languages share one Jinja environment.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from jinja2.runtime import Context

from rubric.model.edition import Listing
from rubric.model.entry import Entry
from rubric.model.event import UserGroup
from rubric.model.language import Language
from rubric.model.reading_time import reading_minutes
from rubric.model.script import script_of
from rubric.model.templates import of_page


@of_page
def translate(context: Context, message: str, **values: object) -> str:
    """Translate a message into the page's language: `_("Page %(n)s", n=2)`."""
    text: str = context["view"].edition.gettext(message)
    return text % values if values else text


@of_page
def gettext_in(context: Context, lang: str, message: str) -> str:
    """Translate a message into the language of another edition, for links to it."""
    return str(context["editions"][lang].gettext(message))


@of_page
def ngettext(context: Context, one: str, many: str, n: int, **values: object) -> str:
    """Return the plural form for `n`; the message may contain the number as `%(n)s`."""
    edition = context["view"].edition
    number = context["formats"][edition.lang].number(n)
    text: str = edition.ngettext(one, many, n)
    return text % {"n": number, **values}


@dataclass(frozen=True, slots=True)
class Window:
    """Some consecutive items of a list around one of them.

    `start` is the index of the first one. `number` is that of the item in the middle, counted from
    1; `previous` and `next` are those beside it.
    """

    start: int
    items: Sequence[Listing]
    number: int
    previous: Listing | None
    next: Listing | None


def around_entry(listings: Sequence[Listing], entry: Entry, most: int) -> Window:
    """Return at most `most` listings, with the entry in the middle."""
    place = next((place for place, item in enumerate(listings) if item.entry is entry), 0)
    start = max(0, min(place - most // 2, len(listings) - most))
    return Window(
        start,
        listings[start : start + most],
        place + 1,
        listings[place - 1] if place else None,
        listings[place + 1] if place + 1 < len(listings) else None,
    )


def minutes_to_read(entry: Entry) -> int:
    """Return how many minutes the text takes to read."""
    return reading_minutes(entry.body, script_of(entry.lang))


@of_page
def link(context: Context, address: str) -> str:
    """Return a root-relative link to an address of the site."""
    return str(context["site"].path(address))


@of_page
def absolute(context: Context, address: str) -> str:
    """Return the absolute URI of an address of the site."""
    return str(context["site"].absolute(address))


@of_page
def language_of(context: Context, key: str) -> Language:
    """Return the site's language with a key."""
    language: Language = context["site"].languages[key]
    return language


def _format(name: str) -> Callable[..., str]:
    @of_page
    def apply(context: Context, *values: Any) -> str:
        formats = context["formats"][context["view"].edition.lang]
        return str(getattr(formats, name)(*values))

    return apply


@of_page
def author_name(context: Context, name: str) -> str:
    """Return the name of an author in the page's language, by id or name."""
    return str(context["site"].author(name).name_in(context["view"].edition.lang))


@of_page
def rhythm(context: Context, group: UserGroup) -> str:
    """Describe when a group meets, in the page's language."""
    edition = context["view"].edition
    return str(context["formats"][edition.lang].rhythm(group, edition))


_FORMATS = (
    *("date", "day", "day_and_time", "last_day", "moment", "month", "month_name"),
    *("offset", "short_date", "span", "time", "zone"),
    *("country", "clock", "joined", "language", "listed", "written_language", "number", "price"),
)

FEED_NAMES = {
    "application/rss+xml": "RSS",
    "application/atom+xml": "Atom",
    "application/feed+json": "JSON Feed",
}
"""MIME type → name of the format."""

FUNCTIONS: dict[str, Any] = {
    "feed_names": FEED_NAMES,
    "_": translate,
    "gettext_in": gettext_in,
    "ngettext": ngettext,
    "link": link,
    "absolute": absolute,
    "language_of": language_of,
}
FILTERS: dict[str, Callable[..., Any]] = {
    "around_entry": around_entry,
    "minutes_to_read": minutes_to_read,
    "author_name": author_name,
    "rhythm": rhythm,
    **{name: _format(name) for name in _FORMATS},
}
