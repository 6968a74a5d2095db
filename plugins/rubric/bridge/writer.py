"""A Pelican writer that uses the store, for other plugins that write files."""

from __future__ import annotations

from typing import Any

from jinja2 import Template
from pelican import signals
from pelican.writers import Writer

from rubric.build import Build


def writer_of(build: Build) -> type[Writer]:
    """Return the writer class for one build; Pelican instantiates it."""
    return type("BuildWriter", (OutputWriter,), {"build": build})


class OutputWriter(Writer):
    """Writes files of Pelican's own generators and of other plugins."""

    build: Build

    def write_file(self, name: str, template: Template, context: Any, *_: Any, **own: Any) -> None:
        """Render a page now, at every build.

        Pelican's paginator is not used. The lists of the generator are empty (`Lists.clear`); a
        template gets those of the context.
        """
        if name:
            lists = {key: context[key] for key in ("articles", "dates") if key in own}
            local = {**context, **own, **lists, "output_file": name}
            self.build.outputs.write_page(name, template.render(local))
            path = str(self.build.output / name)
            signals.content_written.send(path, context=local)
