"""Where front matter meets Pelican: texts are read before Pelican would read any."""

from __future__ import annotations

from pathlib import Path

from pelican import signals
from pelican.generators import ArticlesGenerator

from plugins.frontmatter.reading import Reading, TextReader
from plugins.model.metadata import FOLDERS
from plugins.model.site import Site


def connect() -> None:
    signals.article_generator_finalized.connect(read_texts)


def read_texts(generator: ArticlesGenerator) -> None:
    """Read every text into the site; mistakes go to its error log.

    Pelican's own articles and pages stay empty: they would cost as much as everything else
    of a build in which one text has changed, and nothing here asks for them.
    """
    site: Site = generator.context["site"]
    settings = generator.settings
    reader = TextReader(site, settings["FRONTMATTER"]["max_bytes"], settings["MARKDOWN"])
    folders = [f"{lang}/{folder}" for lang in site.languages for folder in FOLDERS]
    sources = generator.get_files(folders, extensions=("md",))
    paths = sorted(Path(source).as_posix() for source in sources)
    for _, reading in generator.context["texts"].read(paths, reader.read):
        take(site, reading)
    site.entries.sort(key=lambda entry: entry.source)
    site.gone.sort(key=lambda entry: entry.source)


def take(site: Site, reading: Reading) -> None:
    for error in reading.errors:
        site.errors.add(error.path, error.problem, error.fix, line=error.line, field=error.field)
    if reading.failed_key:
        site.failed_keys.add(reading.failed_key)
    if reading.entry:
        site.take(reading.entry)
