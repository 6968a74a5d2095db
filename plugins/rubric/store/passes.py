"""Passes that add a page for each view, and write all files that are out of date."""

from __future__ import annotations

from rubric.build import Build
from rubric.model.site import save_as


def add_pages(build: Build) -> None:
    """Add a page for each view. Search and others have set the variables of their views."""
    for entry, view in build.entry_views.items():
        variables = {"entry": entry, **view.variables}
        build.outputs.add_page(save_as(view.url), f"{view.template}.html", view=view, **variables)
    for view in build.list_views:
        template = f"{view.template}.html"
        build.outputs.add_page(save_as(view.url), template, view=view, **view.variables)
