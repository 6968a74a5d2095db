"""Audio and video files that front matter names: found, with their size and type."""

from __future__ import annotations

from rubric.markup.links import LinkResolver
from rubric.model.entry import Entry
from rubric.model.media import MEDIA_TYPES, Enclosure, MediaMetadata, media_type
from rubric.model.site import Site

_SAVE = "Save the file below content/files/ and write its path."


def find_enclosure(resolver: LinkResolver, entry: Entry) -> Enclosure | None:
    """The enclosure of a text, for kinds that have one.

    Files of the site are measured. Builds use no network, so that the size of a file elsewhere is
    given in front matter. Mistakes go to the site's error log.
    """
    given = entry.metadata
    if not isinstance(given, MediaMetadata):
        return None
    is_elsewhere = given.media.lower().startswith("https://")
    found = None if is_elsewhere else _find_file(resolver, entry, given)
    url, size = found or (given.media, given.media_size or 0)
    type = given.media_type or media_type(given.media)
    if not type:
        known = ", ".join(MEDIA_TYPES)
        fix = f"Write media_type, such as audio/mpeg, or take a file that ends in {known}."
        _refuse(resolver.site, entry, "media", f"“{given.media}” has no known type.", fix)
    if is_elsewhere and not size:
        problem = "is missing; feeds name the size of each file."
        fix = "Write the size of the file in bytes: builds do not ask other sites."
        _refuse(resolver.site, entry, "media_size", problem, fix)
    if not type or not size:
        return None
    return Enclosure(url, type, size, given.duration, given.episode, given.season, given.explicit)


def _find_file(resolver: LinkResolver, entry: Entry, given: MediaMetadata) -> tuple[str, int]:
    """The address and the size of a file of the site; size 0 for one that can't be used."""
    path = resolver.find_named(entry, given.media)
    if not path:
        fix = resolver.suggest_file(given.media)
        _refuse(resolver.site, entry, "media", f"there is no file “{given.media}”.", fix)
        return "", 0
    size = resolver.files.size(resolver.files.find(path))
    if not size:
        _refuse(resolver.site, entry, "media", f"“{given.media}” is empty.", _SAVE)
    elif given.media_size not in (None, size):
        problem = f"“{given.media_size}” is not the size of the file, which is {size}."
        _refuse(resolver.site, entry, "media_size", problem, "Delete the line.")
    return resolver.site.path(path), size


def _refuse(site: Site, entry: Entry, field: str, problem: str, fix: str) -> None:
    line = entry.lines.get(field, entry.lines.get("media", 1))
    site.errors.add(site.where(entry), problem, fix, line=line, field=field)
