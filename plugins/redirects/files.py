"""Redirects as web servers want them told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from plugins.model.site import Site
from plugins.redirects.resolve import Fate, Gone

_MAP_HEADER = """\
# Former addresses, for nginx: the body of a map of $uri. See docs/addresses.md.
"""
GONE = "gone"
"""What the map says of an address that is to be answered with 410."""


def write_redirects(site: Site, fates: Mapping[str, Fate], *, is_forced: bool) -> bytes:
    """The `_redirects` file of Netlify and Cloudflare Pages; addresses percent-encoded.

    Netlify serves a file in preference to a rule, unless the status is forced by a `!`,
    which Cloudflare doesn't know. Addresses of hidden texts are left out: other hosts would
    serve this file.
    """
    mark = "!" if is_forced else ""
    lines = []
    for fate in fates.values():
        if isinstance(fate, Gone):
            # The page at the address itself says that it is gone.
            target, status = fate.source, f"410{mark}"
        elif fate.is_hidden:
            continue
        else:
            target, status = fate.target, f"301{mark}"
        lines += [f"{site.path(source)} {site.path(target)} {status}\n" for source in both(fate)]
    return "".join(lines).encode()


def write_map(site: Site, fates: Iterable[Fate]) -> bytes:
    """The body of an nginx `map $uri`: decoded former address → encoded current one.

    nginx compares without regard to the case of letters; no two sources, and no source and
    live page, differ in case alone.
    """
    lines = [_MAP_HEADER]
    for fate in fates:
        target = GONE if isinstance(fate, Gone) else site.path(fate.target)
        for source in both(fate):
            # A dollar sign would begin a variable in a value.
            value = _quote(target.replace("$", "%24"))
            lines.append(f"{_quote(f'{site.base}/{source}')} {value};\n")
    return "".join(lines).encode()


def both(fate: Fate) -> Iterator[str]:
    """An address with its trailing slash, and without: people leave it out."""
    yield fate.source
    if fate.source.endswith("/"):
        yield fate.source.rstrip("/")


def _quote(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
