"""Where prose meets Pelican."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pelican import signals
from pelican.generators import Generator, PagesGenerator

from plugins.model.entry import Entry
from plugins.model.ignored import Ignored
from plugins.model.site import Site
from plugins.prose.links import LinkResolver, find_tag_pages


def connect() -> None:
    signals.page_generator_finalized.connect(resolve_links)
    signals.all_generators_finalized.connect(check_rooted_links)


def resolve_links(generator: PagesGenerator) -> None:
    """All texts are read now, articles before pages, so every link can be looked up."""
    site: Site = generator.context["site"]
    content = Path(generator.path)
    inside, ignored = content.resolve(), Ignored(generator.settings["IGNORE_FILES"])
    referring = [entry for entry in site.entries if entry.references]
    resolver = LinkResolver(
        site=site,
        texts={entry.source: entry for entry in site.entries},
        is_file=lambda path: is_inside(content / path, inside) and not ignored.has_file(path),
        tag_pages=find_tag_pages(site) if referring else frozenset(),
        line_of=lambda source, text: _line_of(content / source, text),
        gone=frozenset(entry.source for entry in site.gone),
    )
    is_draft = {entry.status == "draft" for entry in site.entries}
    public: set[str] = set()
    for drafts in sorted(is_draft):  # drafts last, so that their files can be told apart
        public = resolver.linked()
        for entry in referring:
            if (entry.status == "draft") is drafts:
                entry.links = resolver.resolve(entry)
        for entry in site.entries:
            if (entry.status == "draft") is drafts:
                _find_pictures(resolver, entry)
    if True not in is_draft or site.drafts.have_pages:
        public = resolver.linked()
    # Pelican copies these; of itself it would also look for files that don't exist.
    generator.context["static_links"] = resolver.files & public
    generator.context["draft_files"] = resolver.linked() - public
    generator.context["links"] = resolver


def _find_pictures(resolver: LinkResolver, entry: Entry) -> None:
    if getattr(entry.metadata, "image", None):
        entry.picture = resolver.picture(entry, "image")
    if entry.quotation and entry.quotation.portrait:
        portrait = resolver.picture(entry, "portrait")
        entry.quotation = replace(entry.quotation, portrait=portrait)


def check_rooted_links(generators: list[Generator]) -> None:
    """All pages are known now."""
    context = generators[0].context
    if context["links"].rooted:
        context["links"].check_rooted({view.url for view in context["views"]})


def is_inside(path: Path, inside: Path) -> bool:
    """Whether a file is there, and is no link to one outside of the real content folder."""
    return path.is_file() and path.resolve().is_relative_to(inside)


def _line_of(path: Path, text: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if text in line), 0)
