"""Passes that read shared data and claim the addresses of template pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rubric.build import Build
from rubric.model.ignored import Ignored
from rubric.model.source_text import endings_of
from rubric.site.layout import check_layout, check_readable
from rubric.site.loading import load_authors, load_rubrics


def load_site_files(build: Build) -> None:
    """Check the content folder; read rubrics.toml and authors.toml."""
    site, content, settings = build.site, build.content, build.settings
    ignored = Ignored(settings["IGNORE_FILES"])
    static = settings["STATIC_PATHS"]
    check_layout(
        content,
        site.languages,
        static,
        site.errors,
        ignored,
        site.kinds,
        endings_of(build.readers),
        site.only_language,
    )
    check_readable(build.theme, site.errors)
    site.rubrics = load_rubrics(content / "rubrics.toml", site.languages, site.errors, site.kinds)
    site.authors = load_authors(content / "authors.toml", site.languages, site.errors)


def claim_template_pages(build: Build) -> None:
    """Claim the pages that Pelican renders from templates, and check that these exist."""
    site = build.site
    for setting, address, template, folders in _template_pages(build):
        if not any((folder / template).is_file() for folder in folders):
            fix = f"Write it, or remove it from {setting.partition('[')[0]}."
            site.errors.add(setting, f"there is no template {template}.", fix)
        elif address:
            site.claims.add(address, setting)


def _template_pages(build: Build) -> Iterator[tuple[str, str, str, list[Path]]]:
    """Yield setting, address, template, and the folders to search for the template."""
    settings = build.settings
    overrides = [Path(folder) for folder in settings["THEME_TEMPLATES_OVERRIDES"]]
    for name, address in settings["TEMPLATE_PAGES"].items():
        yield f'TEMPLATE_PAGES["{name}"]', address, name, [Path(settings["PATH"]), *overrides]
    folders = [Path(settings["THEME"], "templates"), *overrides]
    for name in settings["DIRECT_TEMPLATES"]:
        address = settings.get(f"{name.upper()}_SAVE_AS", f"{name}.html")
        yield f'DIRECT_TEMPLATES["{name}"]', address, f"{name}.html", folders
