"""Where structured data meets Pelican."""

from __future__ import annotations

from pelican import signals
from pelican.generators import Generator

from plugins.structured_data.objects import describe, to_script


def connect() -> None:
    signals.all_generators_finalized.connect(describe_views)


def describe_views(generators: list[Generator]) -> None:
    """All views are made, and none is rendered yet."""
    context = generators[0].context
    for view in context["views"]:
        objects = describe(context["site"], view)
        if objects is not None and view.template != "redirect":
            view.structured = to_script(objects)
