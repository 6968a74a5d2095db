"""The site: languages, kinds, rubrics, authors, addresses, and what one run found out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from unicodedata import normalize
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

from rubric.model.addresses import Claims
from rubric.model.author import Author
from rubric.model.city import City
from rubric.model.drafts import Drafts
from rubric.model.entry import Entry
from rubric.model.errors import ErrorLog
from rubric.model.features import ALL_FEATURES, Feature, FeatureName, missing_features
from rubric.model.kinds import BUILT_IN, Kinds
from rubric.model.language import Languages
from rubric.model.picture import Picture
from rubric.model.recording import Download, Recording
from rubric.model.rubric import Rubric
from rubric.model.tag import identify, slugify
from rubric.model.tracking import Tracked

_SAFE = "/:?#[]@!$&'()*+,;=%~-._"
"""What an address may hold besides letters and digits (RFC 3986)."""
_UNSAFE = re.compile(rf"[^a-zA-Z0-9{re.escape(_SAFE)}]")


@dataclass(slots=True)
class Site(Tracked):
    """Everything that all plugins share in one build.

    `url` is the absolute address without a trailing slash, `base` its path (empty, or `/blog`),
    `origin` its scheme and host, where root-relative links begin. `now` has a time zone.
    `content` is the name of the content folder for messages. `features` are the optional plugins in
    PLUGINS; templates and passes decide by it what a page shows. `only_language` is the key of the
    language of a site that has only one, and no folder for it.

    `entries` are the texts, filled by the phase `read`; `gone` are those that were taken offline.
    `failed_keys` are the keys of files with errors, and `incomplete` what could be read of these.
    `cities` is by the translation key of the group or event that is there; `picture_sizes` are
    width and height in pixels by root-relative link; `pictures` are those with renditions, set by
    the plugin images, also by root-relative link, as are `recordings` and `downloads`; `embeds` are
    names of sites whose players pages may show; `claims` are the addresses of all outputs.
    """

    url: str
    zone: ZoneInfo
    now: datetime
    languages: Languages
    content: str = "content"
    only_language: str = ""
    features: frozenset[FeatureName] = ALL_FEATURES
    drafts: Drafts = field(default_factory=Drafts)
    kinds: Kinds = BUILT_IN
    rubrics: Mapping[str, Rubric] = field(default_factory=dict)
    authors: Mapping[str, Author] = field(default_factory=dict)
    cities: Mapping[str, City] = field(default_factory=dict)
    picture_sizes: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    recordings: Mapping[str, Recording] = field(default_factory=dict)
    downloads: Mapping[str, Download] = field(default_factory=dict)
    embeds: tuple[str, ...] = ()
    entries: list[Entry] = field(default_factory=list)
    gone: list[Entry] = field(default_factory=list)
    claims: Claims = field(default_factory=Claims)
    failed_keys: set[str] = field(default_factory=set)
    incomplete: list[Entry] = field(default_factory=list)
    errors: ErrorLog = field(default_factory=ErrorLog)
    base: str = field(init=False)
    origin: str = field(init=False)

    def __post_init__(self) -> None:
        self.base = urlsplit(self.url).path.rstrip("/")
        self.origin = self.url.removesuffix(self.base)

    @property
    def tracking_key(self) -> str:
        return "site"

    def path(self, address: str) -> str:
        """Return a link within the site: root-relative and percent-encoded (RFC 3986)."""
        return f"{self.base}/{encode(address)}"

    def absolute(self, address: str) -> str:
        """Return an absolute URL, for feeds, canonical links and emails."""
        return f"{self.url}/{encode(address)}"

    def folders(self, folders: Iterable[str]) -> list[str]:
        """Return the paths below the content folder of folders that each language has."""
        if self.only_language:
            return list(folders)
        return [f"{lang}/{folder}" for lang in self.languages for folder in folders]

    def take(self, entry: Entry) -> None:
        """Note a text that was read."""
        (self.gone if entry.metadata.gone else self.entries).append(entry)

    def published(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.is_published]

    def missing_at(self, address: str) -> Feature | None:
        """Return the feature that would write an address, if its plugin is not in PLUGINS."""
        lang, _, rest = address.partition("/")
        section = rest.partition("/")[0] if lang in self.languages else ""
        for feature in missing_features(self.features):
            if feature.has_address(address, section):
                return feature
        return None

    def author(self, name: str) -> Author:
        """Return the registered author with this ID or name, or a new one with this name."""
        known = self.authors.get(name)
        return known or Author(slug=slugify(name), name={self.languages.default.key: name})

    def rubric_named(self, name: str, lang: str) -> str:
        """Return the id of the rubric with this id or label; '' if there is none."""
        wanted = identify(name)
        for id, rubric in self.rubrics.items():
            if wanted in (id, identify(rubric.label.get(lang, ""))):
                return id
        return ""

    def report_conflicts(self) -> None:
        """Report addresses that two outputs have claimed."""
        for clash in self.claims.conflicts():
            if " " in clash.owner and self.errors:
                continue  # feeds of two tags with one address: the tags are reported
            problem = f"would be written to /{clash.address}, where {clash.other} is."
            self.errors.add(clash.owner, problem, "Give it another name or slug.")

    def where(self, entry: Entry) -> str:
        """Return the path of an entry's file as reported to authors, in NFC."""
        return normalize("NFC", f"{self.content}/{entry.source}")

    def __repr__(self) -> str:
        return f"<Site {self.url}>"


def encode(address: str) -> str:
    """Percent-encode an address, keeping what separates its parts."""
    return _quote(address) if _UNSAFE.search(address) else address


@lru_cache(maxsize=4096)  # addresses of topics and lists stand on every page
def _quote(address: str) -> str:
    return quote(address, safe=_SAFE)


def save_as(address: str) -> str:
    """Return the file of an address: index.html of a folder, or the file itself."""
    return f"{address}index.html" if address.endswith("/") or not address else address
