"""Passes that resolve links between files, and check markup that the pages' CSP blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from unicodedata import normalize

from rubric.build import Build
from rubric.markup.blocked_markup import check_blocked_markup
from rubric.markup.files import ContentFiles
from rubric.markup.links import LinkResolver, Removed
from rubric.markup.media import find_enclosure
from rubric.markup.paths import find_tag_pages, link_patterns
from rubric.model.entry import Entry
from rubric.model.ignored import Ignored
from rubric.model.lines import find_lines

_TEMPLATE_ID = re.compile(r"""\bid="([^"{]+)\"""")


@dataclass(frozen=True, slots=True)
class LinkPlan:
    """The resolver with all links, which are checked when all addresses are known."""

    resolver: LinkResolver


def resolve_links(build: Build) -> None:
    """Resolve links from texts to texts, files, tags and pages."""
    site, content = build.site, build.content

    @cache
    def template_ids() -> frozenset[str]:
        found = (path.read_text("utf-8") for path in build.theme.rglob("*.html"))
        return frozenset(name for text in found for name in _TEMPLATE_ID.findall(text))

    def lines_of(source: str, spellings: Sequence[str]) -> list[int]:
        return find_lines((content / source).read_bytes(), *link_patterns(spellings))

    referring = [entry for entry in site.entries if entry.references]
    resolver = LinkResolver(
        site=site,
        texts={normalize("NFC", entry.source): entry for entry in site.entries},
        files=ContentFiles(content, Ignored(build.settings["IGNORE_FILES"])),
        tag_pages=find_tag_pages(site) if referring else frozenset(),
        lines_of=lines_of,
        page_ids=template_ids,
        gone=frozenset(normalize("NFC", entry.source) for entry in site.gone),
    )
    is_draft = {entry.status == "draft" for entry in site.entries}
    public: set[str] = set()
    for drafts in sorted(is_draft):  # drafts last, to find the files used by drafts only
        public = set(resolver.linked)
        for entry in referring:
            if (entry.status == "draft") is drafts:
                entry.links = resolver.resolve(entry)
        for entry in site.entries:
            if (entry.status == "draft") is drafts:
                _find_pictures(resolver, entry)
                entry.enclosure = find_enclosure(resolver, entry)
    if True not in is_draft or site.drafts.have_pages:
        public = set(resolver.linked)
    build.linked_files = frozenset(resolver.linked & public)
    build.draft_files = frozenset(resolver.linked - public)
    build.keep(LinkPlan(resolver))


def _find_pictures(resolver: LinkResolver, entry: Entry) -> None:
    if getattr(entry.metadata, "image", None):
        entry.picture = resolver.picture(entry, "image")
    if entry.quotation and entry.quotation.portrait:
        portrait = resolver.picture(entry, "portrait")
        entry.quotation = replace(entry.quotation, portrait=portrait)


def check_links(build: Build) -> None:
    """Check links to addresses of the site, and markup that the pages' CSP blocks."""
    site = build.site

    def lines_of(source: str, patterns: list[re.Pattern[str]]) -> list[int]:
        return find_lines((build.content / source).read_bytes(), *patterns)

    resolver = build.get(LinkPlan).resolver
    resolver.check(site.claims.__contains__)
    if resolver.removed:
        first = resolver.removed[0]
        build.notices.append(
            f"Links shown as words, because {_listed(resolver.removed)} not in PLUGINS: "
            f"{len(resolver.removed):,}. The first is “{first.link}” in {site.where(first.entry)}."
        )
    for entry in site.entries:
        if entry.blocked:
            check_blocked_markup(site, entry, lines_of, build.form_hosts)


def _listed(removed: Iterable[Removed]) -> str:
    *others, last = sorted({link.plugin for link in removed})
    return f"{', '.join(others)} and {last} are" if others else f"{last} is"
