"""Sees that every tag has an address, and no two have the same."""

from __future__ import annotations

from plugins.model.addresses import is_slug
from plugins.model.site import Site
from plugins.model.tag import Tag


def check_addresses(site: Site) -> None:
    """Report tags whose address is empty, or another tag's, in the site's error log."""
    owners: dict[str, tuple[Tag, str]] = {}
    for entry in sorted(site.entries, key=lambda entry: entry.source):
        for tag in entry.tags:
            line = entry.lines.get("tags", 0)
            if not tag.slug:
                site.errors.add(
                    site.where(entry),
                    f"“{tag.spelling}” has no letter or digit, so it can't have an address.",
                    "Write it as a word.",
                    line=line,
                    field="tags",
                )
                continue
            if not is_slug(tag.slug):
                site.errors.add(
                    site.where(entry),
                    f"“{tag.spelling[:40]}…” is too long for an address.",
                    "Shorten it.",
                    line=line,
                    field="tags",
                )
                continue
            first, place = owners.setdefault(tag.slug, (tag, site.where(entry)))
            if first != tag:
                site.errors.add(
                    site.where(entry),
                    f"“{tag.spelling}” and “{first.spelling}” ({place}) would share the "
                    f"address tags/{tag.slug}/.",
                    "Spell them alike if they are one tag, or rename one.",
                    line=line,
                    field="tags",
                )
