"""Where the writer meets Pelican."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Template
from pelican import Pelican, signals
from pelican.generators import ArticlesGenerator, StaticGenerator
from pelican.writers import FileOverwriteFailedError, Writer

from plugins.incremental.store import Output


def connect() -> None:
    signals.article_generator_init.connect(start_output)
    signals.get_writer.connect(get_writer)
    signals.static_generator_finalized.connect(take_static_files)
    signals.article_writer_finalized.connect(write_static_files)
    signals.finalized.connect(remove_vanished)


def start_output(generator: ArticlesGenerator) -> None:
    """A run starts, also one that follows a failed run in a living process."""
    root = Path(generator.settings["OUTPUT_PATH"])
    generator.settings["RUBRIC_OUTPUT"] = Output(root)


def get_writer(pelican: Pelican) -> type[Writer]:
    """A writer class that shares this run's `Output`."""
    output: Output = pelican.settings["RUBRIC_OUTPUT"]

    class OutputWriter(_Writer):
        pass

    OutputWriter.output = output
    return OutputWriter


class _Writer(Writer):  # type: ignore[misc]
    """Renders at once, writes what differs; two pages on one address are refused."""

    output: Output

    def write_file(
        self,
        name: str,
        template: Template,
        context: dict[str, Any],
        relative_urls: object = False,
        paginated: object = None,
        template_name: str | None = None,
        override_output: object = False,
        url: str | None = None,
        **kwargs: Any,
    ) -> None:
        """Render a page. Links are the site's own, so Pelican's relative URLs are unused."""
        del relative_urls, paginated, template_name, override_output, url
        if not name:
            return
        local = {**context, **kwargs, "output_file": name}
        self.write_bytes(name, template.render(local).encode("utf-8"))
        signals.content_written.send(str(self.output.root / name), context=local)

    def write_bytes(self, name: str, content: bytes) -> None:
        """Write any other file of the site: a feed, a calendar, an asset."""
        if name in self.output.written:
            raise FileOverwriteFailedError(f"“{name}” would be written twice in one build.")
        self.output.write(name, content)


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


def remove_vanished(pelican: Pelican) -> None:
    pelican.settings["RUBRIC_OUTPUT"].remove_vanished()
