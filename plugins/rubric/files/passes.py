"""Passes that check static files, remove private metadata and publish them."""

from __future__ import annotations

from html import escape
from time import time_ns
from unicodedata import normalize

from jinja2.runtime import Context
from markupsafe import Markup

from rubric.build import Build
from rubric.files.downloads import find_downloads
from rubric.files.page_html import print_downloads, print_embeds, print_recordings
from rubric.files.page_pictures import COLUMN, GALLERY, PicturePrinter
from rubric.files.publishing import check_file, to_publish
from rubric.files.rejection import FileRejected
from rubric.files.sizes import measure_pictures
from rubric.files.text_sources import find_sources
from rubric.model.errors import BuildFailed, SiteError
from rubric.model.ignored import Ignored
from rubric.model.pelican_settings import TAKEN_OVER
from rubric.model.recording import Download
from rubric.model.templates import of_page


def add_filter(build: Build) -> None:
    """Add the template filter `sized` and the template function `picture`."""
    build.environment.filters["sized"] = sized
    build.environment.globals["picture"] = picture


@of_page
def sized(
    context: Context,
    html: str,
    *,
    is_lead: bool | None = None,
    column: str = COLUMN,
    gallery: str = GALLERY,
) -> Markup:
    """Return the HTML of a text as pages show it.

    Images have all sizes and formats that the site has of them. Recordings have posters, captions
    and transcripts, links to files type and size.

    `is_lead` is whether its first image is the first of the page; by default, if the entry has no
    picture above its text. `column` and `gallery` are widths, if a theme has another layout.
    """
    site, entry = context["site"], context.get("entry")
    if is_lead is None:
        is_lead = entry is not None and not entry.picture
    edition = context["view"].edition
    formats = context["formats"][edition.lang]

    def describe(file: Download) -> str:
        return str(formats.joined([file.type, formats.file_size(file.size)]))

    html = PicturePrinter(site.pictures, site.picture_sizes, is_lead, column, gallery).print(html)
    html = print_recordings(html, site.recordings, edition.language.tag, edition.gettext)
    html = print_embeds(html, site.embeds, edition.gettext)
    html = print_downloads(html, site.downloads, describe)
    return Markup(html)  # noqa: S704 (texts are HTML)


@of_page
def picture(
    context: Context, link: str, alt: str, *, sizes: str = COLUMN, is_lead: bool = False
) -> Markup:
    """Return a picture for the root-relative link of an image; `sizes` is its width on the page."""
    site = context["site"]
    printer = PicturePrinter(site.pictures, site.picture_sizes, is_lead)
    image = f'<img src="{escape(link)}" alt="{escape(alt)}">'
    return Markup(printer.image(image, sizes, is_linked=True))  # noqa: S704 (escaped above)


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
    files = [(site.path(address), path) for address, path in build.published_files]
    site.picture_sizes = measure_pictures(files)
    site.downloads = dict(find_downloads(files))


def copy_files(build: Build) -> None:
    """Copy published files. Raises BuildFailed for a file that changed after the check."""
    try:
        build.outputs.copy_files(build.published_files, time_ns(), to_publish)
    except FileRejected as rejected:
        place = f"{build.site.content}/"
        error = SiteError(place, rejected.line, "", rejected.problem, rejected.fix)
        raise BuildFailed([error]) from None
