"""Where the writer meets Pelican."""

from __future__ import annotations

import os
from pathlib import Path
from time import perf_counter, time_ns
from typing import Any

from jinja2 import Template
from pelican import Pelican, signals
from pelican.generators import Generator, PagesGenerator
from pelican.log import console
from pelican.settings import DEFAULT_CONFIG
from pelican.writers import Writer

from plugins.incremental.interrupts import begun_in_one_line, ended_in_one_line
from plugins.incremental.options import Options
from plugins.incremental.postprocessing import has_foreign
from plugins.incremental.progress import Bar
from plugins.incremental.run import Run
from plugins.incremental.sealed import build_if_changed
from plugins.incremental.templates import TellingEnvironment
from plugins.incremental.told import Told
from plugins.incremental.writing import Writing
from plugins.model.settings import complete_settings

_told = Told()
"""Lives as long as the process, as Pelican's log does, which tells nothing twice."""


def connect() -> None:
    signals.generator_init.connect(share_environment)
    signals.page_generator_init.connect(start)
    signals.page_generator_finalized.connect(end_reading)
    signals.get_writer.connect(get_writer)
    signals.finalized.connect(make_at_last)


class SealedPelican(Pelican):  # type: ignore[misc]
    """Pelican, but it does nothing where nothing has changed: to be named by PELICAN_CLASS.

    Pelican has no other place where a plugin could say that a build need not begin.
    """

    def __init__(self, settings: dict[str, Any]) -> None:
        """Check the settings before Pelican uses them. Raises BuildFailed."""
        with begun_in_one_line():
            complete_settings(settings, DEFAULT_CONFIG)
            super().__init__(settings)

    def run(self) -> None:
        """Build, unless the last build was of the same and is as it was left."""
        with ended_in_one_line():
            build_if_changed(
                self.settings,
                super().run,
                _told,
                os.environ,
                time_ns(),
                is_processed=has_post_processors(),
            )

    def _get_generator_classes(self) -> list[type[Generator]]:
        return [*super()._get_generator_classes(), Making]


class Making(Generator):  # type: ignore[misc]
    """The last generator: makes all files before plugins that process them receive `finalized`.

    Pelican calls its receivers in the order of PLUGINS, in which this project's are the first.
    """

    def generate_output(self, writer: Writer) -> None:
        del writer
        run: Run = self.settings["RUBRIC_RUN"]
        make(run, is_processed=has_post_processors())
        run.announce(signals.content_written)


def has_post_processors() -> bool:
    """Whether plugins from elsewhere may change files that are written."""
    return any(map(has_foreign, (signals.finalized, signals.content_written)))


def share_environment(generator: Generator) -> None:
    """One environment for all generators; theirs is asked for what plugins gave it."""
    options = generator.settings["JINJA_ENVIRONMENT"]
    generator.env = TellingEnvironment.common(generator.context, generator.env, options)


def start(generator: PagesGenerator) -> None:
    """The site is set up, and no text is read."""
    settings, context = generator.settings, generator.context
    options = Options.read(settings["INCREMENTAL"], os.environ)
    clock, bar = perf_counter, Bar(console, perf_counter)
    settings["RUBRIC_RUN"] = run = Run.begin(context, options, clock, bar)
    run.begin_reading(Path(generator.path))


def end_reading(generator: PagesGenerator) -> None:
    generator.settings["RUBRIC_RUN"].begin_linking()


def get_writer(pelican: Pelican) -> type[Writer]:
    """A writer class that knows this run."""
    return type("RunWriter", (OutputWriter,), {"run": pelican.settings["RUBRIC_RUN"]})


class OutputWriter(Writing, Writer):  # type: ignore[misc]
    """Pelican's writer, by which other plugins write, too."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """Begin to write, which a run that was stopped before never does."""
        super().__init__(*arguments, **options)
        self.run.begin_writing()

    def write_file(self, name: str, template: Template, context: Any, *_: Any, **own: Any) -> None:
        """Render a page for Pelican or another plugin, at once and at every build.

        Links are the site's own, so Pelican's relative URLs and paginator are unused.
        """
        if name:
            local = {**context, **own, "output_file": name}
            self.write_bytes(name, template.render(local).encode("utf-8"))
            signals.content_written.send(str(self.run.output.root / name), context=local)


def make_at_last(pelican: Pelican) -> None:
    """Make the files where PELICAN_CLASS is Pelican's own, which has no last generator."""
    run: Run = pelican.settings["RUBRIC_RUN"]
    if not run.is_made:
        make(run, is_processed=False)


def make(run: Run, *, is_processed: bool) -> None:
    """Everything that is to be written is known."""
    for line in run.make(is_processed=is_processed):
        console.print(line, highlight=False, markup=False, soft_wrap=True)
