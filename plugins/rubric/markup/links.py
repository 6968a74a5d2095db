"""Resolves references of texts (files, images, pages and tags) to addresses."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from html import escape, unescape
from typing import NamedTuple
from unicodedata import normalize
from urllib.parse import unquote, urljoin

from rubric.markup.files import ContentFiles
from rubric.model.entry import Entry
from rubric.model.features import missing_features
from rubric.model.lines import LineFinder
from rubric.model.references import FRAGMENT, Links, has_fragment, is_foreign
from rubric.model.site import Site
from rubric.model.tag import parse_tag, slugify

_LOOK_UPS = 20
NO_FILE = "Correct the path (upper and lower case count), or add the file."
_REFERENCE = re.compile(
    r"(?:[{|](filename|static|attach|tag|category|author|index)[}|])?([^?#]*)([?#]?.*)", re.DOTALL
)
_PREFIX = re.compile(r"\{\w+\}|\|\w+\|")
_HOST = re.compile(r"www\.|[\w-]+(\.[\w-]+)*\.(com|org|net|info|io|dev|ru|kz|cn|tw|hk|eu|de)(/|$)")
_MEDIA = (".mp3", ".m4a", ".ogg", ".opus", ".wav", ".flac", ".mp4", ".webm", ".mov", ".vtt")


class Deferred(NamedTuple):
    """A link within the site, to be checked when all addresses are known."""

    entry: Entry
    reference: str
    address: str
    fragment: str


class Removed(NamedTuple):
    """A link shown as text, because the plugin that publishes its target is not in PLUGINS."""

    entry: Entry
    link: str
    plugin: str


@dataclass(slots=True)
class LinkResolver:
    """Resolves and checks the links of all texts; mistakes are added to the site's errors.

    `texts` and `gone` are keyed by source path in NFC. `tag_pages` are the addresses of tag pages
    that will be written. `page_ids` returns the ids in templates; `moved` are addresses of files
    that are not their paths. Results: `linked` are the paths of all linked files, `deferred` are
    links to check later, `removed` are links to what is not published because the plugin of a
    feature is not in PLUGINS.
    """

    site: Site
    texts: Mapping[str, Entry]
    files: ContentFiles
    tag_pages: frozenset[str]
    lines_of: LineFinder
    page_ids: Callable[[], frozenset[str]] = frozenset
    gone: Container[str] = ()
    moved: Mapping[str, str] = field(default_factory=dict)
    linked: set[str] = field(default_factory=set)
    deferred: list[Deferred] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)
    looked_up: int = 0

    def resolve(self, entry: Entry) -> Links:
        """Return root-relative links for the entry's references.

        A hashtag without a tag page, e.g. in a draft, has no link and is shown as text.
        """
        found = ((reference, self._link(entry, reference)) for reference in entry.references)
        return tuple((reference, link) for reference, link in found if link is not None)

    def find_named(self, entry: Entry, value: str) -> str | None:
        """Return the path (NFC) of a file named in front matter, below the content folder."""
        return self._find_file(entry, value) or self._find_file(entry, f"/{value}")

    def address_of(self, path: str) -> str:
        """Return the address of a file below the content folder."""
        return self.moved.get(path, path)

    def _link(self, entry: Entry, reference: str) -> str | None:
        """Return the replacement for a reference in the HTML; None keeps it."""
        value = unescape(reference)
        if reference.startswith("#"):
            address = f"{entry.lang}/tags/{value[1:]}/"
            return escape(self.site.path(address)) if address in self.tag_pages else ""
        if reference.startswith(FRAGMENT):
            self._check_fragment(entry, value.removeprefix(FRAGMENT), entry)
            return None
        if is_foreign(value):
            fix = "Save the picture below content/images/ and link it there."
            if value.partition("?")[0].lower().endswith(_MEDIA):
                fix = "Save the file below content/files/ and link it there."
            elif value.partition("?")[0].lower().endswith((".js", ".css")):
                fix = "Remove the element."
            self._refuse(entry, reference, "would be fetched from another site", fix)
            return None
        target = self._target(entry, value)
        return escape(target) if target else target

    def _target(self, entry: Entry, value: str) -> str | None:
        prefix, path, rest = _REFERENCE.fullmatch(value).groups()  # type: ignore[union-attr]
        if prefix == "index":
            return f"{self.site.path(f'{entry.lang}/')}{rest}"
        if prefix in ("tag", "category", "author"):
            return self._list(entry, value, prefix, unquote(path))
        if prefix == "filename" or (not prefix and path.lower().endswith(".md")):
            below = [f"/{entry.lang}{path}"] if path.startswith("/") else []
            for name in (*_spellings_of(path), *below):
                target = self.texts.get(_resolve_path(entry.source, name))
                if target is not None:
                    return self._link_text(entry, value, target, rest)
            if self._is_unpublished(entry, value, path):
                return ""
        found = self._find_file(entry, path) if path else None
        if found and not self._is_source(found):
            return f"{self.site.path(self.address_of(found))}{rest}"
        if prefix == "filename" or path.lower().endswith(".md"):
            self._refuse_text(entry, value, unquote(path))
            return None
        return self._defer(entry, value, path, rest)

    def _list(self, entry: Entry, value: str, prefix: str, name: str) -> str | None:
        """Return the address of a page of a tag, rubric or author."""
        if prefix == "author":
            address = f"{entry.lang}/authors/{self.site.author(name).slug}/"
            self.deferred.append(Deferred(entry, value, address, ""))
            return self.site.path(address)
        start = f"{entry.lang}/tags/"
        tag = self.site.rubric_named(name, entry.lang) or parse_tag(name).identity
        address = f"{start}{slugify(tag)}/"
        if address in self.tag_pages:
            return self.site.path(address)
        if entry.status == "draft":
            return ""  # only published texts make pages of tags
        known = [page.removeprefix(start).strip("/") for page in self.tag_pages]
        near = self._close_matches(slugify(tag), [each for each in known if "/" not in each])
        fix = f"Did you mean “{near[0]}”?" if near else "Write the tag of a published text."
        self._refuse(entry, value, "is not a tag of a published text", fix)
        return None

    def _link_text(self, entry: Entry, value: str, target: Entry, rest: str) -> str | None:
        if target.status == "draft" and entry.status != "draft":
            self._refuse(entry, value, "is a draft", "Publish it first, or remove the link.")
            return None
        if "#" in rest:
            self._check_fragment(entry, value, target)
        return f"{self.site.path(target.url)}{rest}"

    def _is_unpublished(self, entry: Entry, value: str, path: str) -> bool:
        """Return whether a path is that of a text whose kind is not published."""
        for name in _spellings_of(path):
            source = _resolve_path(entry.source, name)
            folder = source.partition("/")[2].partition("/")[0]
            for feature in missing_features(self.site.features):
                if folder in feature.folders and self.files.find(source):
                    self.removed.append(Removed(entry, path, feature.plugin))
                    return True
        return False

    def _refuse_text(self, entry: Entry, value: str, path: str) -> None:
        source = _resolve_path(entry.source, path)
        lang, _, key = source.removesuffix(".md").partition("/")
        if source in self.gone:
            self._refuse(entry, value, "is gone", "Remove the link.")
        elif lang != entry.lang or key not in self.site.failed_keys:  # reported already
            self._refuse(entry, value, "doesn't exist", self._suggest_text(entry, path))

    def _defer(self, entry: Entry, value: str, path: str, rest: str) -> str | None:
        """Defer the check of a link for which no file exists; it may lead to a page.

        Browsers resolve relative links against the address of the page, which differs in editions
        that show the text as a fallback. Such a link is therefore made root-relative.
        """
        try:
            address = urljoin(f"/{entry.url}", path)
        except ValueError:
            address = "/"
        fragment = rest.partition("#")[2]
        self.deferred.append(
            Deferred(entry, value, normalize("NFC", unquote(address.lstrip("/"))), fragment)
        )
        if path.startswith("/"):
            return f"{self.site.base}{path}{rest}" if self.site.base else None
        return f"{self.site.path(unquote(address.lstrip('/')))}{rest}"

    def check(self, exists: Callable[[str], bool]) -> None:
        """Check the deferred links; `exists` returns whether a file or page will be written."""
        pages: dict[str, Entry] = {}
        for entry, value, address, fragment in self.deferred:
            found = next((each for each in (address, f"{address}/") if exists(each)), None)
            if found is None and (feature := self.site.missing_at(address)):
                self._remove(entry, value, feature.plugin)
            elif found is None:
                self._refuse_address(entry, value, address, exists)
            elif fragment:
                pages = pages or {text.url: text for text in self.texts.values()}
                target = pages.get(found.removesuffix("index.html"))
                if target is not None:
                    self._check_fragment(entry, value, target)

    def _remove(self, entry: Entry, value: str, plugin: str) -> None:
        self.removed.append(Removed(entry, value, plugin))
        self._unlink(entry, value)

    def _unlink(self, entry: Entry, value: str) -> None:
        """Show a link as text."""
        dead = {name: "" for name in entry.references if unescape(name) == value}
        entry.links = tuple({**dict(entry.links), **dead}.items())

    def _refuse_address(
        self, entry: Entry, value: str, address: str, exists: Callable[[str], bool]
    ) -> None:
        name = address.rstrip("/").rpartition("/")[2]
        if value.startswith(("{author}", "|author|")):
            if entry.status == "draft":  # only published texts make pages of authors
                self._unlink(entry, value)
            else:
                fix = self._suggest_author(name)
                self._refuse(entry, value, "is not an author of a published text", fix)
            return
        if self.site.failed_keys and (
            f"/{entry.lang}/tags/" in f"/{address}"
            or any(key.endswith(name) for key in self.site.failed_keys)
        ):
            return  # the page is missing because of another error
        is_page = not re.search(r"\.\w+$", name) or name.endswith((".html", ".htm"))
        start = "" if value.startswith("/") else posixpath.dirname(entry.source)
        similar = self.files.similar(_PREFIX.sub("", value).lstrip("/"), start)
        lower = address.casefold()
        for page in (lower, f"{lower.rstrip('/')}/", f"{lower.removesuffix('.html')}/"):
            similar = similar or (f"/{page}" if exists(page) else "")
        if not similar and is_page:
            urls = [text.url for text in self.texts.values() if text.status == "published"]
            near = self._close_matches(f"{address.rstrip('/')}/", urls)
            similar = f"/{near[0]}" if near else ""
        similar = _complete_url(value) or similar
        fix = f"Did you mean “{similar}”?" if similar else NO_FILE
        if is_page and not similar:
            fix = "Correct the address, or link the file: [text](other.md)."
        state = "leads to no page" if is_page and value.startswith("/") else "doesn't exist"
        self._refuse(entry, value, state, fix)

    def _suggest_author(self, slug: str) -> str:
        texts = [text for text in self.texts.values() if text.is_published]
        names = sorted({name for text in texts for name in text.metadata.authors})
        near = self._close_matches(slug, [self.site.author(name).slug for name in names])
        return f"Did you mean “{near[0]}”?" if near else "Write the id or name of an author."

    def _check_fragment(self, entry: Entry, value: str, target: Entry) -> None:
        fragment = value.partition("#")[2]
        if has_fragment(fragment, target.anchors) or unquote(fragment) in self.page_ids():
            return
        ids = [name for name in target.anchors if not name.startswith(("fn:", "fnref"))]
        near = get_close_matches(unquote(fragment), ids, 1, 0.6)
        fix = "Correct the part behind #, or give the heading that id: ## … {#my-id}."
        if near:
            fix = f"Did you mean “#{near[0]}”?"
        elif 0 < len(ids) <= 8:
            fix = f"Choose from {', '.join(f'#{name}' for name in ids)}."
        place = "this text" if target is entry else self.site.where(target)
        self._refuse(entry, value, f"is not a heading or id of {place}", fix)

    def _find_file(self, entry: Entry, path: str) -> str | None:
        """Look up a file relative to the text or, with a leading slash, to the content folder."""
        for name in _spellings_of(path):
            candidate = _resolve_path(entry.source, name)
            found = "" if candidate.startswith("..") else self.files.find(candidate)
            if found:
                self.linked.add(found)
                return normalize("NFC", found)
        return None

    def _is_source(self, path: str) -> bool:
        """True for source files of texts, which are not published."""
        is_text = path in self.texts or path.lower().endswith(".md")
        return is_text and path.partition("/")[0] in self.site.languages

    def _suggest_text(self, entry: Entry, path: str) -> str:
        own = f"{entry.lang}/"
        names = [name for name in self.texts if name.startswith(own) and name != entry.source]
        near = self._close_matches(_resolve_path(entry.source, path), names)
        if not near:
            return "Correct the file name, or remove the link."
        start = posixpath.dirname(entry.source)
        return f"Did you mean “{posixpath.relpath(near[0], start)}”?"

    def _close_matches(self, name: str, names: list[str]) -> list[str]:
        """Return the most similar name. The number of searches is limited because they are slow."""
        self.looked_up += 1
        return get_close_matches(name, names, 1, 0.7) if self.looked_up <= _LOOK_UPS else []

    def _refuse(self, entry: Entry, reference: str, state: str, fix: str) -> None:
        link = _PREFIX.sub("", reference)
        spellings = dict.fromkeys((link, unescape(link), unquote(link), escape(link)))
        for line in self.lines_of(entry.source, _link_patterns(spellings)) or [0]:
            problem = f"links to “{unquote(unescape(link))}”, which {state}."
            self.site.errors.add(self.site.where(entry), problem, fix, line=line)

    def __repr__(self) -> str:
        return f"<LinkResolver of {self.site!r}>"


def find_tag_pages(site: Site) -> frozenset[str]:
    """Return the addresses of the tag pages of all texts."""
    listed = (entry for entry in site.published() if entry.kind.is_listed)
    tags = {(entry.lang, tag.identity) for entry in listed for tag in entry.tags}
    return frozenset(f"{lang}/tags/{slugify(identity)}/" for lang, identity in tags)


def _spellings_of(path: str) -> tuple[str, ...]:
    """Return a path as written and percent-decoded, without duplicates."""
    return tuple(dict.fromkeys((path, unquote(path))))


def _resolve_path(source: str, path: str) -> str:
    """Normalize a path relative to a text, or to the content folder with a leading slash; NFC."""
    folder = "" if path.startswith("/") else posixpath.dirname(source)
    return normalize("NFC", posixpath.normpath(posixpath.join(folder, path.lstrip("/"))))


def _complete_url(reference: str) -> str:
    """Return the URL for a host name or email address without a scheme, or ''."""
    text = re.sub(r"^\{\w+\}", "", reference)
    if re.fullmatch(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", text):
        return f"mailto:{text}"
    return f"https://{text}" if _HOST.match(text) else ""


def _link_patterns(spellings: Iterable[str]) -> list[re.Pattern[str]]:
    """Return patterns that find a link in a source file: as link syntax, else as any mention."""
    either = "|".join(map(re.escape, spellings))
    return [
        re.compile(rf"""(?:\]\(\s*<?|["'=,]\s*|\]:\s*<?|\}})(?:{either})(?=[\s"'<>),]|$)"""),
        re.compile(rf"(?<![\w/.-])(?:{either})(?![\w/-])"),
        re.compile(either),
    ]
