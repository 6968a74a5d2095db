"""Builds editions: which entries a language's readers see, where, and under what."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from gettext import NullTranslations

from rubric.editions.places import build_places
from rubric.model.edition import AuthorPage, Edition, Listing, TagPage
from rubric.model.entry import Entry, by_key, newest_first
from rubric.model.kinds import Section
from rubric.model.language import Language
from rubric.model.site import Site
from rubric.model.tag import Tag


def build_editions(
    site: Site,
    catalogue_of: Callable[[Language], NullTranslations],
    country_name: Callable[[str, str], str],
) -> dict[str, Edition]:
    """Make every language's edition of the site's published entries. Linear time.

    `country_name` gives a country's name by language key and ISO 3166-1 code.
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
    """What each edition shows, by language key, newest first."""
    published = newest_first(site.published())
    translations = by_key(published)
    shown: dict[str, list[Listing]] = {lang: [] for lang in site.languages}
    # Hidden texts have addresses, too; file systems that ignore case write both to one file.
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
            if lang not in versions and entry is _stand_in(language, versions):
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
        groups=_by_title(sections.get("groups", ())),
        pages=sorted(sections.get("pages", ()), key=lambda item: item.entry.key),
        issues=sections.get("issues", []),
    )
    edition.places = build_places(site, language.key, country_name, edition)
    listed = [item for item in shown if item.entry.kind.is_listed]
    edition.tags = _tag_pages(site, language, listed)
    edition.authors = _author_pages(site, language, listed)
    return edition


def _stand_in(language: Language, versions: dict[str, Entry]) -> Entry | None:
    """The version shown where a translation is missing.

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
    """A page of its own under `full`, unless a text of the edition lives there."""
    if own_urls is None:
        return entry.url
    here = f"{language.key}/{entry.url.partition('/')[2]}"
    return entry.url if here.casefold() in own_urls else here


def _by_title(listings: Iterable[Listing]) -> list[Listing]:
    return sorted(listings, key=lambda item: (item.entry.title, item.entry.key))


def _tag_pages(site: Site, language: Language, listings: list[Listing]) -> dict[str, TagPage]:
    """Rubrics in their file's order, then other tags by label."""
    members: dict[str, tuple[Tag, list[Listing]]] = {}
    for item in listings:
        for tag in item.entry.tags:
            found = members.get(tag.identity)
            if found is None:
                found = members[tag.identity] = (tag, [])
            found[1].append(item)
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
        # The oldest text spelled it first; own texts go before stand-ins.
        label = min(reversed(listings), key=lambda item: item.is_fallback).entry.spelling_of(tag)
        description = ""
    return TagPage(tag, language.key, label, description, rubric, listings)


def _author_pages(site: Site, language: Language, listings: list[Listing]) -> dict[str, AuthorPage]:
    pages: dict[str, AuthorPage] = {}
    found: dict[str, list[Listing]] = {}
    for item in listings:
        for name in item.entry.metadata.authors:
            own = found.get(name)
            if own is None:
                author = site.author(name)
                page = pages.setdefault(author.slug, AuthorPage(author, language.key, []))
                own = found[name] = page.listings
            if not (own and own[-1] is item):  # named twice
                own.append(item)
    return dict(sorted(pages.items()))
