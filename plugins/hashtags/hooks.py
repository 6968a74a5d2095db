"""Where hashtags meet Pelican."""

from __future__ import annotations

from pelican import signals
from pelican.generators import PagesGenerator

from plugins.hashtags.collisions import check_addresses


def connect() -> None:
    signals.page_generator_finalized.connect(check_tags)


def check_tags(generator: PagesGenerator) -> None:
    """All texts are read now, articles before pages."""
    check_addresses(generator.context["site"])
