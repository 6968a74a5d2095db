"""Open Graph and X tags of a page (ogp.me; X falls back to Open Graph)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from mimetypes import guess_type

from babel.core import get_global

from rubric.model.edition import AuthorPage
from rubric.model.entry import Entry
from rubric.model.site import Site
from rubric.model.view import MetaTag, View

_UNSHARED = ("redirect", "404", "gone")


def share_tags(site: Site, view: View) -> list[MetaTag]:
    """Return the tags in order; empty for redirects and error pages."""
    if view.template in _UNSHARED:
        return []
    tags = [MetaTag("property", key, content) for key, content in _open_graph(site, view)]
    card = "summary_large_image" if view.image else "summary"
    return [*(tag for tag in tags if tag.content), MetaTag("name", "twitter:card", card)]


@lru_cache(maxsize=64)
def territorial(locale: str) -> str:
    """Return a locale as language_TERRITORY, the form of Open Graph: `ru` → `ru_RU`.

    A missing territory is taken from CLDR's likely subtags.
    """
    parts = locale.replace("-", "_").split("_")
    if len(parts) > 1 and len(parts[-1]) == 2:
        return f"{parts[0]}_{parts[-1]}"
    known = get_global("likely_subtags")
    likely = str(known.get("_".join(parts)) or known.get(parts[0], "")).split("_")
    return f"{parts[0]}_{likely[-1]}" if len(likely) == 3 else parts[0]


def _open_graph(site: Site, view: View) -> Iterator[tuple[str, str]]:
    entry = view.subject if isinstance(view.subject, Entry) else None
    language = view.edition.language
    yield "og:title", view.edition.title_of(entry) if entry else view.document_title
    yield "og:description", view.description
    yield "og:type", _type_of(view)
    yield "og:url", site.absolute(view.canonical)
    yield "og:site_name", language.site_name
    yield "og:locale", territorial(site.languages[entry.lang if entry else language.key].locale)
    for lang in view.alternates:
        if lang != view.edition.lang:
            yield "og:locale:alternate", territorial(site.languages[lang].locale)
    if view.image:
        yield "og:image", site.absolute(view.image.url)
        yield "og:image:type", guess_type(view.image.url)[0] or "image/png"
        yield "og:image:width", str(view.image.width)
        yield "og:image:height", str(view.image.height)
        yield "og:image:alt", view.image.alt
    if entry and entry.is_post:
        yield from _article(site, view, entry)


def _type_of(view: View) -> str:
    if isinstance(view.subject, AuthorPage):
        return "profile"
    is_text = isinstance(view.subject, Entry) and view.subject.is_post
    return "article" if is_text else "website"


def _article(site: Site, view: View, entry: Entry) -> Iterator[tuple[str, str]]:
    if entry.date:
        yield "article:published_time", entry.date.isoformat()
        yield "article:modified_time", (entry.modified or entry.date).isoformat()
    for name in entry.metadata.authors:
        page = view.edition.authors.get(site.author(name).slug)
        yield "article:author", site.absolute(page.url) if page else ""
    rubric = view.edition.tags.get(entry.rubric) if entry.rubric else None
    yield "article:section", rubric.label if rubric else ""
    for tag in entry.tags:
        yield "article:tag", tag.spelling if tag.identity != entry.rubric else ""
