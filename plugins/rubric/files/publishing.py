"""Checks static files, and returns their published content without private metadata."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from rubric.files import boxes, gif, jpeg, png, webp
from rubric.files.rejection import FileRejected
from rubric.files.script_check import check_html, check_xml
from rubric.model.regular import is_utf8, printable, read_regular, reason_of
from rubric.model.site import Site

_FORMATS = (
    (jpeg.matches, jpeg.strip),
    (png.matches, png.strip),
    (webp.matches, webp.strip),
    (gif.matches, gif.strip),
    (boxes.matches, boxes.strip),
)
_PICTURES = frozenset(
    (
        *(".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".apng", ".gif", ".webp"),
        *(".avif", ".avifs", ".heic", ".heif", ".jxl"),
    )
)
_METADATA_NOT_REMOVABLE = frozenset(
    (
        *(".tif", ".tiff", ".psd", ".dng", ".cr2", ".cr3", ".nef", ".arw", ".raf", ".orf", ".rw2"),
        *(".jp2", ".j2k", ".jpx", ".jxr", ".wdp"),
    )
)
_XML = frozenset((".svg", ".xml", ".xhtml", ".xht", ".xsl", ".xslt"))
_HTML = frozenset((".html", ".htm", ".shtml", ".hta", ".mht", ".mhtml"))


def check_file(site: Site, content: Path, source: Path) -> None:
    """Report errors of a file below the content folder, before any output is written."""
    relative = source.relative_to(content).as_posix()
    place = f"{site.content}/{printable(relative)}"
    if not is_utf8(relative):
        site.errors.add(place, "has a name that is not UTF-8.", "Rename it.")
        return
    if source.is_symlink() and not source.exists():
        return  # reported when the content folder is scanned
    try:
        to_publish(relative, read_regular(source))
    except FileRejected as rejected:
        site.errors.add(place, rejected.problem, rejected.fix, line=rejected.line)
    except OSError as error:
        fix = "Check the file and its permissions."
        site.errors.add(place, f"can't be read: {reason_of(error)}.", fix)


def to_publish(name: str, data: bytes) -> bytes:
    """Return the content to publish. Raises FileRejected.

    Images are recognized by their first bytes, since suffixes are often wrong.
    """
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in _XML:
        check_xml(data)
    elif suffix in _HTML:
        check_html(data)
    elif suffix == ".svgz":
        raise FileRejected("is compressed, so it can't be checked for scripts.", "Save it as .svg.")
    elif suffix in _METADATA_NOT_REMOVABLE:
        raise FileRejected(
            f"may have location, camera and author in it, which can't be removed from {suffix}.",
            "Save it as JPEG, PNG, WebP or AVIF.",
        )
    else:
        return _strip(suffix, data)
    return data


def _strip(suffix: str, data: bytes) -> bytes:
    for matches, strip in _FORMATS:
        if matches(data):
            return strip(data)
    if suffix in _PICTURES and not (suffix == ".jxl" and data.startswith(b"\xff\n")):
        problem = "is empty." if not data else "is not a picture, whatever its name says."
        raise FileRejected(problem, "Save the picture again, or take another copy.")
    return data
