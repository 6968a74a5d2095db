"""Where the writer meets Pelican."""

from __future__ import annotations

import os
from pathlib import Path
from time import perf_counter, time_ns
from typing import Any

from jinja2 import Template
from pelican import Pelican, signals
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator, StaticGenerator
from pelican.log import console
from pelican.writers import Writer

from plugins.incremental.copying import Copying
from plugins.incremental.options import Options
from plugins.incremental.output import Output
from plugins.incremental.progress import Bar
from plugins.incremental.run import Run
from plugins.incremental.store import Store
from plugins.incremental.templates import TellingEnvironment
from plugins.incremental.versions import version_of
from plugins.incremental.writing import Writing

_COPIES = "copies"


def connect() -> None:
    signals.generator_init.connect(share_environment)
    signals.page_generator_init.connect(start)
    signals.page_generator_finalized.connect(end_reading)
    signals.get_writer.connect(get_writer)
    signals.static_generator_finalized.connect(take_static_files)
    signals.article_writer_finalized.connect(write_static_files)
    signals.finalized.connect(make)


def share_environment(generator: Generator) -> None:
    """One environment for all generators; theirs is asked for what plugins gave it."""
    own, context = generator.env, generator.context
    if "environment" not in context:
        options = generator.settings["JINJA_ENVIRONMENT"]
        context["environment"] = TellingEnvironment(own, **options)
    context["environment"].take(own)
    generator.env = context["environment"]


def start(generator: PagesGenerator) -> None:
    """The site is set up, and no text is read."""
    settings, context = generator.settings, generator.context
    output = Path(settings["OUTPUT_PATH"])
    settings["RUBRIC_RUN"] = run = Run(
        context,
        Store(output.parent / f".{output.name}.store", version_of(settings["PLUGINS"])),
        context["environment"],
        Output(output),
        Options.read(settings["INCREMENTAL"], os.environ),
        perf_counter,
        Bar(console, perf_counter),
    )
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


def take_static_files(generator: StaticGenerator) -> None:
    """Pelican would copy these anew at every build, so they are taken over."""
    context = generator.context
    context["taken_files"] = [(f.save_as, Path(f.source_path)) for f in generator.staticfiles]
    generator.staticfiles = context["staticfiles"] = []
    for address, source in context["taken_files"]:
        relative = source.relative_to(generator.path).as_posix()
        context["site"].claims.add(address, f"{context['site'].content}/{relative}")


def write_static_files(generator: ArticlesGenerator, writer: OutputWriter) -> None:
    run = writer.run
    copying = Copying(run.output, run.store.load(_COPIES) or {}, time_ns())
    for address, source in generator.context["taken_files"]:
        writer.copy_file(address, source, copying)
    if copying.copies != copying.before:
        run.store.save(_COPIES, copying.copies)


def make(pelican: Pelican) -> None:
    """Everything that is to be written is known."""
    for line in pelican.settings["RUBRIC_RUN"].make():
        console.print(line, highlight=False, markup=False, soft_wrap=True)
