"""Where prose meets Pelican."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from unicodedata import normalize

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from pelican import signals
from pelican.generators import Generator, PagesGenerator

from plugins.model.entry import Entry
from plugins.model.ignored import Ignored
from plugins.model.lines import find_lines
from plugins.model.site import Site
from plugins.prose.blocked import check_blocked
from plugins.prose.files import ContentFiles
from plugins.prose.links import LinkResolver
from plugins.prose.paths import find_tag_pages, link_patterns
from plugins.prose.sizes import add_sizes, measure_pictures

_TEMPLATE_ID = re.compile(r"""\bid="([^"{]+)\"""")


def connect() -> None:
    signals.page_generator_finalized.connect(resolve_links)
    signals.all_generators_finalized.connect(check_later)
    signals.all_generators_finalized.connect(measure)
    signals.generator_init.connect(add_filter)


def resolve_links(generator: PagesGenerator) -> None:
    """All texts are read now, articles before pages, so every link can be looked up."""
    site: Site = generator.context["site"]
    content = Path(generator.path)

    @cache
    def template_ids() -> frozenset[str]:
        found = (path.read_text("utf-8") for path in Path(generator.theme).rglob("*.html"))
        return frozenset(name for text in found for name in _TEMPLATE_ID.findall(text))

    def lines_of(source: str, spellings: Sequence[str]) -> list[int]:
        return find_lines((content / source).read_bytes(), *link_patterns(spellings))

    referring = [entry for entry in site.entries if entry.references]
    resolver = LinkResolver(
        site=site,
        texts={normalize("NFC", entry.source): entry for entry in site.entries},
        files=ContentFiles(content, Ignored(generator.settings["IGNORE_FILES"])),
        tag_pages=find_tag_pages(site) if referring else frozenset(),
        lines_of=lines_of,
        page_ids=template_ids,
        gone=frozenset(normalize("NFC", entry.source) for entry in site.gone),
    )
    is_draft = {entry.status == "draft" for entry in site.entries}
    public: set[str] = set()
    for drafts in sorted(is_draft):  # drafts last, so that their files can be told apart
        public = set(resolver.linked)
        for entry in referring:
            if (entry.status == "draft") is drafts:
                entry.links = resolver.resolve(entry)
        for entry in site.entries:
            if (entry.status == "draft") is drafts:
                _find_pictures(resolver, entry)
    if True not in is_draft or site.drafts.have_pages:
        public = set(resolver.linked)
    # Pelican copies these; of itself it would also look for files that don't exist.
    generator.context["static_links"] = resolver.linked & public
    generator.context["draft_files"] = resolver.linked - public
    generator.context["links"] = resolver


def _find_pictures(resolver: LinkResolver, entry: Entry) -> None:
    if getattr(entry.metadata, "image", None):
        entry.picture = resolver.picture(entry, "image")
    if entry.quotation and entry.quotation.portrait:
        portrait = resolver.picture(entry, "portrait")
        entry.quotation = replace(entry.quotation, portrait=portrait)


def check_later(generators: list[Generator]) -> None:
    """Check what depends on every page and file that will be written."""
    context = generators[0].context
    site: Site = context["site"]
    content = Path(generators[0].path)

    def lines_of(source: str, patterns: list[re.Pattern[str]]) -> list[int]:
        return find_lines((content / source).read_bytes(), *patterns)

    def check() -> None:
        context["links"].check(site.claims.__contains__)
        for entry in site.entries:
            if entry.blocked:
                check_blocked(site, entry, lines_of, context.get("form_hosts", ()))

    site.late_checks.append(check)


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
