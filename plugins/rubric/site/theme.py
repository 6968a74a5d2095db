"""Checks that a theme has all required templates and style sheets."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rubric.model.errors import SiteError

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
"""Paths below templates/, without the suffix .html."""
SHEETS = ("static/css/layers.css", "static/feed/feed.css")
_SHOWN = 4


def check_theme(theme: Path, overrides: Iterable[str]) -> list[SiteError]:
    """Return one error if files are missing, e.g. in a theme made for plain Pelican."""
    folders = [theme / "templates", *map(Path, overrides)]
    missing = [
        f"templates/{name}.html"
        for name in TEMPLATES
        if not any((folder / f"{name}.html").is_file() for folder in folders)
    ]
    missing += [name for name in SHEETS if not (theme / name).is_file()]
    if not missing:
        return []
    rest = len(missing) - _SHOWN
    more = f" and {rest} more files" if rest > 0 else ""
    problem = f"“{theme.name}” lacks {', '.join(missing[:_SHOWN])}{more}."
    fix = "Themes made for Pelican lack them: begin with a copy of theme/, see docs/theme.md."
    return [SiteError("THEME", 0, "", problem, fix)]
