"""Passes that resolve links between files, and check markup that the pages' CSP blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from unicodedata import normalize

from jinja2.runtime import Context

from rubric.build import Build
from rubric.markup.alternatives import check_alternatives, missing_alternatives
from rubric.markup.blocked_markup import check_blocked_markup
from rubric.markup.files import ContentFiles
from rubric.markup.links import LinkResolver, Removed, find_tag_pages
from rubric.markup.named_files import find_enclosure, find_picture
from rubric.markup.outline import Heading, outline, split_at_signup
from rubric.model.entry import Entry
from rubric.model.ignored import Ignored
from rubric.model.lines import line_finder
from rubric.model.templates import of_page
from rubric.model.user_themes import is_other_theme

_BLOCK = re.compile(
    r"<(?:aside|details|div|dl|figure|form|pre|section|sup|table|ol class|ul class|p class)\b"
)
"""Elements that only the style sheet of blocks describes."""
_TEMPLATE_ID = re.compile(r"""\bid="([^"{]+)\"""")


def add_functions(build: Build) -> None:
    """Add the template functions `contents`, `text_parts`, `has_blocks` and `has_code`."""
    functions = {
        "contents": contents,
        "text_parts": text_parts,
        "has_blocks": has_blocks,
        "has_code": has_code,
    }
    build.environment.globals.update(functions)
    build.share(contents_from=build.settings["EDITIONS"]["contents_from"])


@of_page
def contents(context: Context, entry: Entry) -> tuple[Heading, ...]:
    """Return the headings for a table of contents; empty for a short text."""
    if entry.metadata.toc is False:
        return ()
    fewest = 1 if entry.metadata.toc else context["contents_from"]
    return outline(entry.body, fewest)


@of_page
def has_blocks(context: Context) -> bool:
    """Return whether the page shows a text with more than paragraphs, headings and lists."""
    entry = context.get("entry")
    return entry is not None and bool(_BLOCK.search(entry.body) or contents(context, entry))


@of_page
def has_code(context: Context) -> bool:
    """Return whether the page shows a text with code."""
    entry = context.get("entry")
    return entry is not None and "<pre" in entry.body


@of_page
def text_parts(context: Context, entry: Entry) -> list[str]:
    """Return the HTML of a text in parts, between which a form for the newsletter is shown.

    Without such a form in this edition, there is one part, with links to the newsletter.
    """
    lists = context.get("lists_by_lang", {}).get(context["view"].edition.lang, ())
    if not any(each.form_action for each in lists):
        return [entry.body]
    return split_at_signup(entry.body)


def resolve_links(build: Build) -> None:
    """Resolve links from texts to texts, files, tags and pages."""
    site, content = build.site, build.content

    @cache
    def template_ids() -> frozenset[str]:
        found = (path.read_text("utf-8") for path in build.theme.rglob("*.html"))
        return frozenset(name for text in found for name in _TEMPLATE_ID.findall(text))

    resolver = LinkResolver(
        site=site,
        texts={normalize("NFC", entry.source): entry for entry in site.entries},
        files=ContentFiles(content, Ignored(build.settings["IGNORE_FILES"])),
        tag_pages=find_tag_pages(site),
        lines_of=line_finder(content),
        page_ids=template_ids,
        gone=frozenset(normalize("NFC", entry.source) for entry in site.gone),
        moved={
            normalize("NFC", path): str(given.get("save_as") or given["path"])
            for path, given in build.settings["EXTRA_PATH_METADATA"].items()
            if given.get("save_as") or given.get("path")
        },
    )
    # Drafts last, to find the files that only drafts use.
    drafts = [entry for entry in site.entries if entry.status == "draft"]
    _resolve(resolver, [entry for entry in site.entries if entry.status != "draft"])
    public = set(resolver.linked)
    _resolve(resolver, drafts)
    if site.drafts.have_pages:
        public = resolver.linked
    build.linked_files = frozenset(public)
    build.draft_files = frozenset(resolver.linked - public)
    build.keep(resolver)


def _resolve(resolver: LinkResolver, entries: Iterable[Entry]) -> None:
    for entry in entries:
        if entry.references:
            entry.links = resolver.resolve(entry)
        if getattr(entry.metadata, "image", None):
            entry.picture = find_picture(resolver, entry, "image")
        if entry.quotation and entry.quotation.portrait:
            portrait = find_picture(resolver, entry, "portrait")
            entry.quotation = replace(entry.quotation, portrait=portrait)
        entry.enclosure = find_enclosure(resolver, entry)


def check_links(build: Build) -> None:
    """Check links to addresses of the site, and markup that the pages' CSP blocks."""
    site = build.site
    resolver = build.get(LinkResolver)
    resolver.check(site.claims.__contains__)
    if resolver.removed:
        first = resolver.removed[0]
        build.notices.append(
            f"Links shown as words, because {_plugins_of(resolver.removed)} not in PLUGINS: "
            f"{len(resolver.removed):,}. The first is “{first.link}” in {site.where(first.entry)}."
        )
    for entry in site.entries:
        if entry.blocked:
            check_blocked_markup(site, entry, line_finder(build.content), build.form_hosts)


def check_images(build: Build) -> None:
    """Check that images have text alternatives; in a blog with a theme of Pelican, a notice."""
    entries = [entry for entry in build.site.entries if missing_alternatives(entry)]
    if not entries:
        return
    if is_other_theme(build.settings):
        count = sum(len(missing_alternatives(entry)) for entry in entries)
        build.notices.append(
            f"Images without a text alternative: {count:,}. The first is in "
            f"{build.site.where(entries[0])}."
        )
        return
    for entry in entries:
        check_alternatives(build.site, entry, line_finder(build.content))


def _plugins_of(removed: Iterable[Removed]) -> str:
    *others, last = sorted({link.plugin for link in removed})
    return f"{', '.join(others)} and {last} are" if others else f"{last} is"
