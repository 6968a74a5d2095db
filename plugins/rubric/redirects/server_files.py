"""Redirect rules for web servers: `_redirects` (Netlify, Cloudflare Pages) and an nginx map."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple
from urllib.parse import unquote

from rubric.model.site import Site
from rubric.redirects.resolve import Gone, Outcome

_MAP_HEADER = """\
# Former addresses, for nginx: the body of a map of $uri. See docs/addresses.md.
"""
GONE = "gone"
"""The value in the nginx map for an address that is answered with status 410."""


class Rule(NamedTuple):
    """A redirect from `source` to `target`: paths below the root, not percent-encoded.

    If `is_gone`, `target` is the page shown with status 410.
    """

    source: str
    target: str
    is_gone: bool = False
    is_hidden: bool = False


def gone_page(lang: str, langs: Collection[str]) -> str:
    """Return the path of the page for status 410 in a language, else in the first of `langs`.

    It differs from the address that is gone, because Netlify ignores a rule whose target is
    its own source.
    """
    return f"{lang if lang in langs else next(iter(langs))}/410.html"


def make_rules(
    outcomes: Iterable[Outcome], existing: frozenset[str], langs: Collection[str]
) -> Iterator[Rule]:
    """Yield the rules for all former addresses, and for the files in their folders.

    Each page gets a rule with and one without trailing slash. Feeds and calendars of a page
    that moved get rules of their own, because a redirect page cannot redirect them.

    Args:
        outcomes: What happens to each former address.
        existing: All files and pages of the build, as paths below the root.
        langs: The languages of the site, the default one first.

    """
    outcomes = list(outcomes)
    targets = {outcome.target for outcome in outcomes if not isinstance(outcome, Gone)}
    files: dict[str, list[str]] = {target: [] for target in targets}
    for address in sorted(existing) if targets else ():
        folder, slash, name = address.rpartition("/")
        if folder + slash in files and name not in ("", "index.html"):
            files[folder + slash].append(name)
    for outcome in outcomes:
        if isinstance(outcome, Gone):
            rule = Rule("", gone_page(outcome.lang, langs), is_gone=True)
        else:
            rule = Rule("", outcome.target, is_hidden=outcome.is_hidden)
        yield rule._replace(source=outcome.source)
        if outcome.source.endswith("/"):
            yield rule._replace(source=outcome.source.rstrip("/"))
            for name in files.get(rule.target, ()):
                yield rule._replace(source=outcome.source + name, target=rule.target + name)


def write_redirects(site: Site, rules: Iterable[Rule], *, is_forced: bool) -> bytes:
    """Return the `_redirects` file of Netlify and Cloudflare Pages; paths are percent-encoded.

    `is_forced` adds `!` to each status: Netlify then applies a rule even if a file exists at
    its source. Cloudflare does not support it. Rules to hidden texts are left out, because
    hosts that do not process the file serve it to everyone.
    """
    mark = "!" if is_forced else ""
    return "".join(
        f"{site.path(rule.source)} {site.path(rule.target)} {410 if rule.is_gone else 301}{mark}\n"
        for rule in rules
        if not rule.is_hidden
    ).encode()


def write_map(site: Site, rules: Iterable[Rule]) -> bytes:
    """Return the body of an nginx `map $uri`: decoded former path → encoded current path.

    nginx ignores case when it compares. This is safe, because no two sources, and no source
    and existing page, differ only in case.
    """
    base = unquote(site.base)
    lines = [f"{_quote(f'{base}/{rule.source}')} {_quote(_value(site, rule))};\n" for rule in rules]
    return "".join([_MAP_HEADER, *lines]).encode()


def _value(site: Site, rule: Rule) -> str:
    # A dollar sign would start a variable.
    return GONE if rule.is_gone else site.path(rule.target).replace("$", "%24")


def _quote(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
