"""Passes that claim the address of each page and add a page for each view."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rubric.build import Build
from rubric.model.entry import Entry
from rubric.model.site import save_as
from rubric.model.view import View
from rubric.store.page_addresses import claim_pages


def claim_addresses(build: Build) -> None:
    """Claim the address of each page; report those that would share one."""
    claim_pages(build.site, build.views)


def add_pages(build: Build) -> None:
    """Add a page for each view. All other passes have set the variables of their views."""
    for entry, view in build.entry_views.items():
        _add_page(build, view, {"entry": entry, **view.variables})
    for view in build.list_views:
        _add_page(build, view, view.variables)


def _add_page(build: Build, view: View, variables: Mapping[str, Any]) -> None:
    """Add a page; that of a text gets Pelican's `article` or `page`, too, for other plugins."""
    values = {"view": view, **variables}
    entry = variables.get("entry")
    if isinstance(entry, Entry) and entry in build.contents:
        values["article" if entry.kind.is_article else "page"] = build.contents[entry]
    build.outputs.add_page(save_as(view.url), f"{view.template}.html", **values)
