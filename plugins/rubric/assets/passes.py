"""Passes that write the theme's style sheets, scripts and other files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rubric.assets.bundle import (
    bundle_styles,
    feed_stylesheet,
    hashed_name,
    minify_script,
    page_styles,
)
from rubric.build import Build
from rubric.model.features import missing_features
from rubric.model.site import save_as
from rubric.model.user_themes import child_files


@dataclass(frozen=True, slots=True)
class AssetFiles:
    """Content of files by address."""

    content: dict[str, bytes]


def plan_assets(build: Build) -> None:
    """Read the theme's files and claim an address for each.

    Scripts and style sheets of features whose plugins are not in PLUGINS are left out. Child
    themes add style sheets, and replace or add files of img/ and root/.
    """
    static = build.theme / "static"
    children = child_files(build.settings["THEME_TEMPLATES_OVERRIDES"])
    styles = {path.stem: path.read_text("utf-8") for path in static.glob("css/*.css")}
    added = [p.read_text("utf-8") for child in children for p in sorted(child.glob("css/*.css"))]
    style = bundle_styles(styles, build.site.rubrics.values(), added).encode()
    stylesheet = f"theme/{hashed_name('site.css', style)}"
    files, scripts, styles_of_pages = {stylesheet: style}, {}, {}
    missing = missing_features(build.site.features)
    unused = {name for feature in missing for name in feature.scripts}
    for path in _used(static, "css/pages/*.css", unused):
        content = page_styles(path.read_text("utf-8")).encode()
        styles_of_pages[path.stem] = f"theme/{hashed_name(path.name, content)}"
        files[styles_of_pages[path.stem]] = content
    for path in _used(static, "js/*.js", unused):
        content = minify_script(path.read_text("utf-8")).encode()
        scripts[path.stem] = f"theme/{hashed_name(path.name, content)}"
        files[scripts[path.stem]] = content
    for folder in (static, *children):
        for path in sorted(p for p in folder.glob("img/**/*") if p.is_file()):
            files[f"theme/{path.relative_to(folder).as_posix()}"] = path.read_bytes()
    sheet = (static / "feed/feed.css").read_text("utf-8")
    for lang, edition in build.editions.items() if "feeds" in build.site.features else ():
        address, content = feed_stylesheet(sheet, edition)
        build.feed_stylesheets[lang] = address
        files[address] = content
    # Browsers request these (favicon.ico) at the root; the content may have its own.
    pages = {save_as(view.url) for view in build.views}
    for path in (each for folder in (static, *children) for each in sorted(folder.glob("root/*"))):
        if path.is_file() and path.name not in pages and path.name not in build.site.claims:
            files[path.name] = path.read_bytes()
    for address in files:
        build.site.claims.add(address, "a file of the theme")
    build.share(stylesheet=stylesheet, page_styles=styles_of_pages, scripts=scripts)
    build.keep(AssetFiles(files))


def _used(static: Path, pattern: str, unused: set[str]) -> list[Path]:
    """Return files of the theme, without those of features that the site does not have."""
    return sorted(path for path in static.glob(pattern) if path.stem not in unused)


def write_assets(build: Build) -> None:
    """Write the theme's files."""
    for address, content in build.get(AssetFiles).content.items():
        build.outputs.write_bytes(address, content)
