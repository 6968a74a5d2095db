"""Builds editions: the entries and lists that the site has in each language."""

from __future__ import annotations

from collections.abc import Callable, Container
from gettext import NullTranslations
from operator import attrgetter

from rubric.model.edition import AuthorPage, Edition, Listing, PlacePage, TagPage
from rubric.model.entry import Entry, by_key, newest_first
from rubric.model.kinds import Section
from rubric.model.language import Language
from rubric.model.site import Site
from rubric.model.tag import Tag


def check_translations(site: Site) -> None:
    """Report two files that are the same text in the same language."""
    seen: dict[str, Entry] = {}
    for entry in sorted([*site.entries, *site.gone], key=attrgetter("source")):
        first = seen.setdefault(entry.guid, entry)
        if first is not entry:
            site.errors.add(
                site.where(entry),
                f"is the {site.languages[entry.lang].tag} translation of “{entry.key}”, and so "
                f"is {site.where(first)}.",
                "Change translation_key in one of them, or delete one.",
                line=entry.lines.get("translation_key", 0),
                field="translation_key",
            )


def build_editions(
    site: Site,
    catalogue_of: Callable[[Language], NullTranslations],
    country_name: Callable[[str, str], str],
) -> dict[str, Edition]:
    """Build the edition of each language from the site's published entries, in linear time.

    `country_name` returns a country's name for a language key and an ISO 3166-1 code.
    """
    shown = _listings(site)
    editions = {
        language.key: _build(
            site, language, catalogue_of(language), country_name, shown[language.key]
        )
        for language in site.languages.values()
    }
    if site.drafts.is_shown:
        for entry in newest_first(entry for entry in site.entries if entry.status == "draft"):
            editions[entry.lang].drafts.append(Listing(entry, entry.lang, entry.url))
    return editions


def _listings(site: Site) -> dict[str, list[Listing]]:
    """Return the listings of each edition by language key, newest first."""
    published = newest_first(site.published())
    translations = by_key(published)
    shown: dict[str, list[Listing]] = {lang: [] for lang in site.languages}
    # Hidden texts have addresses, too. Some file systems ignore case.
    urls = {
        language.key: {e.url.casefold() for e in site.entries if e.lang == language.key}
        for language in site.languages.values()
        if language.fallback == "full"
    }
    for entry in published:
        shown[entry.lang].append(Listing(entry, entry.lang, entry.url))
        versions = translations[entry.key]
        if not entry.kind.has_fallback or len(versions) == len(shown):
            continue
        for lang, language in site.languages.items():
            if lang not in versions and entry is _fallback_of(language, versions):
                url = _fallback_url(language, entry, urls.get(lang))
                shown[lang].append(Listing(entry, lang, url))
    return shown


def _build(
    site: Site,
    language: Language,
    catalogue: NullTranslations,
    country_name: Callable[[str, str], str],
    shown: list[Listing],
) -> Edition:
    sections: dict[Section, list[Listing]] = {}
    for item in shown:
        sections.setdefault(item.entry.kind.section, []).append(item)
    edition = Edition(
        language=language,
        gettext=catalogue.gettext,
        ngettext=catalogue.ngettext,
        posts=sections.get("posts", []),
        events=sorted(
            (item for item in sections.get("events", ()) if item.entry.event),
            key=lambda item: (item.event.starts_at, item.entry.key),
        ),
        groups=sorted(
            sections.get("groups", ()), key=lambda item: (item.entry.title, item.entry.key)
        ),
        pages=sorted(sections.get("pages", ()), key=lambda item: item.entry.key),
        issues=sections.get("issues", []),
    )
    edition.places = _place_pages(site, language.key, country_name, edition)
    listed = [item for item in shown if item.entry.kind.is_listed]
    edition.tags = _tag_pages(site, language, listed)
    edition.authors = _author_pages(site, language, listed)
    return edition


def _fallback_of(language: Language, versions: dict[str, Entry]) -> Entry | None:
    """Return the translation to show in an edition that has none of its own, or None.

    Events and groups are relevant to people nearby in any language, so every edition lists them,
    whatever its `fallback` is.
    """
    is_everywhere = next(iter(versions.values())).kind.is_everywhere
    if language.fallback == "hide" and not is_everywhere:
        return None
    chain = [versions[lang] for lang in language.chain if lang in versions]
    if chain or not is_everywhere:
        return chain[0] if chain else None
    return min(versions.values(), key=lambda entry: entry.lang)


def _fallback_url(language: Language, entry: Entry, own_urls: Container[str] | None) -> str:
    """Return the address of a fallback: with `full`, in the edition unless it is taken there."""
    if own_urls is None:
        return entry.url
    here = f"{language.key}/{entry.url.partition('/')[2]}"
    return entry.url if here.casefold() in own_urls else here


def _tag_pages(site: Site, language: Language, listings: list[Listing]) -> dict[str, TagPage]:
    """Return rubrics in the order of rubrics.toml, then other tags by label; by identity."""
    members: dict[str, tuple[Tag, list[Listing]]] = {}
    for item in listings:
        for tag in item.entry.tags:
            members.setdefault(tag.identity, (tag, []))[1].append(item)
    pages = [_tag_page(site, language, tag, items) for tag, items in members.values()]
    order = {id: place for place, id in enumerate(site.rubrics)}
    pages.sort(
        key=lambda p: (order.get(p.tag.identity, len(order)), p.label.casefold(), p.tag.slug)
    )
    return {page.tag.identity: page for page in pages}


def _tag_page(site: Site, language: Language, tag: Tag, listings: list[Listing]) -> TagPage:
    rubric = site.rubrics.get(tag.identity)
    if rubric:
        label = rubric.label[language.key]
        description = rubric.description.get(language.key, "")
    else:
        # The spelling of the oldest text; texts in the edition's language take precedence.
        label = min(reversed(listings), key=lambda item: item.is_fallback).entry.spelling_of(tag)
        description = ""
    return TagPage(tag, language.key, label, description, rubric, listings)


def _author_pages(site: Site, language: Language, listings: list[Listing]) -> dict[str, AuthorPage]:
    names = {name for item in listings for name in item.entry.metadata.authors}
    authors = {name: site.author(name) for name in names}
    pages: dict[str, AuthorPage] = {}
    for item in listings:
        for author in map(authors.__getitem__, item.entry.metadata.authors):
            page = pages.setdefault(author.slug, AuthorPage(author, language.key, []))
            if page.listings[-1:] != [item]:  # an author may be named twice
                page.listings.append(item)
    return dict(sorted(pages.items()))


def _place_pages(
    site: Site, lang: str, country_name: Callable[[str, str], str], edition: Edition
) -> dict[str, PlacePage]:
    """Return countries by name, each followed by its cities, by key.

    Online events and texts without a country and a city are on no page.
    """
    pages: dict[str, PlacePage] = {}
    for item in [*edition.groups, *edition.events]:
        event, group = item.entry.event, item.entry.group
        if event and event.attendance == "online":
            continue
        city = site.cities.get(item.entry.key)
        own = event.place.country if event else group.country if group else ""
        places: list[PlacePage] = []
        if country := city.country if city else own:
            name = country_name(lang, country)
            places.append(PlacePage(lang, country.lower(), name, country, None))
        if city:
            places.append(PlacePage(lang, city.key, city.name_in(lang), country, city))
        for place in places:
            page = pages.setdefault(place.key, place)
            (page.groups if group else page.events).append(item)
    countries = {page.country: page.name for page in pages.values() if page.city is None}
    ordered = sorted(
        pages.values(),
        key=lambda p: (countries.get(p.country, ""), p.country, p.city is not None, p.name, p.key),
    )
    return {page.key: page for page in ordered}
