"""Resolves the references of a text: files, images and tags, to addresses."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from html import escape, unescape
from urllib.parse import unquote

from plugins.model.entry import Entry
from plugins.model.references import Links
from plugins.model.site import Site
from plugins.model.tag import slugify

_LOOK_UPS = 20
_NO_FILE = "Correct the path (upper and lower case count), or add the file."
_REFERENCE = re.compile(r"\{(\w+)\}([^?#]*)([?#]?.*)", re.DOTALL)


@dataclass(slots=True)
class LinkResolver:
    """Knows every text and file there is.

    `texts` is by source path; `is_file` tells whether a path below the content folder
    exists; `tag_pages` holds the addresses of tag pages that will be written; `line_of`
    finds the line of a text in a source file, 0 if it isn't there; `gone` holds the source
    paths of texts that were taken offline. `files` fills with the paths of all files that
    were linked, `rooted` with the links that begin at the root.
    """

    site: Site
    texts: Mapping[str, Entry]
    is_file: Callable[[str], bool]
    tag_pages: frozenset[str]
    line_of: Callable[[str, str], int]
    gone: Container[str] = ()
    files: set[str] = field(default_factory=set)
    rooted: list[tuple[Entry, str]] = field(default_factory=list)
    looked_up: int = 0

    def resolve(self, entry: Entry) -> Links:
        """Root-relative links for the entry's references; dead ones go to the error log.

        A hashtag whose tag page isn't written (a draft's, for one) has none and stays as words.
        """
        found = ((reference, self._link(entry, reference)) for reference in entry.references)
        return tuple((reference, link) for reference, link in found if link is not None)

    def _link(self, entry: Entry, reference: str) -> str | None:
        """What to put into the HTML in its place; None leaves it there."""
        value = unescape(reference)
        if reference.startswith("#"):
            address = f"{entry.lang}/tags/{value[1:]}/"
            return escape(self.site.path(address)) if address in self.tag_pages else ""
        if reference.startswith("{"):
            target = self._target(entry, value)
            return target and escape(target)
        if reference.startswith("/") and not reference.startswith("//"):
            self.rooted.append((entry, value))
            return f"{self.site.base}{reference}" if self.site.base else None
        fix = "Save the picture below content/images/ and link it there."
        self._refuse_link(entry, value, "would be fetched from another site", fix)
        return None

    def linked(self) -> set[str]:
        """The paths of all files that have been linked so far, from the root or otherwise."""
        rooted = (unquote(link.partition("#")[0].partition("?")[0]) for _, link in self.rooted)
        return self.files | {path.lstrip("/") for path in rooted}

    def check_rooted(self, pages: Container[str]) -> None:
        """Report links from the root to folders where no page will be, once all are known."""
        for entry, link in self.rooted:
            path = unquote(link.partition("#")[0].partition("?")[0])
            if path.endswith("/") and path.lstrip("/") not in pages:
                fix = "Correct the address, or link the file: [text](other.md)."
                self._refuse_link(entry, link, "leads to no page", fix)

    def picture(self, entry: Entry, field: str) -> str:
        """The root-relative address of the picture a front-matter field names, or ''."""
        value = getattr(entry.metadata, field, None)
        if not value or value.startswith(("https://", "http://")):
            if value:
                self._refuse(
                    entry,
                    f"“{value}” would be fetched from another site.",
                    "Save the picture below content/images/ and write its path.",
                    field,
                )
            return ""
        path = self._find_file(entry, value) or self._find_file(entry, f"/{value}")
        if path is None:
            self._refuse(entry, f"there is no picture “{value}”.", _NO_FILE, field)
            return ""
        return self.site.path(path)

    def _target(self, entry: Entry, reference: str) -> str | None:
        what, path, rest = _REFERENCE.fullmatch(reference).groups()  # type: ignore[union-attr]
        path = unquote(path)
        if what == "filename":
            target = self.texts.get(_below(entry.source, path))
            if target is not None:
                if target.status != "draft" or entry.status == "draft":
                    return f"{self.site.path(target.url)}{rest}"
                self._refuse_link(
                    entry, path, "is a draft", "Publish it first, or take the link out."
                )
                return None
            if _below(entry.source, path) in self.gone:
                self._refuse_link(entry, path, "is gone", "Take the link out.")
            elif not self._has_failed(entry, path):
                self._refuse_link(entry, path, "doesn't exist", self._near(entry, path))
            return None
        found = self._find_file(entry, path)
        if found is None:
            self._refuse_link(entry, path, "doesn't exist", _NO_FILE)
            return None
        return f"{self.site.path(found)}{rest}"

    def _find_file(self, entry: Entry, path: str) -> str | None:
        """Files are found beside the text; with a leading slash, from the content folder."""
        candidate = _below(entry.source, path)
        if candidate not in self.files:
            if candidate.startswith("..") or not self.is_file(candidate):
                return None
            self.files.add(candidate)
        return candidate

    def _near(self, entry: Entry, path: str) -> str:
        own, near = f"{entry.lang}/", []
        # A renamed folder leaves a thousand dead links; not each is compared with everything.
        self.looked_up += 1
        if self.looked_up <= _LOOK_UPS:
            names = [name for name in self.texts if name.startswith(own) and name != entry.source]
            near = get_close_matches(_below(entry.source, path), names, 1, 0.7)
        if not near:
            return "Correct the file name, or take the link out."
        start = posixpath.dirname(entry.source)
        return f"Did you mean “{posixpath.relpath(near[0], start)}”?"

    def _has_failed(self, entry: Entry, path: str) -> bool:
        """Whether the file is there but has mistakes of its own, told already."""
        lang, _, key = _below(entry.source, path).removesuffix(".md").partition("/")
        return lang == entry.lang and key in self.site.failed_keys

    def _refuse_link(self, entry: Entry, path: str, state: str, fix: str) -> None:
        self.site.errors.add(
            self.site.where(entry),
            f"links to “{path}”, which {state}.",
            fix,
            line=self.line_of(entry.source, path),
        )

    def _refuse(self, entry: Entry, problem: str, fix: str, field: str = "") -> None:
        self.site.errors.add(
            self.site.where(entry), problem, fix, line=entry.lines.get(field, 0), field=field
        )


def find_tag_pages(site: Site) -> frozenset[str]:
    """The addresses of the tag pages that the site's own texts make."""
    listed = (entry for entry in site.published() if entry.is_listed)
    tags = {(entry.lang, tag.identity) for entry in listed for tag in entry.tags}
    return frozenset(f"{lang}/tags/{slugify(identity)}/" for lang, identity in tags)


def _below(source: str, path: str) -> str:
    """A path relative to a text, or rooted in the content folder, normalized."""
    if path.startswith("/"):
        return posixpath.normpath(path.lstrip("/"))
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
