"""Pass that adds the template function for structured data."""

from __future__ import annotations

from jinja2.runtime import Context

from rubric.build import Build
from rubric.model.templates import of_page
from rubric.structured_data.description import Description

_WITHOUT_DATA = ("redirect", "404", "gone", "chooser")


def add_function(build: Build) -> None:
    """Add the template function `structured_data`."""
    build.environment.globals["structured_data"] = structured_data


@of_page
def structured_data(context: Context) -> Description | None:
    """Return the JSON-LD of the page; None for pages without a subject, such as redirects."""
    view = context["view"]
    return None if view.template in _WITHOUT_DATA else Description(context["site"], view)
