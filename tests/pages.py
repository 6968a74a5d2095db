"""Reads built sites back: pages as trees, addresses as files."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import unquote, urlsplit

import html5lib
import lxml.html
from lxml import etree

import pelicanconf
from tests.building import Build

SITEURL = pelicanconf.SITEURL
LANGUAGES = pelicanconf.LANGUAGES


@dataclass(frozen=True)
class Page:
    """A page of a built site: its address below the root, and its document."""

    address: str
    tree: Any

    @property
    def lang(self) -> str:
        """The language key its address begins with; empty at the root."""
        first = self.address.partition("/")[0]
        return first if first in LANGUAGES else ""

    @property
    def rest(self) -> str:
        """Its address below the language's folder."""
        return self.address.partition("/")[2]

    @property
    def canonical(self) -> str:
        """The address its canonical link names, decoded."""
        return address_of(self.one('//link[@rel="canonical"]/@href'))

    @property
    def is_indexed(self) -> bool:
        return not self.find('//meta[@name="robots"][contains(@content, "noindex")]')

    @property
    def is_fallback(self) -> bool:
        """Whether it shows a text of another language under its own address."""
        return self.canonical != self.address

    @property
    def alternates(self) -> list[tuple[str, str]]:
        """hreflang and href of each alternate link, in order."""
        links = self.find('//link[@rel="alternate"][@hreflang]')
        return [(link.get("hreflang"), link.get("href")) for link in links]

    @property
    def language_links(self) -> dict[str, str]:
        """Where the language menu leads: decoded addresses by language key."""
        links = self.find('//details[contains(@class, "languages")]//a[@data-language]')
        return {link.get("data-language"): address_of(link.get("href")) for link in links}

    @property
    def structured(self) -> list[dict[str, Any]]:
        """The JSON-LD objects that say what the page is about."""
        return [thing for thing in self.linked_data if thing["@type"] != "BreadcrumbList"]

    @property
    def linked_data(self) -> list[dict[str, Any]]:
        """All JSON-LD objects, each with the context it is said in."""
        scripts = self.find('//script[@type="application/ld+json"]')
        documents = [json.loads(script.text) for script in scripts]
        return [
            {"@context": document["@context"], **thing}
            for document in documents
            for thing in document.get("@graph", [document])
        ]

    def find(self, xpath: str) -> list[Any]:
        found: list[Any] = self.tree.xpath(xpath)
        return found

    def one(self, xpath: str) -> Any:
        found = self.find(xpath)
        assert len(found) == 1, f"{self.address}: {len(found)} × {xpath}"
        return found[0]

    def texts(self, xpath: str) -> list[str]:
        """The text of each element found, white space folded."""
        return [" ".join(element.text_content().split()) for element in self.find(xpath)]

    def links(self, xpath: str) -> list[str]:
        """The decoded addresses of the links among the elements found."""
        return [address_of(element.get("href")) for element in self.find(xpath)]


@cache
def read_pages(site: Build) -> Mapping[str, Page]:
    """Every HTML file of a site, by address."""
    return {
        address: Page(address, parse_html(content))
        for name, content in site.files().items()
        if name.endswith(".html")
        for address in [name.removesuffix("index.html")]
    }


@cache
def read_feeds(site: Build) -> Mapping[str, bytes]:
    """Every RSS and Atom feed of a site, by address; no archives of them."""
    endings = ("/feed.rss.xml", "/feed.atom.xml")
    return {name: data for name, data in site.files().items() if name.endswith(endings)}


@cache
def read_json_feeds(site: Build) -> Mapping[str, dict[str, Any]]:
    """Every JSON Feed of a site, by address."""
    files = site.files().items()
    return {name: json.loads(data) for name, data in files if name.endswith("/feed.json")}


def invalid_pages(site: Build) -> dict[str, list[tuple[tuple[int, int], str]]]:
    """Pages with parse errors by the standard's algorithm: their places and codes, by file."""
    wrong = {}
    for name, data in site.files().items():
        if name.endswith(".html"):
            parser = html5lib.HTMLParser()
            parser.parse(data.decode("utf-8"))
            if parser.errors:
                wrong[name] = [(position, code) for position, code, _ in parser.errors]
    return wrong


def parse_html(content: bytes | str) -> Any:
    data = content if isinstance(content, bytes) else content.encode()
    return lxml.html.document_fromstring(data, parser=lxml.html.HTMLParser(encoding="utf-8"))


def parse_xml(content: bytes) -> Any:
    """Parse strictly: no recovery, no entities, no network."""
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))


def address_of(link: str, siteurl: str = SITEURL) -> str:
    """The address below the root that a link of the site leads to, decoded, no fragment."""
    parts, site = urlsplit(link), urlsplit(siteurl)
    if parts.netloc:
        assert (parts.scheme, parts.netloc) == (site.scheme, site.netloc), link
    assert parts.path.startswith(f"{site.path}/"), link
    return unquote(parts.path.removeprefix(f"{site.path}/"), errors="strict")


def links_of(page: Page) -> Iterator[tuple[Any, str, str]]:
    """Element, attribute and address of everything a page links or loads."""
    for element in page.tree.iter(etree.Element):
        for name in ("href", "src", "poster", "cite", "action", "data", "formaction"):
            if element.get(name) is not None:
                yield element, name, element.get(name)
        for part in (element.get("srcset") or "").split(","):
            if part.strip():
                yield element, "srcset", part.split()[0]
        if element.tag == "meta" and (element.get("http-equiv") or "").lower() == "refresh":
            yield element, "content", element.get("content").partition("url=")[2]


def write_text(title: str, body: str = "Text.", **fields: Any) -> str:
    """A content file; front matter is JSON, which is YAML too."""
    given = {"title": title, "date": "2026-11-01 10:00", **fields}
    header = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in given.items()]
    return "\n".join(["---", *header, "---", body, ""])


def languages(**changes: Mapping[str, Any]) -> dict[str, Any]:
    """The LANGUAGES setting with options of some languages replaced (`zh_hant=…`)."""
    changed: dict[str, Any] = deepcopy(LANGUAGES)
    for name, options in changes.items():
        changed.setdefault(name.replace("_", "-"), {}).update(options)
    return changed
