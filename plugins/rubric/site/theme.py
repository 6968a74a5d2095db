"""Checks that a theme has all required templates and style sheets."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from rubric.model.errors import SiteError
from rubric.model.features import ALL_FEATURES, FeatureName, missing_features
from rubric.model.kinds import BUILT_IN, Kind, Kinds

TEMPLATES = (
    "404",
    "archive",
    "archive_year",
    "author",
    "chooser",
    "draft_list",
    "events",
    "events_year",
    "follow",
    "gone",
    "groups",
    "home",
    "newsletter",
    "newsletter/issue",
    "newsletter_thanks",
    "place",
    "redirect",
    "rest",
    "search",
    "tag",
    "tags",
)
"""Templates of pages that are not those of texts: below templates/, without the ending .html.

Some are needed only by optional features.
"""
SHEETS = ("static/css/layers.css", "static/feed/feed.css")
_SHOWN = 4
_OVERRIDES = "Write it in a folder of THEME_TEMPLATES_OVERRIDES, see docs/kinds.md."


def check_theme(
    theme: Path,
    overrides: Iterable[str],
    features: Collection[FeatureName] = ALL_FEATURES,
    kinds: Kinds = BUILT_IN,
) -> list[SiteError]:
    """At most one error for a theme that was made for another site or lacks something.

    Templates of features whose plugins are not in PLUGINS are not needed. If the theme is
    complete, one error for each added kind without templates.
    """
    unused = {name for feature in missing_features(features) for name in feature.templates}
    folders = [theme / "templates", *map(Path, overrides)]

    def find_missing(names: Iterable[str]) -> list[str]:
        return [
            f"templates/{name}.html"
            for name in sorted(set(names))
            if not any((folder / f"{name}.html").is_file() for folder in folders)
        ]

    templates = {*TEMPLATES, *(kind.template for kind in BUILT_IN)}
    missing = find_missing(templates - unused)
    missing += [name for name in SHEETS if not (theme / name).is_file()]
    if not missing:
        added = [kind for kind in kinds if kind.id not in BUILT_IN]
        for kind in added:
            if kind.template in TEMPLATES:
                problem = f"has the template {kind.template}.html, which other pages have."
                return [_refuse_kind(kind, problem, "Give it another name.")]
        checks = ((kind, find_missing([kind.template, kind.card])) for kind in added)
        return [
            _refuse_kind(kind, f"has no template {_names(lacking)}.", _OVERRIDES)
            for kind, lacking in checks
            if lacking
        ]
    rest = len(missing) - _SHOWN
    more = f" and {rest} more files" if rest > 0 else ""
    problem = f"“{theme.name}” lacks {', '.join(missing[:_SHOWN])}{more}."
    fix = "Themes made for Pelican lack them: begin with a copy of theme/, see docs/theme.md."
    return [SiteError("THEME", 0, "", problem, fix)]


def _names(missing: list[str]) -> str:
    return " and ".join(name.removeprefix("templates/") for name in missing)


def _refuse_kind(kind: Kind, problem: str, fix: str) -> SiteError:
    return SiteError("PLUGINS", 0, "", f"the kind “{kind.id}” {problem}", fix)
