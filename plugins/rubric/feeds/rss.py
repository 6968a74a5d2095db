"""RSS 2.0 with the namespaces recommended by the RSS Advisory Board's profile."""

from __future__ import annotations

from datetime import datetime
from email.utils import format_datetime
from html import escape

from rubric.feeds.channels import FORMATS
from rubric.feeds.documents import Document
from rubric.feeds.items import Item
from rubric.feeds.markup import element, wrap
from rubric.feeds.podcast import ITUNES, Podcast, render_episode, render_show
from rubric.model.site import Site

NAMESPACES = {
    "xmlns_atom": "http://www.w3.org/2005/Atom",
    "xmlns_content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns_dc": "http://purl.org/dc/elements/1.1/",
    "xmlns_fh": "http://purl.org/syndication/history/1.0",
    "xmlns_media": "http://search.yahoo.com/mrss/",
}
_FORMAT = "rss.xml"


def render_rss(
    site: Site, document: Document, updated: datetime, items: str, podcast: Podcast | None = None
) -> str:
    """Return the document; `items` are results of `render_item`.

    `podcast` is given for a document whose items have audio or video.
    """
    channel = document.channel
    tag = channel.edition.language.tag
    itself = site.absolute(channel.url(_FORMAT, document.page))
    parts = [
        element("title", channel.title),
        element("link", site.absolute(channel.home)),
        element("description", channel.description or channel.title),
        element("language", tag),
        element("lastBuildDate", format_datetime(updated)),
        element("generator", "Rubric"),
        element("docs", "https://www.rssboard.org/rss-specification"),
        element("atom:link", href=itself, rel="self", type=FORMATS[_FORMAT]),
    ]
    if document.hub:
        parts.append(element("atom:link", href=document.hub, rel="hub"))
    for relation, url in document.relations(_FORMAT):
        parts.append(
            element("atom:link", href=site.absolute(url), rel=relation, type=FORMATS[_FORMAT])
        )
    if document.page:
        parts.append(element("fh:archive"))
    namespaces = NAMESPACES
    if podcast:
        parts += render_show(site, channel.edition.language.site_name, podcast)
        namespaces = NAMESPACES | {"xmlns_itunes": ITUNES}
    body = wrap("channel", "\n" + "\n".join([*parts, items]) + "\n")
    return wrap("rss", f"\n{body}\n", version="2.0", **namespaces, xml_lang=tag)


def render_item(item: Item) -> str:
    """Return one item; its description is HTML, so plain text is escaped twice."""
    parts = [
        element("title", item.title),
        element("link", item.url),
        element("guid", item.id, isPermaLink="false"),
        element("pubDate", format_datetime(item.published)),
        element("atom:updated", item.updated.isoformat(timespec="seconds")),
        element("description", escape(item.summary, quote=False)),
        *(element("dc:creator", name) for name, _ in item.authors),
        *(element("category", label, domain=url) for label, url in item.categories),
    ]
    if item.is_foreign:
        parts.append(element("dc:language", item.language))
    if item.enclosure:
        parts += render_episode(item.enclosure)
    if picture := item.picture:
        size = str(picture.size)
        if not item.enclosure:  # an item has one enclosure (RSS profile)
            parts.append(element("enclosure", url=picture.url, length=size, type=picture.type))
        alt = element("media:description", picture.alt, type="plain") if picture.alt else ""
        media = {"url": picture.url, "type": picture.type, "fileSize": size, "medium": "image"}
        parts.append(wrap("media:content", alt, **media))
    parts.append(element("content:encoded", item.html))
    lang = item.language if item.is_foreign else ""
    return wrap("item", "\n" + "\n".join(parts) + "\n", xml_lang=lang)
