"""Pass that checks tags."""

from __future__ import annotations

import re

from rubric.build import Build
from rubric.model.entry import Entry
from rubric.model.lines import find_lines
from rubric.tags.collisions import check_addresses


def check_tags(build: Build) -> None:
    """Report tags that would share an address."""

    def lines_of(entry: Entry, pattern: re.Pattern[str]) -> list[int]:
        return find_lines((build.content / entry.source).read_bytes(), pattern)

    check_addresses(build.site, lines_of)
