"""A view: one page of the site, and everything its head and frame say."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from plugins.model.edition import AuthorPage, Edition, Listing, TagPage
from plugins.model.entry import Entry


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed that a page offers: its title, MIME type and address below the root."""

    title: str
    type: str
    url: str


@dataclass(frozen=True, slots=True)
class Switch:
    """Where the language switcher leads; `is_same` tells whether to this very page."""

    lang: str
    url: str
    is_same: bool


@dataclass(slots=True, eq=False)
class View:
    """One page. Addresses are below the site's root and not percent-encoded.

    `alternates` maps language keys to this page in other languages (itself among them),
    for hreflang; it is empty for pages that stand in for a missing translation, whose
    `canonical` is the original. `subject` is what the page is about; `related` is what to
    read next, `series` all parts of the entry's series. `feeds` and `structured` (JSON-LD)
    are filled by the plugins of those names.
    """

    template: str
    edition: Edition
    url: str
    title: str
    description: str = ""
    canonical: str = ""
    is_indexed: bool = True
    alternates: dict[str, str] = field(default_factory=dict)
    x_default: str = ""
    switches: list[Switch] = field(default_factory=list)
    subject: Entry | TagPage | AuthorPage | None = None
    related: list[Listing] = field(default_factory=list)
    series: list[Listing] = field(default_factory=list)
    feeds: list[FeedLink] = field(default_factory=list)
    structured: str = ""
    variables: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.canonical = self.canonical or self.url
