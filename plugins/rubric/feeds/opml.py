"""OPML 2.0 (opml.org/spec2.opml): all feeds by language, for importing them at once.

Each feed is listed once, as RSS: a reader that imports all formats would show duplicates.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree

from rubric.feeds.channels import Channel
from rubric.model.markup import to_xml_text
from rubric.model.site import Site

ADDRESS = "feeds.opml"


def render_opml(site: Site, channels: Iterable[Channel]) -> bytes:
    """Return the channels grouped by edition, in the given order."""
    root = ElementTree.Element("opml", version="2.0")
    title = ElementTree.SubElement(ElementTree.SubElement(root, "head"), "title")
    title.text = to_xml_text(site.languages.default.site_name)
    body = ElementTree.SubElement(root, "body")
    groups: dict[str, ElementTree.Element] = {}
    for channel in channels:
        language = channel.edition.language
        if language.key not in groups:
            groups[language.key] = ElementTree.SubElement(body, "outline", text=language.name)
        attributes = {
            "type": "rss",
            "version": "RSS2",
            "text": channel.title,
            "title": channel.title,
            "description": channel.description,
            "language": language.tag,
            "htmlUrl": site.absolute(channel.home),
            "xmlUrl": site.absolute(channel.url("rss.xml")),
        }
        written = {name: to_xml_text(value) for name, value in attributes.items() if value}
        ElementTree.SubElement(groups[language.key], "outline", written)
    ElementTree.indent(root, "")
    content: bytes = ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return content + b"\n"
