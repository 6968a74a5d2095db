"""URLs in emails: always absolute; links to the site get UTM parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

from rubric.model.site import Site


@dataclass(frozen=True, slots=True)
class Addresses:
    """Makes URLs absolute and adds UTM parameters to links to the site's pages.

    Keys of `utm` are written without the prefix `utm_`, e.g. `{"source": "newsletter"}`.
    """

    site: Site
    utm: Mapping[str, str] = field(default_factory=dict)

    def page(self, address: str) -> str:
        """Return the absolute URL of a page (given relative to the root), with UTM parameters."""
        return self.with_utm(self.site.absolute(address))

    def picture(self, path: str) -> str:
        """Return the absolute URL of an image; `path` is root-relative."""
        return self.site.origin + path if path.startswith("/") else path

    def resolve(self, link: str, page: str) -> str:
        """Make a link in the text of `page` (its address relative to the root) absolute."""
        if link.startswith("#"):
            return self.page(page) + link
        if link.startswith("/") and not link.startswith("//"):
            return self.with_utm(self.site.origin + link)
        return self.with_utm(link)

    def with_utm(self, url: str) -> str:
        """Add the UTM parameters to a URL of the site; its query and fragment are kept.

        External URLs, files and URLs that already have UTM parameters are returned unchanged.
        """
        if not self.utm or not self.is_own(url):
            return url
        parts = urlsplit(url)
        last = parts.path.rpartition("/")[2]
        if "utm_" in parts.query or ("." in last and not last.endswith(".html")):
            return url
        return with_query(url, {f"utm_{name}": value for name, value in self.utm.items()})

    def is_own(self, url: str) -> bool:
        """True if an absolute URL is below the site's root."""
        rest = url.removeprefix(self.site.url)
        return rest != url and rest[:1] in ("", "/", "?", "#")


def with_query(url: str, values: Mapping[str, str]) -> str:
    """Add fields to the query of a URL; existing fields and the fragment are kept."""
    parts = urlsplit(url)
    added = urlencode(values, quote_via=quote)
    query = f"{parts.query}&{added}" if parts.query else added
    return urlunsplit(parts._replace(query=query))
