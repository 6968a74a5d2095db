"""Views of lists: home, tags, authors, archive, language chooser and error pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from rubric.model.edition import Edition, Listing
from rubric.model.view import View
from rubric.model.view_factory import ViewFactory, by_year

TAGS = 200
TITLES = 80
YEARS = 20
"""The maximum numbers on one page, which limit its size."""

_Years = dict[int, list[Listing]]


def make_list_views(factory: ViewFactory, home_posts: int) -> Iterator[View]:
    """Make all pages except those of single entries and about events."""
    years = {
        lang: by_year(edition.posts, lambda item: item.entry.date)
        for lang, edition in factory.editions.items()
    }
    for edition in factory.editions.values():
        yield _home(factory, edition, home_posts)
        yield from _tags(factory, edition)
        yield from _authors(factory, edition)
        yield from _archive(factory, edition, years)
        yield from _drafts(factory, edition)
        yield _not_found(factory, edition)
    default = factory.editions[factory.site.languages.default.key]
    languages = [edition.language.name for edition in factory.editions.values()]
    yield View(
        "chooser",
        default,
        "",
        default.language.site_name,
        " · ".join(filter(None, [default.language.tagline, *languages])),
        alternates=factory.homes,
    )
    yield _missing(default, "404.html")


def _drafts(factory: ViewFactory, edition: Edition) -> Iterator[View]:
    """Make the list of drafts of a preview; search engines do not index it."""
    if edition.drafts:
        view = factory.make_list(
            edition, "draft_list", "drafts/", edition.gettext("Drafts"), langs=()
        )
        view.is_indexed, view.alternates, view.x_default = False, {}, ""
        view.variables = {"listings": edition.drafts}
        yield view


def _home(factory: ViewFactory, edition: Edition, posts: int) -> View:
    view = factory.make_list(edition, "home", "", edition.language.site_name)
    view.description = edition.language.tagline
    view.x_default = ""
    view.variables = {"posts": edition.front(posts)}
    return view


def _tags(factory: ViewFactory, edition: Edition) -> Iterator[View]:
    if edition.tags:
        title = edition.gettext("All topics")
        about = edition.gettext("Rubrics and hashtags: find texts by what they are about.")
        langs = [other.lang for other in factory.editions.values() if other.tags]
        view = factory.make_list(edition, "tags", "tags/", title, about, langs=langs)
        words = [page for page in edition.tags.values() if page.has_own and not page.rubric]
        yield from factory.split(view, words, TAGS, is_forward=True)
    about = edition.gettext("All posts with the hashtag %(tag)s.")
    if "events" in factory.site.features:
        about = edition.gettext("All posts and events with the hashtag %(tag)s.")
    for identity, page in edition.tags.items():
        hashtag = f"#{page.tag.spelling if page.rubric else page.label}"
        view = factory.make_list(
            edition,
            "tag",
            f"tags/{page.tag.slug}/",
            page.label,
            page.description or about % {"tag": hashtag},
            subject=page,
            # A rubric may have the label of a section ("Events"), a tag that of a place.
            document_title=f"{page.label} ({hashtag})" if page.rubric else hashtag,
            langs=[e.lang for e in factory.editions.values() if identity in e.tags],
        )
        yield from factory.split(view, page.listings)


def _authors(factory: ViewFactory, edition: Edition) -> Iterator[View]:
    for slug, page in edition.authors.items():
        view = factory.make_list(
            edition,
            "author",
            f"authors/{slug}/",
            page.name,
            page.bio or edition.gettext("All texts by %(name)s.") % {"name": page.name},
            subject=page,
            langs=[e.lang for e in factory.editions.values() if slug in e.authors],
        )
        yield from factory.split(view, page.listings)


def _archive(factory: ViewFactory, edition: Edition, years: Mapping[str, _Years]) -> Iterator[View]:
    title = edition.gettext("Archive")
    about = edition.gettext("All posts by year and month.")
    view = factory.make_list(edition, "archive", "archive/", title, about)
    about = edition.gettext("All posts of %(year)s by month.")
    pages: dict[int, list[View]] = {year: [] for year in years[edition.lang]}
    for page in factory.split_by_year(view, "archive_year", about, years, TITLES):
        page.variables = {**page.variables, "months": _by_month(page.variables["listings"])}
        pages[page.variables["year"]].append(page)
    newest = next(iter(pages.values()), [])
    view.variables = {
        "years": {year: _months(views) for year, views in islice(pages.items(), YEARS)},
        "older_years": [*islice(pages, YEARS, None)],
        # The posts on the first page of the newest year, by month.
        "newest": newest[0].variables["months"] if newest else {},
        "is_cut": len(newest) > 1,
    }
    yield view
    for views in pages.values():
        yield from views


def _by_month(listings: Iterable[Listing]) -> dict[int, list[Listing]]:
    months: dict[int, list[Listing]] = {}
    for item in listings:
        if date := item.entry.date:
            months.setdefault(date.month, []).append(item)
    return months


def _months(views: Sequence[View]) -> dict[int, tuple[int, str]]:
    """Return the number of posts of each month, and the address of the page with its newest."""
    found: dict[int, tuple[int, str]] = {}
    for view in views:
        for month, items in view.variables["months"].items():
            count, url = found.get(month, (0, view.url))
            found[month] = (count + len(items), url)
    return found


def _not_found(factory: ViewFactory, edition: Edition) -> View:
    view = _missing(edition, f"{edition.home}404.html")
    view.language_links = factory.language_links(
        {lang: f"{lang}/404.html" for lang in factory.editions}
    )
    return view


def _missing(edition: Edition, url: str) -> View:
    _ = edition.gettext
    about = _("There is nothing at this address. Perhaps it has moved.")
    return View("404", edition, url, _("Page not found"), about, is_indexed=False)
