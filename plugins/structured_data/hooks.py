"""Where structured data meets Pelican."""

from __future__ import annotations

from functools import partial

from pelican import signals
from pelican.generators import Generator

from plugins.structured_data.description import Description


def connect() -> None:
    signals.all_generators_finalized.connect(describe_views)


def describe_views(generators: list[Generator]) -> None:
    """All views are made; what others add to them is read when a page is rendered."""
    context = generators[0].context
    describe = partial(Description, context["site"])
    for view in context["views"]:
        if view.template not in ("redirect", "404", "chooser"):
            view.describe = describe
