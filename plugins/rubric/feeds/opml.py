"""OPML 2.0 (opml.org/spec2.opml): all feeds by language, for importing them at once.

Each feed is listed once, as RSS: a reader that imports all formats would show duplicates.
"""

from __future__ import annotations

from collections.abc import Iterable

from rubric.feeds.channels import Channel
from rubric.feeds.markup import PROLOG, element, wrap
from rubric.model.language import Language
from rubric.model.site import Site

ADDRESS = "feeds.opml"


def render_opml(site: Site, channels: Iterable[Channel]) -> bytes:
    """Return the channels grouped by edition, in the given order."""
    groups: dict[str, tuple[Language, list[str]]] = {}
    for channel in channels:
        language = channel.edition.language
        groups.setdefault(language.key, (language, []))[1].append(
            element(
                "outline",
                type="rss",
                version="RSS2",
                text=channel.title,
                title=channel.title,
                description=channel.description,
                language=language.tag,
                htmlUrl=site.absolute(channel.home),
                xmlUrl=site.absolute(channel.url("rss.xml")),
            )
        )
    outlines = [
        wrap("outline", "\n" + "\n".join(feeds) + "\n", text=language.name)
        for language, feeds in groups.values()
    ]
    head = wrap("head", element("title", site.languages.default.site_name))
    body = wrap("body", "\n" + "\n".join(outlines) + "\n")
    return f"{PROLOG}{wrap('opml', f'{head}{body}', version='2.0')}\n".encode()
