"""Views of lists: home, topics, authors, archive, and the pages of no edition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, islice

from rubric.model.edition import Edition, Listing
from rubric.model.frames import Frames
from rubric.model.view import View

TAGS = 200
TITLES = 80
YEARS = 20
"""What one page lists at the most; more would make it too large."""

_Years = dict[int, dict[int, list[Listing]]]
"""Posts by year and month, newest first."""


def make_list_views(frames: Frames, home_posts: int) -> Iterator[View]:
    """Every page that is no single entry's and not about events."""
    years = {edition.lang: _by_month(edition) for edition in frames.editions.values()}
    for edition in frames.editions.values():
        yield _home(frames, edition, home_posts)
        yield from _tags(frames, edition)
        yield from _authors(frames, edition)
        yield from _archive(frames, edition, years)
        yield from _drafts(frames, edition)
        yield _not_found(frames, edition)
    default = frames.editions[frames.site.languages.default.key]
    homes = {edition.lang: edition.home for edition in frames.editions.values()}
    yield View(
        "chooser",
        default,
        "",
        default.language.site_name,
        " · ".join(filter(None, [default.language.tagline, *_languages(frames)])),
        alternates=homes,
    )
    yield _missing(default, "404.html")


def _languages(frames: Frames) -> list[str]:
    return [edition.language.name for edition in frames.editions.values()]


def _drafts(frames: Frames, edition: Edition) -> Iterator[View]:
    """The list of a preview; no feed, search engine or menu of a public site leads there."""
    if edition.drafts:
        view = frames.make_list(edition, "drafts", "drafts/", edition.gettext("Drafts"), langs=())
        view.is_indexed, view.alternates, view.x_default = False, {}, ""
        view.variables = {"listings": edition.drafts}
        yield view


def _home(frames: Frames, edition: Edition, posts: int) -> View:
    view = frames.make_list(edition, "home", "", edition.language.site_name)
    view.description = edition.language.tagline
    view.x_default = ""
    view.variables = {"posts": edition.front(posts)}
    return view


def _tags(frames: Frames, edition: Edition) -> Iterator[View]:
    if edition.tags:
        title = edition.gettext("All topics")
        about = edition.gettext("Rubrics and hashtags: find texts by what they are about.")
        langs = [other.lang for other in frames.editions.values() if other.tags]
        view = frames.make_list(edition, "tags", "tags/", title, about, langs=langs)
        words = [page for page in edition.tags.values() if page.has_own and not page.rubric]
        yield from frames.split(view, words, TAGS, is_forward=True)
    about = edition.gettext("All posts with the hashtag %(tag)s.")
    if "events" in frames.site.features:
        about = edition.gettext("All posts and events with the hashtag %(tag)s.")
    for identity, page in edition.tags.items():
        hashtag = f"#{page.tag.spelling if page.rubric else page.label}"
        view = frames.make_list(
            edition,
            "tag",
            f"tags/{page.tag.slug}/",
            page.label,
            page.description or about % {"tag": hashtag},
            subject=page,
            # A rubric may have the label of a section ("Events"), a tag that of a place.
            document_title=f"{page.label} ({hashtag})" if page.rubric else hashtag,
            langs=[e.lang for e in frames.editions.values() if identity in e.tags],
        )
        yield from frames.split(view, page.listings)


def _authors(frames: Frames, edition: Edition) -> Iterator[View]:
    for slug, page in edition.authors.items():
        view = frames.make_list(
            edition,
            "author",
            f"authors/{slug}/",
            page.name,
            page.bio or edition.gettext("All texts by %(name)s.") % {"name": page.name},
            subject=page,
            langs=[e.lang for e in frames.editions.values() if slug in e.authors],
        )
        yield from frames.split(view, page.listings)


def _archive(frames: Frames, edition: Edition, years: Mapping[str, _Years]) -> Iterator[View]:
    title = edition.gettext("Archive")
    about = edition.gettext("All posts by year and month.")
    view = frames.make_list(edition, "archive", "archive/", title, about)
    pages = {
        year: list(_archive_year(frames, edition, years, year)) for year in years[edition.lang]
    }
    newest = next(iter(pages.values()), [])
    view.variables = {
        "years": {year: _months(views) for year, views in islice(pages.items(), YEARS)},
        "older_years": [*islice(pages, YEARS, None)],
        # The first page of the newest year, and what it leaves out by month.
        "newest": newest[0].variables["months"] if newest else {},
        "is_cut": len(newest) > 1,
    }
    yield view
    for views in pages.values():
        yield from views


def _archive_year(
    frames: Frames, edition: Edition, years: Mapping[str, _Years], year: int
) -> Iterator[View]:
    months = years[edition.lang][year]
    title = edition.gettext("Archive")
    view = frames.make_list(
        edition,
        "archive_year",
        f"archive/{year}/",
        f"{title} {year}",
        edition.gettext("All posts of %(year)s by month.") % {"year": year},
        langs=[lang for lang in years if year in years[lang]],
    )
    view.variables = {"year": year}
    posts = [item for items in months.values() for item in items]
    for part in frames.split_by_age(view, posts, TITLES):
        part.variables = {**part.variables, "months": _split_by_month(part)}
        yield part


def _split_by_month(view: View) -> dict[int, list[Listing]]:
    listings: Sequence[Listing] = view.variables["listings"]
    return {month: list(items) for month, items in groupby(listings, _month)}


def _month(item: Listing) -> int:
    return item.entry.date.month if item.entry.date else 0


def _months(views: Sequence[View]) -> dict[int, tuple[int, str]]:
    """The number of posts of each month of a year, and the address of its newest ones."""
    found: dict[int, tuple[int, str]] = {}
    for view in views:
        for month, items in view.variables["months"].items():
            count, url = found.get(month, (0, view.url))
            found[month] = (count + len(items), url)
    return found


def _by_month(edition: Edition) -> _Years:
    years: _Years = {}
    for item in edition.posts:
        if date := item.entry.date:
            years.setdefault(date.year, {}).setdefault(date.month, []).append(item)
    return years


def _not_found(frames: Frames, edition: Edition) -> View:
    view = _missing(edition, f"{edition.home}404.html")
    view.switches = frames.switches({lang: f"{lang}/404.html" for lang in frames.editions})
    return view


def _missing(edition: Edition, url: str) -> View:
    _ = edition.gettext
    about = _("There is nothing at this address. Perhaps it has moved.")
    return View("404", edition, url, _("Page not found"), about, is_indexed=False)
