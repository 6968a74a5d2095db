"""Themes of users: those that are not made for Rubric, and child themes.

With a theme for Pelican, Pelican writes a plain blog. A child theme is a folder with `templates/`,
which is in THEME_TEMPLATES_OVERRIDES, and `static/`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

_OWN = ("home.html", "chooser.html", "post.html")
"""Templates that only themes for Rubric have."""
_PELICAN = ("article.html", "index.html")
"""Templates that themes for Pelican have, except those that inherit them from `simple`."""


def is_other_theme(settings: Mapping[str, Any]) -> bool:
    """Return whether the theme is made for Pelican, and has no template of Rubric."""
    theme = settings.get("THEME")
    if not isinstance(theme, str):
        return False
    overrides = settings.get("THEME_TEMPLATES_OVERRIDES")
    folders = [Path(theme) / "templates"]
    if isinstance(overrides, list | tuple):  # another value is an error that is reported elsewhere
        folders.extend(Path(each) for each in overrides if isinstance(each, str))

    def has_any(names: tuple[str, ...]) -> bool:
        return any((folder / name).is_file() for folder in folders for name in names)

    return has_any(_PELICAN) and not has_any(_OWN)


def child_files(overrides: Iterable[str]) -> list[Path]:
    """Return the folders `static` of child themes, the most important last.

    `overrides` are the folders of THEME_TEMPLATES_OVERRIDES; Jinja prefers the first.
    """
    paths = [Path(each) for each in overrides]
    return [path.parent / "static" for path in reversed(paths) if path.name == "templates"]
