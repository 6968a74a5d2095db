"""Where the writer meets Pelican."""

from __future__ import annotations

import os
from pathlib import Path
from time import perf_counter
from typing import Any

from jinja2 import Template
from pelican import Pelican, signals
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator, StaticGenerator
from pelican.log import console
from pelican.writers import FileOverwriteFailedError, Writer

from plugins.incremental.making import File, Page, Task
from plugins.incremental.output import Output
from plugins.incremental.progress import Bar
from plugins.incremental.run import Options, Run
from plugins.incremental.store import Store
from plugins.incremental.templates import TellingEnvironment
from plugins.incremental.versions import version_of
from plugins.incremental.workers import cores


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
    options = Options(
        workers=settings["INCREMENTAL"]["workers"] or cores(),
        is_clean=bool(os.environ.get("RUBRIC_CLEAN")),
        why=os.environ.get("RUBRIC_WHY", ""),
    )
    settings["RUBRIC_RUN"] = run = Run(
        context,
        Store(output.parent / f".{output.name}.store", version_of(settings["PLUGINS"])),
        context["environment"],
        Output(output),
        options,
        perf_counter,
        Bar(console, perf_counter),
    )
    run.begin_reading(Path(generator.path))
    context["texts"] = run.texts


def end_reading(generator: PagesGenerator) -> None:
    generator.settings["RUBRIC_RUN"].begin_linking()


def get_writer(pelican: Pelican) -> type[Writer]:
    """A writer class that knows this run."""
    run: Run = pelican.settings["RUBRIC_RUN"]
    run.begin_writing()

    class OutputWriter(_Writer):
        pass

    OutputWriter.run = run
    return OutputWriter


class _Writer(Writer):  # type: ignore[misc]
    """Writes what differs; two files on one address are refused.

    Pages and files that are added are made later, all at once, if their inputs have changed.
    """

    run: Run

    def add_page(self, address: str, template: str, **values: Any) -> None:
        """Have a page: a template's name, and the names it has besides the context's."""
        run = self.run
        self._add(Page(address, template, values, run.environment, run.context))

    def add_file(self, address: str, function: Any, *arguments: Any) -> None:
        """Have a file: the bytes that a function makes of its arguments, and of them alone."""
        self._add(File(address, function, arguments))

    def _add(self, task: Task) -> None:
        self._refuse_twice(task.address)
        self.run.tasks[task.address] = task

    def write_file(self, name: str, template: Template, context: Any, *_: Any, **own: Any) -> None:
        """Render a page for Pelican or another plugin, at once and at every build.

        Links are the site's own, so Pelican's relative URLs and paginator are unused.
        """
        if name:
            local = {**context, **own, "output_file": name}
            self.write_bytes(name, template.render(local).encode("utf-8"))
            signals.content_written.send(str(self.run.output.root / name), context=local)

    def write_bytes(self, name: str, content: bytes) -> None:
        """Write a file whose content is there already."""
        self._refuse_twice(name)
        self.run.output.write(name, content)

    def _refuse_twice(self, name: str) -> None:
        if name in self.run.tasks or name in self.run.output.written:
            raise FileOverwriteFailedError(f"“{name}” would be written twice in one build.")


def take_static_files(generator: StaticGenerator) -> None:
    """Pelican would copy these anew at every build, so they are taken over."""
    context = generator.context
    context["taken_files"] = [(f.save_as, Path(f.source_path)) for f in generator.staticfiles]
    generator.staticfiles = context["staticfiles"] = []
    for address, source in context["taken_files"]:
        relative = source.relative_to(generator.path).as_posix()
        context["site"].claims.add(address, f"{context['site'].content}/{relative}")


def write_static_files(generator: ArticlesGenerator, writer: Writer) -> None:
    for address, source in generator.context["taken_files"]:
        writer.write_bytes(address, source.read_bytes())


def make(pelican: Pelican) -> None:
    """Everything that is to be written is known."""
    for line in pelican.settings["RUBRIC_RUN"].make():
        console.print(line, highlight=False, markup=False, soft_wrap=True)
