"""The HTML of an entry in feeds: full text, absolute links, only characters allowed in XML."""

from __future__ import annotations

from html import escape

from rubric.model.entry import Entry
from rubric.model.markup import to_xml_text, widen_links
from rubric.model.picture import use_fallbacks
from rubric.model.site import Site


def to_feed_html(site: Site, entry: Entry, facts: str = "") -> str:
    """Return the full text of an entry, preceded by `facts` (HTML, e.g. the time of an event)."""
    parts = [facts, _quotation(entry), _picture(site, entry), entry.body]
    shown = use_fallbacks("\n".join(filter(None, parts)), site.pictures)
    html = widen_links(shown, site.absolute(entry.url), site.origin)
    language = site.languages[entry.lang]
    if language.dir == "rtl":
        # Readers show HTML from left to right unless it says otherwise.
        html = f'<div lang="{language.tag}" dir="rtl">{html}</div>'
    return to_xml_text(html)


def _quotation(entry: Entry) -> str:
    quotation = entry.quotation
    if quotation is None:
        return ""
    paragraphs = "".join(f"<p>{escape(text)}</p>" for text in quotation.text.split("\n\n"))
    about = ", ".join(filter(None, [quotation.by, quotation.role, quotation.source]))
    return f"<blockquote>{paragraphs}</blockquote>" + (f"<p>— {escape(about)}</p>" if about else "")


def _picture(site: Site, entry: Entry) -> str:
    if not entry.picture:
        return ""
    alt = escape(entry.metadata.image_alt or "")
    return f'<p><img src="{escape(entry.picture)}" alt="{alt}"></p>'
