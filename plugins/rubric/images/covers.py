"""The images of a text, and the one that stands for it."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape

from rubric.model.entry import Entry
from rubric.model.picture import Cover


def links_of(entry: Entry) -> Iterator[str]:
    """Yield the root-relative links of the images in a text, in order."""
    return (cover.link for cover in _images_of(entry))


def cover_of(entry: Entry) -> Cover | None:
    """Return the picture of the front matter, else the first one in a post that is described."""
    if entry.picture:
        return Cover(entry.picture, entry.metadata.image_alt or "")
    if not entry.is_post:
        return None
    return next((cover for cover in _images_of(entry) if cover.alt), None)


def _images_of(entry: Entry) -> Iterator[Cover]:
    if not entry.images:
        return
    links = dict(entry.links)
    for image in entry.images:
        link = unescape(links.get(image.source, image.source))
        if link.startswith("/") and not link.startswith("//"):
            yield Cover(link, image.alt or "", is_in_text=True)
