"""Optional features: plugins that a site can leave out of PLUGINS, and what belongs to each."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from rubric.model.kinds import Kind

FeatureName = Literal[
    "redirects",
    "events",
    "newsletter",
    "search",
    "images",
    "feeds",
    "places",
    "calendars",
    "structured_data",
    "social",
    "sitemap",
]
"""The plugin `rubric.<name>`; in the order of PLUGINS."""


@dataclass(frozen=True, slots=True)
class Feature:
    """What belongs to one optional plugin.

    `sections` are the first parts of its addresses below an edition (`search` for
    `/en/search/`), `files` is a pattern of its other addresses. `templates` and `scripts` are what
    it needs of the theme, without their endings; `settings` are those whose required options must
    be given. The texts that it publishes are those of `kinds`.
    """

    name: FeatureName
    sections: tuple[str, ...] = ()
    files: str = ""
    templates: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()

    @property
    def plugin(self) -> str:
        return f"rubric.{self.name}"

    @property
    def kinds(self) -> list[Kind]:
        """Return the kinds of texts that the feature publishes."""
        # Not at the top: the settings check imports this module, and kinds take long to load.
        from rubric.model.kinds import BUILT_IN

        return [kind for kind in BUILT_IN if kind.feature == self.name]

    @property
    def folders(self) -> list[str]:
        """Return the folders of its texts, below content/<lang>/."""
        return [kind.folder for kind in self.kinds]

    def has_address(self, address: str, section: str) -> bool:
        """Return whether the plugin writes an address; `section` is that of an edition, or ""."""
        if section in self.sections:
            return True
        return bool(self.files and re.search(rf"(?:^|/)(?:{self.files})$", address))


_FEATURES = (
    # Its warnings can stop a build, so they come before anything is written.
    Feature("redirects", files=r"_redirects|410\.html", templates=("gone", "redirect")),
    Feature(
        "events",
        sections=("events", "groups", "places"),
        templates=("event", "events", "events_year", "group", "groups", "place", "rest"),
        scripts=("events", "finder", "more_cards"),
    ),
    Feature(
        "newsletter",
        sections=("newsletter",),
        templates=("issue", "newsletter", "newsletter/issue", "newsletter_thanks"),
        settings=("NEWSLETTER", "FEEDS"),  # mails have permanent ids, as feeds have
    ),
    Feature(
        "search",
        sections=("search",),
        templates=("search",),
        scripts=("search", "search_index"),
    ),
    Feature("images", files=r"pictures/[^/]+", scripts=("lightbox", "embeds")),
    Feature(
        "feeds",
        sections=("follow",),
        files=r"feed(?:-\d+)?\.(?:rss\.xml|atom\.xml|json)|feeds\.opml",
        templates=("follow",),
        settings=("FEEDS",),
    ),
    Feature("places", files=r"places/cities\.json"),
    Feature(
        "calendars",
        files=r"(?:calendar(?:-[\w-]+)?|event)\.ics",
        settings=("CALENDARS",),
    ),
    Feature("structured_data"),
    Feature("social"),
    Feature("sitemap", files=r"sitemap(?:-\d+)?\.xml|robots\.txt"),
)

FEATURES: Mapping[FeatureName, Feature] = {feature.name: feature for feature in _FEATURES}
"""All optional features, in the order of PLUGINS."""

ALL_FEATURES: frozenset[FeatureName] = frozenset(get_args(FeatureName))


def plugin_names(plugins: Iterable[object]) -> list[str]:
    """Return the names of plugins; PLUGINS may also contain modules."""
    return [str(getattr(plugin, "__name__", plugin)) for plugin in plugins]


def select_features(plugins: Iterable[object]) -> frozenset[FeatureName]:
    """Return the optional features in PLUGINS."""
    names = plugin_names(plugins)
    return frozenset(feature.name for feature in _FEATURES if feature.plugin in names)


def missing_features(present: Collection[FeatureName]) -> list[Feature]:
    """Return the optional features that are not in PLUGINS."""
    return [feature for feature in _FEATURES if feature.name not in present]
