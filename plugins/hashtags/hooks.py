"""Where hashtags meet Pelican."""

from __future__ import annotations

import re
from pathlib import Path

from pelican import signals
from pelican.generators import PagesGenerator

from plugins.hashtags.collisions import check_addresses
from plugins.model.entry import Entry
from plugins.model.lines import find_lines


def connect() -> None:
    signals.page_generator_finalized.connect(check_tags)


def check_tags(generator: PagesGenerator) -> None:
    """All texts are read now, articles before pages."""
    content = Path(generator.path)

    def lines_of(entry: Entry, pattern: re.Pattern[str]) -> list[int]:
        return find_lines((content / entry.source).read_bytes(), pattern)

    check_addresses(generator.context["site"], lines_of)
