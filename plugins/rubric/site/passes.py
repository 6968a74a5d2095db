"""Passes that read shared data and claim the addresses of template pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rubric.build import Build
from rubric.model.ignored import Ignored
from rubric.model.source_text import endings_of
from rubric.site.layout import check_layout, check_readable
from rubric.site.loading import load_authors, load_rubrics
from rubric.site.theme import TEMPLATES


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
        names = [template]
        if setting.startswith("DIRECT_TEMPLATES"):
            names = [f"{template}{ending}" for ending in build.settings["TEMPLATE_EXTENSIONS"]]
        if not any((folder / name).is_file() for folder in folders for name in names):
            fix = f"Write it, or remove it from {setting.partition('[')[0]}."
            site.errors.add(setting, f"there is no template {names[0]}.", fix)
        elif address:
            site.claims.add(address, setting)


def check_templates(build: Build) -> None:
    """Check that the theme has the templates that texts name."""
    site, settings = build.site, build.settings
    overrides = map(Path, settings["THEME_TEMPLATES_OVERRIDES"])
    folders = [Path(settings["THEME"], "templates"), *overrides]
    for entry in site.entries:
        name = entry.metadata.template
        if not name:
            continue
        if name in TEMPLATES:
            problem, fix = f"{name}.html is the template of another page.", "Choose another one."
        elif not any((folder / f"{name}.html").is_file() for folder in folders):
            problem = f"the theme has no template {name}.html."
            fix = "Delete the line, or write the template in a folder of THEME_TEMPLATES_OVERRIDES."
        else:
            continue
        place = site.where(entry)
        site.errors.add(place, problem, fix, line=entry.lines.get("template", 0), field="template")


def _template_pages(build: Build) -> Iterator[tuple[str, str, str, list[Path]]]:
    """Yield setting, address, template, and the folders to search for the template."""
    settings = build.settings
    overrides = [Path(folder) for folder in settings["THEME_TEMPLATES_OVERRIDES"]]
    for name, address in settings["TEMPLATE_PAGES"].items():
        yield f'TEMPLATE_PAGES["{name}"]', address, name, [Path(settings["PATH"]), *overrides]
    folders = [Path(settings["THEME"], "templates"), *overrides]
    for name in settings["DIRECT_TEMPLATES"]:
        address = settings.get(f"{name.upper()}_SAVE_AS", f"{name}.html")
        yield f'DIRECT_TEMPLATES["{name}"]', address, name, folders
