"""Returns the published content of a static file, without private metadata."""

from __future__ import annotations

from pathlib import PurePosixPath

from rubric.files import boxes, gif, jpeg, png, webp
from rubric.files.rejection import FileRejected
from rubric.files.script_check import check_html, check_xml

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
    if data.startswith(jpeg.START):
        return jpeg.strip(data)
    if data.startswith(png.START):
        return png.strip(data)
    if webp.is_webp(data):
        return webp.strip(data)
    if gif.is_gif(data):
        return gif.strip(data)
    if boxes.is_boxes(data):
        return boxes.strip(data)
    if suffix in _PICTURES and not (suffix == ".jxl" and data.startswith(b"\xff\n")):
        problem = "is empty." if not data else "is not a picture, whatever its name says."
        raise FileRejected(problem, "Save the picture again, or take another copy.")
    return data
