"""Creates views: links to translations, links of the language menu, and pages of long lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from rubric.model.edition import Edition, Listing
from rubric.model.site import Site
from rubric.model.view import LanguageLink, Subject, View

Item = TypeVar("Item")


def in_chunks(items: Sequence[Item], size: int) -> list[Sequence[Item]]:
    """Split items into pages of equal size; returns one empty page if there are no items."""
    return [items[start : start + size] for start in range(0, max(1, len(items)), size)]


def by_age(items: Sequence[Item], size: int) -> tuple[Sequence[Item], list[Sequence[Item]]]:
    """Split items, newest first, into the first page and full older ones.

    Older pages are counted from the oldest entry, so that a new entry leaves them as they
    are. The first page has between a half and one and a half times as many.
    """
    least = (size + 1) // 2
    count = max(0, len(items) - least) // size
    front = len(items) - count * size
    return items[:front], in_chunks(items[front:], size) if count else []


def by_year(
    listings: Iterable[Listing], date_of: Callable[[Listing], date | None]
) -> dict[int, list[Listing]]:
    """Group listings by year, the latest year first; those without a date are left out.

    Listings need not be sorted by local date: dates of events are in different time zones.
    """
    years: dict[int, list[Listing]] = {}
    for item in listings:
        if day := date_of(item):
            years.setdefault(day.year, []).append(item)
    return dict(sorted(years.items(), reverse=True))


@dataclass(frozen=True, slots=True)
class ViewFactory:
    """Creates the views of one build. `homes` are the home pages by language key."""

    site: Site
    editions: Mapping[str, Edition]
    page_size: int
    homes: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        homes = {lang: edition.home for lang, edition in self.editions.items()}
        object.__setattr__(self, "homes", homes)

    def make_list(
        self,
        edition: Edition,
        template: str,
        path: str,
        title: str,
        description: str = "",
        subject: Subject | None = None,
        langs: Iterable[str] | None = None,
        document_title: str = "",
    ) -> View:
        """Return the view of a list at `path` below the edition; `langs` have it (None: all)."""
        having = self.editions if langs is None else {edition.lang, *langs}
        alternates = {lang: f"{lang}/{path}" for lang in self.editions if lang in having}
        return View(
            template=template,
            edition=edition,
            url=f"{edition.lang}/{path}",
            title=title,
            description=description,
            document_title=document_title,
            alternates=alternates,
            x_default=self.x_default(alternates),
            language_links=self.language_links(alternates),
            subject=subject,
        )

    def split(
        self, first: View, listings: Sequence[Item], size: int = 0, *, is_forward: bool = False
    ) -> Iterator[View]:
        """Split a long list; later pages are at page/<n>/ and have no alternates.

        `size` is that of a page, the site's own if it is 0. `is_forward` is for lists that
        don't begin with their newest entry. All pages have the variables of the first.
        """
        chunks = in_chunks(listings, size or self.page_size)
        urls = [first.url, *(f"{first.url}page/{n}/" for n in range(2, len(chunks) + 1))]
        yield from self._chain(
            first, chunks, urls, [*range(1, len(urls) + 1)], is_forward=is_forward
        )

    def split_by_age(self, first: View, listings: Sequence[Item], size: int = 0) -> Iterator[View]:
        """Split a long list, newest first, so that a new entry changes few of its pages.

        Pages other than the first are full and numbered from the oldest: page/1/ has the
        oldest entries. See `by_age`.
        """
        front, older = by_age(listings, size or self.page_size)
        numbers = [0, *range(len(older), 0, -1)]
        urls = [first.url, *(f"{first.url}page/{n}/" for n in numbers[1:])]
        yield from self._chain(first, [front, *older], urls, numbers, is_forward=False)

    def _chain(
        self,
        first: View,
        chunks: Sequence[Sequence[Item]],
        urls: Sequence[str],
        numbers: Sequence[int],
        *,
        is_forward: bool,
    ) -> Iterator[View]:
        is_counted = numbers[0] == 1
        shared = first.variables
        for place, (url, chunk) in enumerate(zip(urls, chunks, strict=True)):
            view = self.later_page(first, url) if place else first
            view.variables = {
                **shared,
                "listings": chunk,
                "page_number": numbers[place],
                "page_count": len(chunks) if is_counted else 0,
                "page_label": self.page_label(first, numbers[place]) if place else "",
                "previous_url": urls[place - 1] if place else "",
                "next_url": urls[place + 1] if place + 1 < len(urls) else "",
                "is_forward": is_forward,
            }
            yield view

    def split_by_year(
        self,
        first: View,
        template: str,
        description: str,
        years: Mapping[str, Mapping[int, Sequence[Listing]]],
        size: int = 0,
    ) -> Iterator[View]:
        """Make the views of each year of a list whose own view is `first`, at <list>/<year>/.

        `years` are the listings by language and year, see `by_year`. The description contains
        `%(year)s`.
        """
        edition, path = first.edition, first.url.removeprefix(first.edition.home)
        for year, listings in years[edition.lang].items():
            view = self.make_list(
                edition,
                template,
                f"{path}{year}/",
                f"{first.title} {year}",
                description % {"year": year},
                langs=[lang for lang in years if year in years[lang]],
            )
            view.variables = {"year": year}
            yield from self.split_by_age(view, listings, size)

    def later_page(self, first: View, url: str) -> View:
        """Another page of a list; it has no translations of its own."""
        return View(
            template=first.template,
            edition=first.edition,
            url=url,
            title=first.title,
            description=first.description,
            document_title=first.document_title,
            language_links=first.language_links,
            subject=first.subject,
        )

    def page_label(self, view: View, number: int) -> str:
        return view.edition.gettext("Page %(n)s") % {"n": number}

    def x_default(self, alternates: Mapping[str, str]) -> str:
        """Return the address in the default language, or the first one."""
        return next((alternates[lang] for lang in self.editions if lang in alternates), "")

    def language_links(self, same: Mapping[str, str]) -> tuple[LanguageLink, ...]:
        """Return a link for each language: to the same page, or to the home page."""
        return tuple(
            [
                LanguageLink(lang, same.get(lang, home), lang in same)
                for lang, home in self.homes.items()
            ]
        )

    def __repr__(self) -> str:
        return f"<ViewFactory of {self.site!r}>"
