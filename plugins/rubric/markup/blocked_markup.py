"""Reports markup in texts that the pages' Content-Security-Policy blocks."""

from __future__ import annotations

import re
from collections.abc import Container
from urllib.parse import urlsplit

from rubric.model.entry import Entry
from rubric.model.lines import LineFinder
from rubric.model.site import Site

_SHEET = "theme/static/css/"
_FIXES = {
    "style": f"Remove it, or put the rules into a file in {_SHEET}.",
    "script": "Remove it; scripts belong to the theme (theme/static/js/).",
    "base": "Remove it, and write links from the root, such as /en/about/.",
    "meta": "Remove it; title and summary are fields of the front matter.",
}
_YOUTUBE = re.compile(r"(?:https?:)?//(?:www\.)?youtube(?:-nocookie)?\.com/embed/([\w-]+)")
_VIMEO = re.compile(r"(?:https?:)?//player\.vimeo\.com/video/(\d+)")


def check_blocked_markup(
    site: Site, entry: Entry, lines_of: LineFinder, form_hosts: Container[str]
) -> None:
    """Report markup of an entry that browsers would block; forms may post to `form_hosts`."""
    for item in entry.blocked:
        element, _, url = item.partition(" ")
        if element == "<form" and _may_post(url, form_hosts):
            continue
        problem, fix = _explain(item)
        for line in lines_of(entry.source, _patterns(item)) or [0]:
            site.errors.add(site.where(entry), problem, fix, line=line)


def _may_post(url: str, form_hosts: Container[str]) -> bool:
    parts = urlsplit(url)
    return not parts.netloc or f"{parts.scheme}://{parts.netloc}" in form_hosts


def _explain(item: str) -> tuple[str, str]:
    """Return problem and fix."""
    markup, fix = "", ""
    if item.startswith("<"):
        name, _, url = item[1:].partition(" ")
        markup = f"<{name}>"
        fix = _FIXES.get(name) or f"Replace it with a link{_link(name, url)}."
    elif item == "style=":
        markup = "a style attribute"
        fix = f"Remove it, or write class= and put the rules into a file in {_SHEET}."
    elif re.fullmatch(r"on\w+=", item):
        markup, fix = f"an {item[:-1]} attribute", _FIXES["script"]
    if markup:
        return f"has {markup}, which pages block (Content-Security-Policy).", fix
    scheme = re.sub(r"[\x00-\x20]", "", item).partition(":")[0].lower()
    shown = item if len(item) <= 60 else f"{item[:60]}…"
    if scheme == "file" or len(scheme) == 1:
        return (
            f"links to “{shown}”, a file of your own computer.",
            "Copy it below content/files/ and link it there: [text](/files/name.pdf).",
        )
    return (
        f"links to “{shown}”; browsers block {scheme}: links.",
        "Link to a page or a file instead, or remove it.",
    )


def _link(name: str, url: str) -> str:
    if video := _YOUTUBE.match(url):
        return f": [Watch the video](https://www.youtube.com/watch?v={video[1]})"
    if video := _VIMEO.match(url):
        return f": [Watch the video](https://vimeo.com/{video[1]})"
    if name == "form":
        return " to the page of the form"
    return f": [Open it]({'https:' if url.startswith('//') else ''}{url})" if url else ""


def _patterns(item: str) -> list[re.Pattern[str]]:
    if item.startswith("<"):
        name, _, url = item.partition(" ")
        tag = rf"{re.escape(name)}\b"
        patterns = [rf"{tag}[^>]*?{re.escape(url)}", re.escape(url)] if url else []
        return [re.compile(pattern, re.IGNORECASE) for pattern in (*patterns, tag)]
    if item.endswith("=") and item[:-1].isalpha():
        return [re.compile(rf"(?<![\w-]){item[:-1]}\s*=", re.IGNORECASE)]
    scheme = re.escape(item.partition(":")[0].strip())
    return [re.compile(re.escape(item)), re.compile(rf"{scheme}\s*:", re.IGNORECASE)]
