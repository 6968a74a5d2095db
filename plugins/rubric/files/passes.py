"""Passes that check static files, remove private metadata and publish them."""

from __future__ import annotations

from time import time_ns
from unicodedata import normalize

from jinja2.runtime import Context
from markupsafe import Markup

from rubric.build import Build
from rubric.files.publishing import check_file, to_publish
from rubric.files.rejection import FileRejected
from rubric.files.sizes import add_sizes, measure_pictures
from rubric.files.text_sources import find_sources
from rubric.model.errors import BuildFailed, SiteError
from rubric.model.ignored import Ignored
from rubric.model.pelican_settings import TAKEN_OVER
from rubric.model.templates import of_page


def add_filter(build: Build) -> None:
    """Add the template filter `sized`."""
    build.environment.filters["sized"] = sized


@of_page
def sized(context: Context, html: str) -> Markup:
    """Return the HTML of a text with width and height on its images."""
    return Markup(add_sizes(html, context["site"].picture_sizes))  # noqa: S704 (texts are HTML)


def plan_files(build: Build) -> None:
    """Claim the address of each published file; check changed files."""
    site = build.site
    ignored = Ignored(build.settings["IGNORE_FILES"])
    explicit = set(build.settings["STATIC_PATHS"])
    for relative, address in build.static_files:
        if relative in build.draft_files:
            continue
        if relative in explicit or not ignored.has_file(relative):
            # Links use NFC; macOS may store file names in NFD.
            name = normalize("NFC", address)
            build.published_files.append((name, build.content / relative))
            site.claims.add(name, f"{site.content}/{relative}")
    if build.settings[TAKEN_OVER]["OUTPUT_SOURCES"]:
        ending = build.settings["OUTPUT_SOURCES_EXTENSION"]
        for address, entry in find_sources(site.entries, ending):
            build.published_files.append((address, build.content / entry.source))
            site.claims.add(address, site.where(entry))
    for source in build.run.changed_files(build.published_files):
        check_file(site, build.content, source)
    files = ((site.path(address), path) for address, path in build.published_files)
    site.picture_sizes = measure_pictures(files)


def copy_files(build: Build) -> None:
    """Copy published files. Raises BuildFailed for a file that changed after the check."""
    try:
        build.outputs.copy_files(build.published_files, time_ns(), to_publish)
    except FileRejected as rejected:
        place = f"{build.site.content}/"
        error = SiteError(place, rejected.line, "", rejected.problem, rejected.fix)
        raise BuildFailed([error]) from None
