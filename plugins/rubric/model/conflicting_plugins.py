"""Plugins of other projects that do the same work as Rubric, and would damage its output."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

CONFLICTS: Mapping[str, tuple[str, str]] = {
    "sitemap": (
        "replaces sitemap.xml by a file without translations",
        "rubric.sitemap writes sitemaps with the addresses of all translations",
    ),
    "i18n_subsites": (
        "builds the site once for each language",
        "LANGUAGES and the folders content/<lang>/ make an edition for each language",
    ),
    "yaml_metadata": (
        "reads front matter that Rubric reads itself",
        "front matter in YAML, TOML or Pelican's format is always read",
    ),
    "pelican_events": (
        "writes calendars of fields that Rubric's events do not have",
        "rubric.events and rubric.calendars make pages and calendars of content/<lang>/events/",
    ),
}
"""Module name below pelican.plugins → what the plugin does, and what Rubric has instead."""


def find_conflicts(plugins: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield a problem and a fix for each plugin that cannot be used; `plugins` are module names."""
    for plugin in plugins:
        name = plugin.removeprefix("pelican.plugins.").replace("-", "_")
        if name in CONFLICTS:
            problem, instead = CONFLICTS[name]
            yield f"has {plugin}, which {problem}.", f"Remove it: {instead}."
