"""HTML as text: changes inside its tags, none in what readers read."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urljoin

_LINK = re.compile(r'(?<![\w-])(href|src|poster)="(?![a-zA-Z][a-zA-Z0-9+.-]*:)([^"]*)"')
_TAG = re.compile(r"<[a-zA-Z](?:[^<>\"]|\"[^\"]*\")*>")


_REFERENCE = re.compile("=[\"'][{/]|<img")


def may_refer(html: str) -> bool:
    """Whether there can be an image, or a link to a file, a tag or a page of the site."""
    return _REFERENCE.search(html) is not None


def replace_in_tags(
    pattern: re.Pattern[str], replace: Callable[[re.Match[str]], str], html: str
) -> str:
    """Replace matches of `pattern` in start tags alone; text that looks like one stays."""
    return _TAG.sub(lambda tag: pattern.sub(replace, tag[0]), html)


def widen_links(html: str, page: str, origin: str) -> str:
    """Give every link its whole address, for who reads the HTML somewhere else.

    `page` is the absolute address the HTML stands at, `origin` scheme and host.
    """

    def widen(match: re.Match[str]) -> str:
        name, address = match.groups()
        if address.startswith("#"):
            return f'{name}="{page}{address}"'
        if address.startswith("/") and not address.startswith("//"):
            return f'{name}="{origin}{address}"'
        try:
            return f'{name}="{urljoin(page, address)}"'
        except ValueError:  # such as `//[`, which leads nowhere
            return match[0]

    return replace_in_tags(_LINK, widen, html)
