"""Where files that are published as they are meet Pelican."""

from __future__ import annotations

from pathlib import Path
from time import time_ns
from unicodedata import normalize

from pelican import signals
from pelican.generators import ArticlesGenerator, StaticGenerator
from pelican.writers import Writer

from plugins.model.errors import BuildFailed, SiteError
from plugins.model.ignored import Ignored
from plugins.model.site import Site
from plugins.static.checking import check_file
from plugins.static.publishing import to_publish
from plugins.static.refusal import Refused


def connect() -> None:
    signals.static_generator_finalized.connect(take_files)
    signals.article_writer_finalized.connect(write_files)


def take_files(generator: StaticGenerator) -> None:
    """Pelican would copy these anew at every build, so they are taken over, and checked."""
    context, site = generator.context, generator.context["site"]
    hidden = context.get("draft_files", ())
    ignored = Ignored(generator.settings["IGNORE_FILES"])
    explicit = set(generator.settings["STATIC_PATHS"])
    files: list[tuple[str, Path]] = []
    for file in generator.staticfiles:
        source = Path(file.source_path)
        relative = source.relative_to(generator.path).as_posix()
        if relative in hidden:
            continue
        if relative in explicit or not ignored.has_file(relative):
            # Links are in NFC; macOS may store names in NFD.
            address = normalize("NFC", file.save_as)
            files.append((address, source))
            site.claims.add(address, f"{site.content}/{relative}")
    generator.staticfiles = context["staticfiles"] = []
    context["taken_files"] = files
    for source in context["changed_files"](files):
        check_file(site, Path(generator.path), source)


def write_files(generator: ArticlesGenerator, writer: Writer) -> None:
    try:
        writer.copy_files(generator.context["taken_files"], time_ns(), to_publish)
    except Refused as refused:  # it was changed meanwhile
        site: Site = generator.context["site"]
        raise BuildFailed(
            [SiteError(f"{site.content}/", refused.line, "", refused.problem, refused.fix)]
        ) from None
