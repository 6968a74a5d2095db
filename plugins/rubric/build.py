"""The state of one build, shared by all passes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from rubric.editions.formats import Formats
from rubric.model.edition import Edition
from rubric.model.entry import Entry
from rubric.model.site import Site
from rubric.model.source_text import ReadSource
from rubric.model.view import View
from rubric.model.view_factory import ViewFactory
from rubric.store.run import Run
from rubric.store.templates import RecordingEnvironment
from rubric.store.writing import Outputs

Plan = TypeVar("Plan")


@dataclass(slots=True)
class Build:
    """One build, from the settings to the output folder.

    `settings` are Pelican's, checked and completed; `content`, `theme` and `output` are
    folders. `static` are Pelican's static files as (path below `content`, address).

    `readers` read files of other formats than Markdown, by the ending of their names.
    `contents` are the texts as Pelican's articles and pages, which other plugins have seen; their
    templates get them as `article` or `page`.

    Filled by core passes: `site` (read), `editions`, `formats`, `view_factory`, `entry_views` and
    `list_views` (plan), `published_files` as (address, source) (plan). A plugin after
    `rubric.editions` makes views with `view_factory` and adds them to `list_views`. `outputs` and
    `run` belong to the store; they record the inputs of each file.

    A plugin keeps results for its later passes in a dataclass of its own:

        build.keep(CalendarPlan(states, lock, files))
        plan = build.get(CalendarPlan)

    Functions given to `outputs.add_file` must not refer to the build itself: the whole build
    would be an input of the file.
    """

    settings: Mapping[str, Any]
    content: Path
    theme: Path
    output: Path
    site: Site
    environment: RecordingEnvironment
    template_names: dict[str, Any]
    """Names that all templates share: Pelican's context. `share` adds to it."""
    run: Run
    outputs: Outputs
    readers: Mapping[str, ReadSource] = field(default_factory=dict)
    contents: Mapping[Entry, object] = field(default_factory=dict)
    editions: dict[str, Edition] = field(default_factory=dict)
    view_factory: ViewFactory = field(init=False)
    formats: dict[str, Formats] = field(default_factory=dict)
    entry_views: dict[Entry, View] = field(default_factory=dict)
    list_views: list[View] = field(default_factory=list)
    static_files: list[tuple[str, str]] = field(default_factory=list)
    draft_files: frozenset[str] = frozenset()
    linked_files: frozenset[str] = frozenset()
    published_files: list[tuple[str, Path]] = field(default_factory=list)
    feed_stylesheets: dict[str, str] = field(default_factory=dict)
    form_hosts: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    _plans: dict[type, Any] = field(default_factory=dict)

    @property
    def views(self) -> list[View]:
        """All views: first those of entries, then lists and other pages."""
        return [*self.entry_views.values(), *self.list_views]

    def share(self, **values: object) -> None:
        """Make values available to all templates."""
        self.template_names.update(values)

    def keep(self, plan: object) -> None:
        """Keep the result of a plugin, one per type."""
        self._plans[type(plan)] = plan

    def find(self, kind: type[Plan]) -> Plan | None:
        """The result of a plugin; None if the plugin is not in PLUGINS."""
        return self._plans.get(kind)

    def get(self, kind: type[Plan]) -> Plan:
        """Return the result of an earlier pass.

        Raises ValueError if there is none, because its plugin is not in PLUGINS.
        """
        plan = self.find(kind)
        if plan is None:
            plugin = ".".join(kind.__module__.split(".")[:2])
            raise ValueError(f"This needs {plugin}, which is not in PLUGINS.")
        return plan

    def __repr__(self) -> str:
        return f"<Build of {self.site!r}>"
