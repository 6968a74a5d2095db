"""Addresses in a mail: always absolute, and marked where they lead to the own site."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

from rubric.model.site import Site


@dataclass(frozen=True, slots=True)
class Addresses:
    """Makes addresses absolute; own pages get `utm`, whose names are written without `utm_`."""

    site: Site
    utm: Mapping[str, str] = field(default_factory=dict)

    def page(self, address: str) -> str:
        """A page of the site, by its address below the root."""
        return self.marked(self.site.absolute(address))

    def file(self, address: str) -> str:
        """A file of the site; never marked, since programs fetch it."""
        return self.site.absolute(address)

    def picture(self, path: str) -> str:
        """A picture by its root-relative path."""
        return self.origin + path if path.startswith("/") else path

    def widen(self, link: str, page: str) -> str:
        """A link of a text that stands at `page` (an address below the root)."""
        if link.startswith("#"):
            return self.page(page) + link
        if link.startswith("/") and not link.startswith("//"):
            return self.marked(self.origin + link)
        return self.marked(link)

    @property
    def origin(self) -> str:
        return self.site.origin

    def marked(self, url: str) -> str:
        """Add what tells the site where a reader came from; query and fragment stay.

        Links elsewhere, and those that carry such marks already, stay as they are.
        """
        if not self.utm or not self.is_own(url):
            return url
        parts = urlsplit(url)
        last = parts.path.rpartition("/")[2]
        if "utm_" in parts.query or ("." in last and not last.endswith(".html")):
            return url
        marks = urlencode({f"utm_{name}": value for name, value in self.utm.items()})
        query = f"{parts.query}&{marks}" if parts.query else marks
        return urlunsplit(parts._replace(query=query))

    def is_own(self, url: str) -> bool:
        """Whether an absolute address is below the site's root."""
        rest = url.removeprefix(self.site.url)
        return rest != url and rest[:1] in ("", "/", "?", "#")


def with_query(url: str, values: Mapping[str, str]) -> str:
    """Add fields to an address's query; what it has stays, the fragment last."""
    parts = urlsplit(url)
    added = urlencode(values, quote_via=quote)
    query = f"{parts.query}&{added}" if parts.query else added
    return urlunsplit(parts._replace(query=query))
