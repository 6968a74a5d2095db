"""Checks that every tag has an address, and that addresses are unique."""

from __future__ import annotations

import re

from rubric.build import Build
from rubric.model.addresses import LONGEST, is_slug
from rubric.model.entry import Entry
from rubric.model.lines import LineFinder, line_finder
from rubric.model.site import Site
from rubric.model.tag import Tag


def check_tags(build: Build) -> None:
    """Report tags that would share an address."""
    check_addresses(build.site, line_finder(build.content))


def check_addresses(site: Site, lines_of: LineFinder) -> None:
    """Report tags with an empty, invalid or duplicate address.

    Valid tags are checked once, invalid ones are reported for every text.
    """
    valid: set[str] = set()
    owners: dict[str, tuple[Tag, Entry]] = {}
    for entry in site.entries:
        for tag in entry.tags:
            if tag.identity in valid:
                continue
            mistake = _mistake(site, tag, owners.setdefault(tag.slug, (tag, entry)))
            if mistake is None:
                valid.add(tag.identity)
                continue
            problem, fix = mistake
            hashtag = re.compile(rf"[#＃]{re.escape(tag.spelling)}")
            found = lines_of(entry.source, [hashtag]) or [entry.lines.get("tags", 0)]
            site.errors.add(site.where(entry), problem, fix, line=found[0], field="tags")


def _mistake(site: Site, tag: Tag, owner: tuple[Tag, Entry]) -> tuple[str, str] | None:
    """Return problem and fix of a tag, or None; `owner` is the first tag with its address."""
    if not tag.slug:
        problem = f"“{tag.spelling}” has no letter or digit, so it can't have an address."
        return problem, "Write it as a word."
    if len(tag.slug.encode()) > LONGEST:
        return f"“{tag.spelling[:40]}…” is too long for an address.", "Shorten it."
    if not is_slug(tag.slug):
        return f"“{tag.spelling}” can't be an address.", "Use letters, digits and hyphens."
    first, entry = owner
    if first == tag:
        return None
    problem = (
        f"“{tag.spelling}” and “{first.spelling}” ({site.where(entry)}) would share the "
        f"address tags/{tag.slug}/."
    )
    return problem, "Spell them alike if they are one tag, or rename one."
