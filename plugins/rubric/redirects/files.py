"""Redirects as web servers want them told."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple
from urllib.parse import unquote

from rubric.model.site import Site
from rubric.redirects.resolve import Fate, Gone

_MAP_HEADER = """\
# Former addresses, for nginx: the body of a map of $uri. See docs/addresses.md.
"""
GONE = "gone"
"""What the map says of an address that is to be answered with 410."""


class Rule(NamedTuple):
    """One address and where it leads, decoded and below the root.

    What is gone leads to the page that says so.
    """

    source: str
    target: str
    is_gone: bool = False
    is_hidden: bool = False


def gone_page(lang: str, langs: Collection[str]) -> str:
    """The page that says so, of that language, or of the first where the site has it no more.

    A rule that leads to its own address would be ignored as a loop (Netlify).
    """
    return f"{lang if lang in langs else next(iter(langs))}/410.html"


def make_rules(
    fates: Iterable[Fate], taken: frozenset[str], langs: Collection[str]
) -> Iterator[Rule]:
    """Every address that servers redirect: pages, and what one subscribes to beside them.

    People leave out trailing slashes, so both forms are there. A group's feeds and calendars
    have no page that could lead on; `taken` tells which files lie beside a page.
    """
    told = list(fates)
    targets = {fate.target for fate in told if not isinstance(fate, Gone)}
    beside: dict[str, list[str]] = {target: [] for target in targets}
    for address in sorted(taken) if targets else ():
        folder, slash, name = address.rpartition("/")
        if folder + slash in beside and name not in ("", "index.html"):
            beside[folder + slash].append(name)
    for fate in told:
        if isinstance(fate, Gone):
            rule = Rule("", gone_page(fate.lang, langs), is_gone=True)
        else:
            rule = Rule("", fate.target, is_hidden=fate.is_hidden)
        yield rule._replace(source=fate.source)
        if fate.source.endswith("/"):
            yield rule._replace(source=fate.source.rstrip("/"))
            for name in beside.get(rule.target, ()):
                yield rule._replace(source=fate.source + name, target=rule.target + name)


def write_redirects(site: Site, rules: Iterable[Rule], *, is_forced: bool) -> bytes:
    """The `_redirects` file of Netlify and Cloudflare Pages; addresses percent-encoded.

    Netlify serves a file in preference to a rule, unless the status is forced by a `!`,
    which Cloudflare doesn't know. Addresses of hidden texts are left out: other hosts would
    serve this file.
    """
    mark = "!" if is_forced else ""
    return "".join(
        f"{site.path(rule.source)} {site.path(rule.target)} {410 if rule.is_gone else 301}{mark}\n"
        for rule in rules
        if not rule.is_hidden
    ).encode()


def write_map(site: Site, rules: Iterable[Rule]) -> bytes:
    """The body of an nginx `map $uri`: decoded former address → encoded current one.

    nginx compares without regard to the case of letters; no two sources, and no source and
    live page, differ in case alone.
    """
    base = unquote(site.base)
    lines = [f"{_quote(f'{base}/{rule.source}')} {_quote(_value(site, rule))};\n" for rule in rules]
    return "".join([_MAP_HEADER, *lines]).encode()


def _value(site: Site, rule: Rule) -> str:
    # A dollar sign would begin a variable.
    return GONE if rule.is_gone else site.path(rule.target).replace("$", "%24")


def _quote(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
