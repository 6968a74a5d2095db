"""Adds the template function that describes a page to search engines."""

from __future__ import annotations

from jinja2.runtime import Context

from rubric.build import Build
from rubric.model.templates import of_page
from rubric.structured_data.description import Description

_UNDESCRIBED = ("redirect", "404", "gone", "chooser")


def add_function(build: Build) -> None:
    """Add the template function `structured_data`."""
    build.environment.globals["structured_data"] = structured_data


@of_page
def structured_data(context: Context) -> Description | None:
    """The JSON-LD of the page; None for pages about nothing, such as redirects."""
    view = context["view"]
    return None if view.template in _UNDESCRIBED else Description(context["site"], view)
