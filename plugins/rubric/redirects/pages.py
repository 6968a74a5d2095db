"""Pages at former addresses, for hosts that know no redirects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from rubric.model.addresses import former_address
from rubric.model.edition import Edition
from rubric.model.frames import Frames
from rubric.model.view import Switch, View
from rubric.redirects.files import gone_page
from rubric.redirects.resolve import Fate, Gone, Redirect


def make_alias_pages(frames: Frames) -> Iterator[View]:
    """A page at each former address that leads on to the entry."""
    public = (entry for entry in frames.site.entries if entry.status != "draft")
    for entry in public:
        for alias in entry.metadata.aliases:
            if former_address(alias) == entry.url:
                continue  # such as a permalink: that is the address here, too
            yield View(
                template="redirect",
                edition=frames.editions[entry.lang],
                url=former_address(alias),
                title=entry.title,
                canonical=entry.url,
                is_indexed=False,
                variables={"entry": entry},
            )


def make_pages(
    fates: Iterable[Fate], editions: Mapping[str, Edition], taken: frozenset[str]
) -> Iterator[View]:
    """A page for each address that doesn't have one yet, and each language's for what is gone.

    `taken` tells which pages exist.

    An address of a language that the site no longer has is answered in the first one.
    """
    first = next(iter(editions.values()))
    gone: dict[str, Edition] = {}
    for fate in fates:
        edition = editions.get(fate.lang, first)
        if isinstance(fate, Gone):
            gone[fate.source] = gone[gone_page(fate.lang, editions)] = edition
        elif not fate.is_alias:
            yield _redirect_page(fate, edition)
    switches = [Switch(lang, edition.home, False) for lang, edition in editions.items()]
    for address, edition in gone.items():
        title = edition.gettext("No longer here")
        about = edition.gettext("This text was taken offline for good.")
        page = View("gone", edition, address, title, about, is_indexed=False, switches=switches)
        page.variables = {"has_search": f"{edition.home}search/" in taken}
        yield page


def _redirect_page(fate: Redirect, edition: Edition) -> View:
    return View(
        template="redirect",
        edition=edition,
        url=fate.source,
        title=fate.title,
        canonical=fate.target,
        is_indexed=False,
    )
