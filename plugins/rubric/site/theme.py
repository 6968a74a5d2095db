"""What a theme must provide: a template for each kind of page, and two style sheets."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from rubric.model.errors import SiteError
from rubric.model.features import FeatureName, missing_features

TEMPLATES = (
    "404",
    "archive",
    "archive_year",
    "author",
    "chooser",
    "drafts",
    "event",
    "events",
    "events_year",
    "faq",
    "follow",
    "gone",
    "group",
    "groups",
    "home",
    "issue",
    "newsletter",
    "newsletter/issue",
    "newsletter_thanks",
    "page",
    "place",
    "post",
    "quote",
    "redirect",
    "rest",
    "search",
    "story",
    "tag",
    "tags",
)
"""Below templates/, without the ending .html; optional features need some of them."""
SHEETS = ("static/css/layers.css", "static/feed/feed.css")
_SHOWN = 4


def check_theme(
    theme: Path, overrides: Iterable[str], features: Collection[FeatureName]
) -> list[SiteError]:
    """At most one error, for a theme that was made for another site or lacks something."""
    unused = {name for feature in missing_features(features) for name in feature.templates}
    folders = [theme / "templates", *map(Path, overrides)]
    missing = [
        f"templates/{name}.html"
        for name in TEMPLATES
        if name not in unused and not any((folder / f"{name}.html").is_file() for folder in folders)
    ]
    missing += [name for name in SHEETS if not (theme / name).is_file()]
    if not missing:
        return []
    rest = len(missing) - _SHOWN
    more = f" and {rest} more files" if rest > 0 else ""
    problem = f"“{theme.name}” lacks {', '.join(missing[:_SHOWN])}{more}."
    fix = "Themes made for Pelican lack them: begin with a copy of theme/, see docs/theme.md."
    return [SiteError("THEME", 0, "", problem, fix)]
