"""The state of the bridge between Pelican's signals."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field
from typing import Any

from pelican.generators import Generator, PagesGenerator

from rubric.bridge.contents import Library
from rubric.bridge.lists import Lists
from rubric.build import Build
from rubric.pipeline import Phase, Pipeline
from rubric.store.templates import RecordingEnvironment

_KEY = "RUBRIC_SESSION"


class DryRunDone(Exception):
    """Raised instead of writing if the site is only read and checked."""


@dataclass(slots=True)
class Session:
    """The pipeline of a Pelican instance, and its current build (None before the first one).

    `untouched` are files that have not changed since the last build; `environment` is the Jinja
    environment of all generators that have the same `context`. If `has_other_theme`, Pelican writes
    the site, with a theme that is not made for Rubric. `library` has the articles and pages
    of the current build, and `lists` are those of the generators of articles and of pages.
    """

    pipeline: Pipeline
    untouched: Set[str] = frozenset()
    build: Build | None = None
    context: dict[str, Any] = field(default_factory=dict)
    environment: RecordingEnvironment | None = None
    is_dry_run: bool = False
    has_other_theme: bool = False
    generators: list[Generator] = field(default_factory=list)
    pages_generator: PagesGenerator = field(init=False)
    library: Library = field(init=False)
    lists: list[Lists] = field(default_factory=list)

    @classmethod
    def of(cls, settings: dict[str, Any]) -> Session:
        """Return the session of the Pelican instance with these settings."""
        session: Session = settings[_KEY]
        return session

    def attach(self, settings: dict[str, Any]) -> None:
        """Make this the session of the Pelican instance with these settings."""
        settings[_KEY] = self

    @property
    def current(self) -> Build:
        """The build that is running."""
        assert self.build is not None
        return self.build

    def run(self, phase: Phase) -> None:
        """Run a phase of the current build."""
        self.pipeline.run(phase, self.current)
