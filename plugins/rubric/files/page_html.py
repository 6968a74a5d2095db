"""Recordings, players of other sites and downloads in the HTML of texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from html import escape, unescape

from rubric.model.embeds import find_player
from rubric.model.recording import Download, Recording

_PLAYER = re.compile(
    r"<(?P<kind>audio|video)\b(?P<rest>[^<>]*)>(?P<inside>(?:(?!</?(?:audio|video)\b).)*)</(?P=kind)>"
    r"(?P<caption>\s*<figcaption\b[^<>]*>(?:(?!</figcaption>).)*)?",
    re.IGNORECASE | re.DOTALL,
)
_SOURCE = re.compile(r"\ssrc\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_EMBED = re.compile(
    r'<figure class="picture(?P<classes>[^"<>]*)"(?P<rest>[^<>]*)>'
    r'<a href="(?P<url>https://[^"<>]*)"(?P<attributes>[^<>]*)>(?P<inside>(?:(?!</?a\b).)*)</a>',
    re.DOTALL,
)
_DOWNLOAD = re.compile(
    r"<a\s(?P<rest>[^<>]*)>(?P<inside>(?:(?!</a>).)*)</a>", re.IGNORECASE | re.DOTALL
)
_HREF = re.compile(r"(?:^|\s)href\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)

Gettext = Callable[[str], str]


def print_recordings(
    html: str, recordings: Mapping[str, Recording], tag: str, gettext: Gettext
) -> str:
    """Add posters, captions and transcripts to players. `tag` is the language of the page."""
    if "<audio" not in html and "<video" not in html:
        return html

    def replace(match: re.Match[str]) -> str:
        source = _SOURCE.search(match["rest"])
        found = recordings.get(unescape(source[1] or source[2] or "")) if source else None
        if found is None:
            return match[0]
        kind, rest, caption = match["kind"], match["rest"], match["caption"] or ""
        if kind == "video" and found.poster and "poster=" not in rest:
            rest += f' poster="{escape(found.poster)}"'
        tracks = "".join(
            f'<track kind="captions" src="{escape(track.link)}" srclang="{escape(track.tag)}"'
            f' label="{escape(track.name)}"{" default" if track.tag == tag else ""}>'
            for track in found.tracks
        )
        if found.transcript and caption:
            words = escape(gettext("Transcript"))
            caption += f' <a class="transcript" href="{escape(found.transcript)}">{words}</a>'
        return f"<{kind}{rest}>{tracks}{match['inside']}</{kind}>{caption}"

    return _PLAYER.sub(replace, html)


def print_embeds(html: str, allowed: Collection[str], gettext: Gettext) -> str:
    """Prepare pictures that link to a page with a player; it is loaded after a click.

    Without a script, the link leads to the page. `allowed` are names of sites.
    """
    if not allowed or '<figure class="picture' not in html:
        return html

    def replace(match: re.Match[str]) -> str:
        player = find_player(unescape(match["url"]), allowed)
        if player is None:
            return match[0]
        words = escape(gettext("Play from %(site)s") % {"site": player.site})
        return (
            f'<figure class="picture embed{match["classes"]}"{match["rest"]}>'
            f'<a href="{match["url"]}" data-player="{escape(player.url)}"{match["attributes"]}>'
            f'{match["inside"]}<span class="embed-site">{words}</span></a>'
        )

    return _EMBED.sub(replace, html)


def print_downloads(
    html: str, downloads: Mapping[str, Download], describe: Callable[[Download], str]
) -> str:
    """Add type and size to links to files, such as “(PDF, 240 kB)”."""

    def replace(match: re.Match[str]) -> str:
        link = _HREF.search(match["rest"])
        found = downloads.get(unescape(link[1] or link[2] or "")) if link else None
        if found is None or "<img" in match["inside"]:
            return match[0]
        return f'{match[0]} <small class="download">({escape(describe(found))})</small>'

    return _DOWNLOAD.sub(replace, html) if downloads and "<a " in html else html
