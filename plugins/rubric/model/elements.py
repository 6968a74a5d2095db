"""Start tags of HTML, their attributes, and the URLs in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple

# Quotes have a meaning only after an equals sign. What looks like a tag in a text or a code
# sample is escaped. Possessive quantifiers and no `<` outside of quotes: linear time.
_ELEMENT = re.compile(
    r"""<(?P<name>[A-Za-z][^\s/<>]*+)(?P<rest>(?:[^<>=]|=\s*+(?:"[^"]*"|'[^']*'|(?!["'])))*+)>"""
)
_ATTRIBUTE = re.compile(
    r"""(?P<name>[^\s"'<>/=]++)\s*+(?:=\s*+(?P<value>"[^"]*"|'[^']*'|[^\s"'<>=`]++))?"""
)
_CANDIDATE = re.compile(r"(?P<url>[^\s,](?:\S*[^\s,])?)(?P<descriptor>\s[^,]*)?(?P<end>,\s*|$)")
_LINK = re.compile(rf"{_ELEMENT.pattern}|</[aA]\s*+>")
_REFRESH = re.compile(r"\d+;\s*url=", re.IGNORECASE)  # the content of <meta http-equiv="refresh">
_GLOBAL = frozenset(("id", "class", "title", "lang", "dir"))
_IGNORED = re.compile(r"[\x00-\x20]")
URL_ATTRIBUTES = frozenset(("href", "src", "poster", "xlink:href"))


_TEMPLATE_URLS = frozenset(("action", "formaction", "content"))


class Element(NamedTuple):
    """A start tag: its name in lowercase, and values as written in HTML (escaped)."""

    name: str
    attributes: dict[str, str]


def find_elements(html: str) -> Iterator[Element]:
    """Yield the start tags outside of comments."""
    for match in _ELEMENT.finditer(_without_comments(html)):
        name, rest = match.groups()
        attributes: dict[str, str] = {}
        if rest:
            for key, value in _ATTRIBUTE.findall(rest):
                attributes.setdefault(key.lower(), _unquote(value))
        yield Element(name.lower(), attributes)


def urls_of(element: Element) -> Iterator[tuple[str, str]]:
    """Return the attributes of an element that contain URLs, with each URL as written."""
    for name, value in element.attributes.items():
        if name in URL_ATTRIBUTES:
            yield name, value.strip()
        elif name == "srcset":
            for candidate in _CANDIDATE.finditer(value):
                yield name, candidate["url"]


def without_ignored(url: str) -> str:
    """Return a URL without the characters that browsers ignore, even inside a scheme."""
    return _IGNORED.sub("", url)


def make_relative(html: str, address: str, base: str) -> str:
    """Make the root-relative URLs of a page relative to its file.

    `base` is the path of the site, which they begin with: empty, or `/blog`. Pages of errors keep
    their URLs, because they are shown at any address.

    >>> make_relative('<a href="/en/tea/">Tea</a>', "en/index.html", "")
    '<a href="../en/tea/">Tea</a>'
    """
    if address.endswith("404.html"):
        return html
    start, up = f"{base}/", "../" * address.count("/") or "./"

    def relative(url: str) -> str:
        refresh = _REFRESH.match(url)
        before = refresh[0] if refresh else ""
        target = url.removeprefix(before)
        if not target.startswith(start) or target.startswith("//"):
            return url
        return f"{before}{up}{target.removeprefix(start)}"

    return replace_urls(html, relative, _may_have_url)


def _may_have_url(name: str) -> bool:
    """Return whether an attribute of a template may contain a root-relative URL."""
    return name in URL_ATTRIBUTES or name in _TEMPLATE_URLS or name.startswith("data-")


def _has_url(name: str) -> bool:
    return name in URL_ATTRIBUTES


def replace_urls(
    html: str, replace: Callable[[str], str], has_url: Callable[[str], bool] = _has_url
) -> str:
    """Replace every URL in start tags; `replace` takes and returns it as written in HTML.

    `has_url` selects attributes by name, in addition to `srcset`.
    """

    def in_element(element: re.Match[str]) -> str:
        rest = element["rest"]
        if "=" not in rest:
            return element[0]
        return f"<{element['name']}{_ATTRIBUTE.sub(in_attribute, rest)}>"

    def in_attribute(attribute: re.Match[str]) -> str:
        name, written = attribute["name"].lower(), attribute["value"]
        if not written or not (has_url(name) or name == "srcset"):
            return attribute[0]
        value = _unquote(written)
        if name == "srcset":
            changed = _CANDIDATE.sub(in_candidate, value)
        else:
            changed = replace(value.strip())
            if changed == value.strip():
                return attribute[0]
        mark = "'" if written[0] == "'" else '"'
        return f"{attribute['name']}={mark}{changed}{mark}"

    def in_candidate(candidate: re.Match[str]) -> str:
        return replace(candidate["url"]) + (candidate["descriptor"] or "") + candidate["end"]

    return _ELEMENT.sub(in_element, html)


def remove_links(html: str, urls: Collection[str]) -> str:
    """Remove links to `urls` from HTML; the texts of the links remain."""
    is_open = False

    def replace(tag: re.Match[str]) -> str:
        nonlocal is_open
        name, end = (tag["name"] or "").lower(), ""
        if name in ("", "a") and is_open:  # the start of a link ends one that is open
            end, is_open = "</span>", False
        if not name:
            return end or tag[0]
        left = _ATTRIBUTE.sub(in_attribute, tag["rest"])
        if left == tag["rest"]:
            return end + tag[0]
        if name != "a":
            return f"<{tag['name']}{left}>"
        is_open = True
        kept = [a[0] for a in _ATTRIBUTE.finditer(left) if a["name"].lower() in _GLOBAL]
        return f"{end}<{' '.join(['span', *kept])}>"

    def in_attribute(attribute: re.Match[str]) -> str:
        is_url = attribute["name"].lower() in URL_ATTRIBUTES
        return "" if is_url and _unquote(attribute["value"] or "").strip() in urls else attribute[0]

    return _LINK.sub(replace, html)


def _without_comments(html: str) -> str:
    start = html.find("<!--")
    if start < 0:
        return html
    parts, position = [], 0
    while start >= 0:
        end = html.find("-->", start + 4)
        if end < 0:
            break
        parts.append(html[position:start])
        position = end + 3
        start = html.find("<!--", position)
    return "".join((*parts, html[position:]))


def _unquote(written: str) -> str:
    return written[1:-1] if written[:1] in ('"', "'") else written
