"""Sitemaps and robots.txt (sitemaps.org/protocol.html; RFC 9309)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from rubric.model.edition import Edition
from rubric.model.site import Site, encode
from rubric.model.view import View
from rubric.sitemap.last_modified import last_modified

MAX_BYTES = 50 * 1024 * 1024
"""Maximum size of an uncompressed file, set by the protocol."""

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
_HEAD = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{_NAMESPACE}"'
_START = f'{_HEAD} xmlns:xhtml="{_XHTML}">\n'.encode()
_END = b"</urlset>\n"
_MARKUP = re.compile('[&<>"\n\r\t]')


class Url(NamedTuple):
    """A page: absolute URL, last change, and the links to its translations as XML."""

    address: str
    changed: datetime | None
    links: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """The content of one sitemap file, and the times of its pages' last changes."""

    content: bytes
    changes: Sequence[datetime]


def is_listed(view: View) -> bool:
    """True if a page belongs in the sitemap: indexable and its own canonical page."""
    return view.is_indexed and view.canonical == view.url and view.template != "redirect"


def find_urls(site: Site, views: Iterable[View], editions: Mapping[str, Edition]) -> list[Url]:
    """Return all listed pages, sorted by URL."""
    listed = [view for view in views if is_listed(view)]
    root = site.absolute("")
    tags = {key: language.tag for key, language in site.languages.items()}
    links: dict[int, str] = {}
    urls = []
    for view in listed:
        # Translations share one set of alternates.
        alternates = view.alternates
        shared = links.get(id(alternates))
        if shared is None:
            shared = links[id(alternates)] = _links(_alternates(view, tags, root))
        urls.append(Url(root + encode(view.url), last_modified(view, editions), shared))
    urls.sort(key=attrgetter("address"))
    return urls


def _alternates(view: View, tags: Mapping[str, str], root: str) -> Iterator[tuple[str, str]]:
    """Yield the alternates that the page has in its head."""
    for lang, address in view.alternates.items():
        yield tags[lang], root + encode(address)
    if view.alternates:
        yield "x-default", root + encode(view.x_default)


def write_sitemaps(site: Site, urls: Iterable[Url], max_urls: int) -> Iterator[tuple[str, bytes]]:
    """Yield address and content of each file: one sitemap, or an index and numbered parts."""
    parts = list(split(urls, max_urls))
    if len(parts) == 1:
        yield "sitemap.xml", parts[0].content
        return
    yield "sitemap.xml", _index(site, parts)
    for number, part in enumerate(parts, 1):
        yield part_address(number), part.content


def part_address(number: int) -> str:
    return f"sitemap-{number}.xml"


def split(urls: Iterable[Url], max_urls: int, max_bytes: int = MAX_BYTES) -> Iterator[Part]:
    """Divide URLs into files within the limits of the protocol; yields at least one."""
    lines: list[bytes] = []
    changes: list[datetime] = []
    size = len(_START) + len(_END)
    for url in urls:
        line = _url(url)
        if lines and (len(lines) == max_urls or size + len(line) > max_bytes):
            yield _part(lines, changes)
            lines, size, changes = [], len(_START) + len(_END), []
        lines.append(line)
        size += len(line)
        if url.changed:
            changes.append(url.changed)
    yield _part(lines, changes)


def _part(lines: Sequence[bytes], changes: Sequence[datetime]) -> Part:
    return Part(b"".join([_START, *lines, _END]), changes)


def _links(alternates: Iterable[tuple[str, str]]) -> str:
    return "".join(
        f'<xhtml:link rel="alternate" hreflang={_attribute(lang)} href={_attribute(address)}/>\n'
        for lang, address in alternates
    )


def _url(url: Url) -> bytes:
    # The schema requires elements of other namespaces to come last.
    changed = _lastmod(url.changed)
    return f"<url>\n<loc>{escape(url.address)}</loc>\n{changed}{url.links}</url>\n".encode()


def _attribute(value: str) -> str:
    return quoteattr(value) if _MARKUP.search(value) else f'"{value}"'


def _index(site: Site, parts: list[Part]) -> bytes:
    rows = "".join(
        f"<sitemap>\n<loc>{escape(site.absolute(part_address(number)))}</loc>\n"
        f"{_lastmod(max(part.changes, default=None))}</sitemap>\n"
        for number, part in enumerate(parts, 1)
    )
    start = f'<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="{_NAMESPACE}">\n'
    return f"{start}{rows}</sitemapindex>\n".encode()


def _lastmod(changed: datetime | None) -> str:
    return f"<lastmod>{changed.isoformat(timespec='seconds')}</lastmod>\n" if changed else ""


def robots(site: Site) -> bytes:
    """Return robots.txt, which allows everything: other pages have `noindex`."""
    return f"User-agent: *\nDisallow:\n\nSitemap: {site.absolute('sitemap.xml')}\n".encode()
