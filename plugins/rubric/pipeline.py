"""The pipeline: five phases, each a list of passes over one `Build`.

A plugin adds its passes in `register()`, which Pelican calls in the order of PLUGINS:

    def register() -> None:
        from rubric.events import passes

        pipeline.add("link", passes.attach_facts)

The passes of a phase run in the order of PLUGINS, and those of one plugin in the order in
which it adds them. So PLUGINS in pelicanconf.py shows the complete order of a build.

A plugin whose results depend on something outside of content, theme and settings (the fonts of
the system) has a function `external_inputs(settings) -> str` in its `__init__.py`, which returns
a version of it. The build runs again when the version changes.

| phase | work | result |
|---|---|---|
| read | parse front matter and Markdown, or load them from the store | one `Entry` per text |
| link | tags, links between files, facts of events and groups | entries refer to each other |
| plan | editions, views, feeds, calendars: every output file and its URL | each URL has one owner |
| check | checks that need all of this; nothing has been written yet | a valid site, or errors |
| make | add outputs; then outdated ones are rendered and written | `output/` is up to date |
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, get_args

from rubric.model.errors import BuildFailed, SiteError
from rubric.model.kinds import BUILT_IN, Kind, Kinds

if TYPE_CHECKING:
    from rubric.build import Build

Phase = Literal["read", "link", "plan", "check", "make"]
PHASES: tuple[Phase, ...] = get_args(Phase)

Pass = Callable[["Build"], None]
"""A step of a build. It reads and changes the `Build`, and returns nothing."""


@dataclass(slots=True)
class Pipeline:
    """The passes of one build, by phase, in the order in which they run; the kinds of its texts."""

    passes: dict[Phase, list[Pass]] = field(default_factory=lambda: {p: [] for p in PHASES})
    kinds: Kinds = BUILT_IN

    def run(self, phase: Phase, build: Build) -> None:
        """Run the passes of a phase. Raises whatever a pass raises."""
        for each in self.passes[phase]:
            each(build)


@dataclass(slots=True)
class _Registry:
    """Everything that the plugins of this process have registered, like Pelican's signals."""

    passes: dict[Phase, dict[Pass, None]] = field(default_factory=lambda: {p: {} for p in PHASES})
    kinds: dict[str, dict[Kind, None]] = field(default_factory=dict)


_registry = _Registry()


def add(phase: Phase, *passes: Pass) -> None:
    """Register passes of a phase. Adding a pass again has no effect."""
    _registry.passes[phase].update(dict.fromkeys(passes))


def add_kind(kind: Kind, *, plugin: str) -> None:
    """Register a kind of texts for sites that have a plugin, given by its name in PLUGINS."""
    _registry.kinds.setdefault(plugin, {})[kind] = None


def select(plugins: Iterable[str]) -> Pipeline:
    """The pipeline of a build with these plugins (module names), in their order.

    Raises BuildFailed if the record of a kind is wrong.
    """
    pipeline, names = Pipeline(), [*plugins]
    for name in names:
        for phase in PHASES:
            added = _registry.passes[phase]
            pipeline.passes[phase] += [each for each in added if _belongs(each, name)]
        for kind in _registry.kinds.get(name, ()):
            try:
                pipeline.kinds = pipeline.kinds.add(kind)
            except ValueError as error:
                problem, _, fix = str(error).partition(". ")
                problem = f"{name} adds the kind “{kind.id}”, but {problem}."
                raise BuildFailed([SiteError("PLUGINS", 0, "", problem, fix)]) from None
    return pipeline


def _belongs(function: Pass, plugin: str) -> bool:
    return f"{function.__module__}.".startswith(f"{plugin}.")
