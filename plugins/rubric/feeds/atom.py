"""Atom (RFC 4287)."""

from __future__ import annotations

from datetime import datetime

from rubric.feeds.channels import FORMATS
from rubric.feeds.documents import Document
from rubric.feeds.items import Item
from rubric.feeds.markup import element, wrap
from rubric.model.site import Site

NAMESPACES = {
    "xmlns": "http://www.w3.org/2005/Atom",
    "xmlns_fh": "http://purl.org/syndication/history/1.0",
    "xmlns_media": "http://search.yahoo.com/mrss/",
}
_FORMAT = "atom.xml"


def render_atom(site: Site, document: Document, updated: datetime, entries: str) -> str:
    """Return the document; `entries` are the results of `render_entry`."""
    channel = document.channel
    language, mime = channel.edition.language, FORMATS[_FORMAT]
    itself = site.absolute(channel.url(_FORMAT, document.page))
    home = site.absolute(channel.home)
    parts = [
        element("id", document.id),
        element("title", channel.title),
        element("updated", updated.isoformat(timespec="seconds")),
        wrap("author", element("name", language.site_name)),
        element("link", href=itself, rel="self", type=mime),
        element("link", href=home, rel="alternate", type="text/html", hreflang=language.tag),
    ]
    if document.hub:
        parts.append(element("link", href=document.hub, rel="hub"))
    for relation, url in document.relations(_FORMAT):
        parts.append(element("link", href=site.absolute(url), rel=relation, type=mime))
    if document.page:
        parts.append(element("fh:archive"))
    if channel.description:
        parts.append(element("subtitle", channel.description))
    parts += [element("generator", "Rubric"), entries]
    return wrap("feed", "\n" + "\n".join(parts) + "\n", **NAMESPACES, xml_lang=language.tag)


def render_entry(item: Item) -> str:
    """Return one entry; its summary is plain text (RFC 4287, 3.1.1)."""
    parts = [
        element("id", item.id),
        element("title", item.title),
        element("link", href=item.url, rel="alternate", type="text/html", hreflang=item.language),
        element("published", item.published.isoformat(timespec="seconds")),
        element("updated", item.updated.isoformat(timespec="seconds")),
        *(
            wrap("author", element("name", name) + (element("uri", url) if url else ""))
            for name, url in item.authors
        ),
        *(wrap("category", "", term=label, scheme=url) for label, url in item.categories),
    ]
    if item.calendar:
        parts.append(element("link", href=item.calendar, rel="related", type="text/calendar"))
    if media := item.enclosure:
        link = {"rel": "enclosure", "type": media.type, "length": str(media.size)}
        parts.append(element("link", href=media.url, **link, title=item.title))
    if picture := item.picture:
        size = str(picture.size)
        parts.append(
            element("link", href=picture.url, rel="enclosure", type=picture.type, length=size)
        )
        alt = element("media:description", picture.alt, type="plain") if picture.alt else ""
        content = {"url": picture.url, "type": picture.type, "fileSize": size, "medium": "image"}
        parts.append(wrap("media:content", alt, **content))
    parts += [element("summary", item.summary), element("content", item.html, type="html")]
    lang = item.language if item.is_foreign else ""
    return wrap("entry", "\n" + "\n".join(parts) + "\n", xml_lang=lang)
