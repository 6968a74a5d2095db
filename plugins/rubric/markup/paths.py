"""Paths of links, and addresses of tag pages."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from unicodedata import normalize
from urllib.parse import unquote

from rubric.model.site import Site
from rubric.model.tag import slugify

_HOST = re.compile(r"www\.|[\w-]+(\.[\w-]+)*\.(com|org|net|info|io|dev|ru|kz|cn|tw|hk|eu|de)(/|$)")


def find_tag_pages(site: Site) -> frozenset[str]:
    """The addresses of the tag pages that the site's own texts make."""
    listed = (entry for entry in site.published() if entry.kind.is_listed)
    tags = {(entry.lang, tag.identity) for entry in listed for tag in entry.tags}
    return frozenset(f"{lang}/tags/{slugify(identity)}/" for lang, identity in tags)


def spellings_of(path: str) -> tuple[str, ...]:
    """Return a path as written and percent-decoded, without duplicates."""
    return tuple(dict.fromkeys((path, unquote(path))))


def resolve_path(source: str, path: str) -> str:
    """Normalize a path relative to a text, or to the content folder with a leading slash; NFC."""
    folder = "" if path.startswith("/") else posixpath.dirname(source)
    return normalize("NFC", posixpath.normpath(posixpath.join(folder, path.lstrip("/"))))


def complete_url(reference: str) -> str:
    """Return the URL for a host name or email address without a scheme, or ''."""
    text = re.sub(r"^\{\w+\}", "", reference)
    if re.fullmatch(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", text):
        return f"mailto:{text}"
    return f"https://{text}" if _HOST.match(text) else ""


def link_patterns(spellings: Sequence[str]) -> list[re.Pattern[str]]:
    """Return patterns that find a link in a source file: as link syntax, else as any mention."""
    either = "|".join(map(re.escape, spellings))
    return [
        re.compile(rf"""(?:\]\(\s*<?|["'=,]\s*|\]:\s*<?|\}})(?:{either})(?=[\s"'<>),]|$)"""),
        re.compile(rf"(?<![\w/.-])(?:{either})(?![\w/-])"),
        re.compile(either),
    ]
