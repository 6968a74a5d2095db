"""Makes every page's view: its address, title, translations and where the switcher leads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from plugins.model.edition import AuthorPage, Edition, Listing, TagPage
from plugins.model.entry import Entry, by_key
from plugins.model.site import Site
from plugins.model.view import Switch, View
from plugins.multilingual.related import find_related, find_series


@dataclass(slots=True)
class ViewMaker:
    """Makes the views of one build; `home_posts` and so on are the EDITIONS settings."""

    site: Site
    editions: Mapping[str, Edition]
    page_size: int
    home_posts: int
    home_events: int

    def entry_views(self) -> dict[Entry, View]:
        """A view for each entry's own page, drafts and hidden ones too."""
        versions = by_key(self.site.published())
        shown = {
            (item.entry.key, edition.lang): item.url
            for edition in self.editions.values()
            for item in edition.listings()
        }
        return {
            entry: self._entry_view(entry, versions.get(entry.key, {}), shown)
            for entry in self.site.entries
        }

    def _entry_view(
        self, entry: Entry, versions: Mapping[str, Entry], shown: Mapping[tuple[str, str], str]
    ) -> View:
        alternates = {lang: versions[lang].url for lang in self.editions if lang in versions}
        if not entry.is_published:
            alternates = {}
        view = View(
            template=entry.kind,
            edition=self.editions[entry.lang],
            url=entry.url,
            title=entry.title,
            description=entry.summary,
            is_indexed=entry.is_published,
            alternates=alternates,
            x_default=self._x_default(alternates),
            subject=entry,
        )
        same = dict(alternates)
        for lang in self.editions:
            own = shown.get((entry.key, lang), "")
            if own.startswith(f"{lang}/"):
                same.setdefault(lang, own)
        view.switches = self._switches(same)
        view.related = find_related(view.edition, entry)
        view.series = find_series(view.edition, entry)
        return view

    def fallback_views(self, entry_views: Mapping[Entry, View]) -> Iterator[View]:
        """Pages of an edition that show an original where no translation exists."""
        for edition in self.editions.values():
            for item in edition.listings():
                if item.is_fallback and item.url.startswith(edition.home):
                    original = entry_views[item.entry]
                    yield View(
                        template=item.entry.kind,
                        edition=edition,
                        url=item.url,
                        title=item.entry.title,
                        description=item.entry.summary,
                        canonical=item.entry.url,
                        is_indexed=False,
                        switches=original.switches,
                        subject=item.entry,
                        related=find_related(edition, item.entry),
                        series=find_series(edition, item.entry),
                        variables={"entry": item.entry},
                    )

    def list_views(self) -> Iterator[View]:
        """Every page that is no single entry's."""
        for edition in self.editions.values():
            yield self._home(edition)
            yield from self._tags(edition)
            yield from self._authors(edition)
            yield from self._archive(edition)
            yield from self._events(edition)
            yield from self._groups(edition)
            yield self._not_found(edition)
        default = self.editions[self.site.languages.default.key]
        homes = {edition.lang: edition.home for edition in self.editions.values()}
        yield View("chooser", default, "", default.language.site_name, alternates=homes)
        yield View("404", default, "404.html", default.gettext("Page not found"), is_indexed=False)
        yield from self._redirects()

    def _home(self, edition: Edition) -> View:
        view = self._list(edition, "home", "", edition.language.site_name)
        view.description = edition.language.tagline
        view.x_default = ""
        view.variables = {
            "posts": edition.front(self.home_posts),
            "events": edition.next(self.site.now)[: self.home_events],
        }
        return view

    def _tags(self, edition: Edition) -> Iterator[View]:
        _ = edition.gettext
        if edition.tags:
            yield self._list(
                edition, "tags", "tags/", _("All topics"), has=lambda other: bool(other.tags)
            )
        for page in edition.tags.values():
            identity = page.tag.identity
            yield from self._paged(
                self._list(
                    edition,
                    "tag",
                    f"tags/{page.tag.slug}/",
                    page.label,
                    page.description,
                    subject=page,
                    has=lambda other, identity=identity: identity in other.tags,
                ),
                page.listings,
            )

    def _authors(self, edition: Edition) -> Iterator[View]:
        for page in edition.authors.values():
            slug = page.author.slug
            yield from self._paged(
                self._list(
                    edition,
                    "author",
                    f"authors/{slug}/",
                    page.name,
                    page.bio,
                    subject=page,
                    has=lambda other, slug=slug: slug in other.authors,
                ),
                page.listings,
            )

    def _archive(self, edition: Edition) -> Iterator[View]:
        _ = edition.gettext
        years: dict[int, dict[int, list[Listing]]] = {}
        for item in edition.posts:
            if item.entry.date:
                months = years.setdefault(item.entry.date.year, {})
                months.setdefault(item.entry.date.month, []).append(item)
        view = self._list(
            edition, "archive", "archive/", _("Archive"), has=lambda other: bool(other.posts)
        )
        view.variables = {"years": years}
        yield view
        for year, months in years.items():
            view = self._list(
                edition,
                "archive_year",
                f"archive/{year}/",
                f"{_('Archive')} {year}",
                has=lambda other, year=year: any(
                    item.entry.date and item.entry.date.year == year for item in other.posts
                ),
            )
            view.variables = {"year": year, "months": months}
            yield view

    def _events(self, edition: Edition) -> Iterator[View]:
        _ = edition.gettext
        view = self._list(
            edition, "events", "events/", _("Events"), has=lambda other: bool(other.events)
        )
        view.description = _("Meetups, talks and workshops: the next dates, and what was.")
        now = self.site.now
        view.variables = {"upcoming": edition.upcoming(now), "past": edition.past(now)}
        yield view

    def _groups(self, edition: Edition) -> Iterator[View]:
        _ = edition.gettext
        view = self._list(
            edition, "groups", "groups/", _("User groups"), has=lambda other: bool(other.groups)
        )
        view.description = _("Find the group that meets near you, in your language.")
        yield view

    def _not_found(self, edition: Edition) -> View:
        view = self._list(edition, "404", "404.html", edition.gettext("Page not found"))
        view.is_indexed, view.alternates, view.x_default = False, {}, ""
        return view

    def _redirects(self) -> Iterator[View]:
        for entry in self.site.entries:
            for alias in entry.metadata.aliases:
                yield View(
                    template="redirect",
                    edition=self.editions[entry.lang],
                    url=alias_address(alias),
                    title=entry.title,
                    canonical=entry.url,
                    is_indexed=False,
                    variables={"entry": entry},
                )

    def _list(
        self,
        edition: Edition,
        template: str,
        path: str,
        title: str,
        description: str = "",
        subject: TagPage | AuthorPage | None = None,
        has: Any = None,
    ) -> View:
        """A list's view; `has` tells whether another edition has the same list."""
        alternates = {
            lang: f"{lang}/{path}"
            for lang, other in self.editions.items()
            if other is edition or has is None or has(other)
        }
        return View(
            template=template,
            edition=edition,
            url=f"{edition.lang}/{path}",
            title=title,
            description=description,
            alternates=alternates,
            x_default=self._x_default(alternates),
            switches=self._switches(alternates),
            subject=subject,
        )

    def _paged(self, first: View, listings: list[Listing]) -> Iterator[View]:
        """Split a long list; later pages stand below page/<n>/ and have no alternates."""
        size = self.page_size
        count = max(1, -(-len(listings) // size))
        urls = [first.url, *(f"{first.url}page/{n}/" for n in range(2, count + 1))]
        for number, url in enumerate(urls):
            view = first
            if number:
                view = View(
                    template=first.template,
                    edition=first.edition,
                    url=url,
                    title=first.title,
                    description=first.description,
                    switches=first.switches,
                    subject=first.subject,
                )
            view.variables = {
                "listings": listings[number * size : (number + 1) * size],
                "page_number": number + 1,
                "page_count": count,
                "previous_url": urls[number - 1] if number else "",
                "next_url": urls[number + 1] if number + 1 < count else "",
            }
            yield view

    def _x_default(self, alternates: Mapping[str, str]) -> str:
        """The default language's version, else the first there is."""
        return next((alternates[lang] for lang in self.editions if lang in alternates), "")

    def _switches(self, same: Mapping[str, str]) -> list[Switch]:
        return [
            Switch(lang, same.get(lang, edition.home), lang in same)
            for lang, edition in self.editions.items()
        ]


def alias_address(alias: str) -> str:
    """A former address as a front matter gives it, below the root with a trailing slash."""
    return f"{alias.strip('/')}/" if "." not in alias.rpartition("/")[2] else alias.strip("/")
