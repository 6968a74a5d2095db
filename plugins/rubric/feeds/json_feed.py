"""JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

from __future__ import annotations

import json
from typing import Any

from rubric.feeds.documents import Document
from rubric.feeds.items import Item
from rubric.model.markup import to_xml_text
from rubric.model.site import Site


def render_json(site: Site, document: Document, items: str) -> str:
    """Return the document; `items` are results of `render_json_item`, separated by commas."""
    channel = document.channel
    language = channel.edition.language
    fields: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": to_xml_text(channel.title),
        "home_page_url": site.absolute(channel.home),
        "feed_url": site.absolute(channel.url("json")),
        "description": to_xml_text(channel.description),
        "language": language.tag,
        "authors": [{"name": language.site_name, "url": site.absolute(channel.edition.home)}],
    }
    if document.hub:
        fields["hubs"] = [{"type": "WebSub", "url": document.hub}]
    head = json.dumps(fields, ensure_ascii=False, indent=1).removesuffix("\n}")
    return f'{head},\n "items": [{items}]\n}}'


def render_json_item(item: Item) -> str:
    fields: dict[str, Any] = {
        "id": item.id,
        "url": item.url,
        "title": item.title,
        "content_html": item.html,
        "summary": item.summary,
        "date_published": item.published.isoformat(timespec="seconds"),
        "date_modified": item.updated.isoformat(timespec="seconds"),
        "authors": [{"name": name} | ({"url": url} if url else {}) for name, url in item.authors],
        "tags": [label for label, _ in item.categories],
        "language": item.language,
    }
    attachments: list[dict[str, Any]] = []
    if media := item.enclosure:
        attachments.append(
            {"url": media.url, "mime_type": media.type, "size_in_bytes": media.size}
            | ({"duration_in_seconds": media.seconds} if media.seconds else {})
        )
    if picture := item.picture:
        fields["image"] = picture.url
        size = {} if picture.size is None else {"size_in_bytes": picture.size}
        attachments.append({"url": picture.url, "mime_type": picture.type} | size)
    fields["attachments"] = attachments
    # Content is required, but may be empty.
    shown = {key: value for key, value in fields.items() if value or key == "content_html"}
    return json.dumps(shown, ensure_ascii=False)
