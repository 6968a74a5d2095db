"""Passes that claim the address of each page and add a page for each view."""

from __future__ import annotations

from rubric.build import Build
from rubric.model.site import save_as
from rubric.store.page_addresses import claim_pages


def claim_addresses(build: Build) -> None:
    """Claim the address of each page; report those that would share one."""
    claim_pages(build.site, build.views)


def add_pages(build: Build) -> None:
    """Add a page for each view. All other passes have set the variables of their views."""
    for entry, view in build.entry_views.items():
        variables = {"entry": entry, **view.variables}
        build.outputs.add_page(save_as(view.url), f"{view.template}.html", view=view, **variables)
    for view in build.list_views:
        template = f"{view.template}.html"
        build.outputs.add_page(save_as(view.url), template, view=view, **view.variables)
