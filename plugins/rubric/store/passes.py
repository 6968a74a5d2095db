"""A pass that adds a page for each view."""

from __future__ import annotations

from rubric.build import Build
from rubric.model.site import save_as


def add_pages(build: Build) -> None:
    """Add a page for each view. All other passes have set the variables of their views."""
    for entry, view in build.entry_views.items():
        variables = {"entry": entry, **view.variables}
        build.outputs.add_page(save_as(view.url), f"{view.template}.html", view=view, **variables)
    for view in build.list_views:
        template = f"{view.template}.html"
        build.outputs.add_page(save_as(view.url), template, view=view, **view.variables)
