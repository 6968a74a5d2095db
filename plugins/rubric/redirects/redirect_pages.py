"""HTML pages at former addresses, for hosts that do not support redirect rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from rubric.model.addresses import former_address
from rubric.model.edition import Edition
from rubric.model.entry import Entry
from rubric.model.view import LanguageLink, View
from rubric.model.view_factory import ViewFactory
from rubric.redirects.resolve import Gone, Outcome
from rubric.redirects.server_files import gone_page


def make_alias_pages(factory: ViewFactory) -> Iterator[View]:
    """Yield a page for each alias from front matter; it redirects to the entry."""
    for entry in factory.site.entries:
        for alias in entry.metadata.aliases if entry.status != "draft" else ():
            address = former_address(alias)
            if address != entry.url:  # a permalink may be the address here, too
                edition = factory.editions[entry.lang]
                yield _redirect_page(edition, address, entry.title, entry.url, entry=entry)


def make_pages(
    outcomes: Iterable[Outcome], editions: Mapping[str, Edition], existing: frozenset[str]
) -> Iterator[View]:
    """Yield a page for each former address, and one page for status 410 per language.

    Aliases from front matter are left out, because `make_alias_pages` yields their pages. A
    former address in a language that the site no longer has gets a page in the first language.

    Args:
        outcomes: What happens to each former address.
        editions: All editions by language, the default one first.
        existing: All files and pages of the build; a page links to the search if it exists.

    """
    first = next(iter(editions.values()))
    gone: dict[str, Edition] = {}
    for outcome in outcomes:
        edition = editions.get(outcome.lang, first)
        if isinstance(outcome, Gone):
            gone[outcome.source] = gone[gone_page(outcome.lang, editions)] = edition
        elif not outcome.is_alias:
            yield _redirect_page(edition, outcome.source, outcome.title, outcome.target)
    language_links = [LanguageLink(lang, edition.home, False) for lang, edition in editions.items()]
    for address, edition in gone.items():
        title = edition.gettext("No longer here")
        about = edition.gettext("This text was taken offline for good.")
        page = View(
            "gone", edition, address, title, about, is_indexed=False, language_links=language_links
        )
        page.variables = {"has_search": f"{edition.home}search/" in existing}
        yield page


def _redirect_page(edition: Edition, url: str, title: str, target: str, **variables: Entry) -> View:
    return View(
        template="redirect",
        edition=edition,
        url=url,
        title=title,
        canonical=target,
        is_indexed=False,
        variables=variables,
    )
