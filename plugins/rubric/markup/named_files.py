"""Finds the files named in front matter: pictures, audio and video. Mistakes are site errors."""

from __future__ import annotations

from rubric.markup.links import NO_FILE, LinkResolver
from rubric.model.entry import Entry
from rubric.model.media import MEDIA_TYPES, Enclosure, MediaMetadata, media_type
from rubric.model.site import Site

_SAVE = "Save the file below content/files/ and write its path."


def find_picture(resolver: LinkResolver, entry: Entry, field: str) -> str:
    """Return the root-relative address of the image in a front-matter field, or ''."""
    value = getattr(entry.metadata, field, None)
    if not value:
        return ""
    if value.startswith(("https://", "http://")):
        problem = f"“{value}” would be fetched from another site."
        fix = "Save the picture below content/images/ and write its path."
    elif path := resolver.find_named(entry, value):
        return resolver.site.path(resolver.address_of(path))
    else:
        problem, fix = f"there is no picture “{value}”.", _suggest(resolver, value)
    _refuse(resolver.site, entry, field, problem, fix)
    return ""


def find_enclosure(resolver: LinkResolver, entry: Entry) -> Enclosure | None:
    """Return the enclosure of a text, for kinds that have one.

    Files of the site are measured. A build does not use the network, so front matter contains
    the size of a file on another site.
    """
    given = entry.metadata
    if not isinstance(given, MediaMetadata):
        return None
    is_external = given.media.lower().startswith("https://")
    if is_external:
        url, size = given.media, given.media_size or 0
    else:
        url, size = _measure(resolver, entry, given)
    type = given.media_type or media_type(given.media)
    if not type:
        known = ", ".join(MEDIA_TYPES)
        fix = f"Write media_type, such as audio/mpeg, or take a file that ends in {known}."
        _refuse(resolver.site, entry, "media", f"“{given.media}” has no known type.", fix)
    if is_external and not size:
        problem = "is missing; feeds name the size of each file."
        fix = "Write the size of the file in bytes: builds do not ask other sites."
        _refuse(resolver.site, entry, "media_size", problem, fix)
    if not type or not size:
        return None
    return Enclosure(url, type, size, given.duration, given.episode, given.season, given.explicit)


def _measure(resolver: LinkResolver, entry: Entry, given: MediaMetadata) -> tuple[str, int]:
    """Return address and size of a file of the site; the size is 0 if it can't be used."""
    path = resolver.find_named(entry, given.media)
    if not path:
        fix = _suggest(resolver, given.media)
        _refuse(resolver.site, entry, "media", f"there is no file “{given.media}”.", fix)
        return "", 0
    size = resolver.files.size(resolver.files.find(path))
    if not size:
        _refuse(resolver.site, entry, "media", f"“{given.media}” is empty.", _SAVE)
    elif given.media_size not in (None, size):
        problem = f"“{given.media_size}” is not the size of the file, which is {size}."
        _refuse(resolver.site, entry, "media_size", problem, "Delete the line.")
    return resolver.site.path(resolver.address_of(path)), size


def _suggest(resolver: LinkResolver, value: str) -> str:
    """Return the fix for a name in front matter for which no file exists."""
    similar = resolver.files.similar(value.lstrip("/"), "")
    return f"Did you mean “{similar.lstrip('/')}”?" if similar else NO_FILE


def _refuse(site: Site, entry: Entry, field: str, problem: str, fix: str) -> None:
    line = entry.lines.get(field, 0)
    if field.startswith("media"):
        line = line or entry.lines.get("media", 1)
    site.errors.add(site.where(entry), problem, fix, line=line, field=field)
