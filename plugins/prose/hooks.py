"""Where prose meets Pelican."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from pelican import signals
from pelican.generators import Generator, PagesGenerator

from plugins.model.site import Site
from plugins.prose.links import LinkResolver, find_tag_pages
from plugins.prose.sizes import add_sizes, measure_pictures


def connect() -> None:
    signals.page_generator_finalized.connect(resolve_links)
    signals.all_generators_finalized.connect(check_rooted_links)
    signals.all_generators_finalized.connect(measure)
    signals.generator_init.connect(add_filter)


def resolve_links(generator: PagesGenerator) -> None:
    """All texts are read now, articles before pages, so every link can be looked up."""
    site: Site = generator.context["site"]
    content = Path(generator.path)
    inside = content.resolve()
    referring = [entry for entry in site.entries if entry.references]
    resolver = LinkResolver(
        site=site,
        texts={entry.source: entry for entry in site.entries},
        is_file=lambda path: is_inside(content / path, inside),
        tag_pages=find_tag_pages(site) if referring else frozenset(),
        line_of=lambda source, text: _line_of(content / source, text),
        gone=frozenset(entry.source for entry in site.gone),
    )
    for entry in referring:
        entry.links = resolver.resolve(entry)
    for entry in site.entries:
        if getattr(entry.metadata, "image", None):
            entry.picture = resolver.picture(entry, "image")
        if entry.quotation and entry.quotation.portrait:
            portrait = resolver.picture(entry, "portrait")
            entry.quotation = replace(entry.quotation, portrait=portrait)
    # Pelican copies these; of itself it would also look for files that don't exist.
    generator.context["static_links"] = resolver.files
    generator.context["links"] = resolver


def check_rooted_links(generators: list[Generator]) -> None:
    """All pages are known now."""
    context = generators[0].context
    if context["links"].rooted:
        context["links"].check_rooted({view.url for view in context["views"]})


def measure(generators: list[Generator]) -> None:
    """All files are known now."""
    context = generators[0].context
    site: Site = context["site"]
    files = ((site.path(address), path) for address, path in context.get("taken_files", ()))
    site.picture_sizes = measure_pictures(files)


def add_filter(generator: Generator) -> None:
    generator.env.filters["sized"] = sized


@pass_context
def sized(context: Context, html: str) -> Markup:
    """A text's HTML, its pictures with their width and height."""
    return Markup(add_sizes(html, context["site"].picture_sizes))  # noqa: S704 (texts are HTML)


def is_inside(path: Path, inside: Path) -> bool:
    """Whether a file is there, and is no link to one outside of the real content folder."""
    return path.is_file() and path.resolve().is_relative_to(inside)


def _line_of(path: Path, text: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if text in line), 0)
