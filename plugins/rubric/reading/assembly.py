"""Builds the entry of a file from its folder, front matter and text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import get_close_matches
from functools import lru_cache
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any
from unicodedata import normalize

from rubric.model.addresses import is_slug
from rubric.model.entry import CustomValue, Entry
from rubric.model.kinds import Kind
from rubric.model.metadata import Metadata, PostMetadata, QuoteMetadata, Status
from rubric.model.moment import localize, parse_moment
from rubric.model.quotation import Quotation, fold_lines, recognize, strip_marks
from rubric.model.site import Site
from rubric.model.tag import MOST_TAGS, Tag, merge, parse_tag
from rubric.reading.excerpt import PLAIN, Summaries, paragraphs
from rubric.reading.source import Problem

_DATED_NAME = re.compile(r"(?P<date>\d{4}-\d{2}-\d{2})[-_](?P<rest>.+)")
# First path segments below /<lang>/ that are used by pages of the site.
RESERVED_SLUGS = frozenset(
    (
        *("archive", "authors", "drafts", "events", "feed", "follow"),
        *("groups", "newsletter", "page", "search", "tags"),
    )
)


@dataclass(frozen=True, slots=True)
class Location:
    """What the path of a file says, e.g. `ru/posts/2026/quiet.md`."""

    lang: str
    folder: str
    key: str
    name: str
    named_date: str = ""


def location_of(site: Site, source: str) -> Location:
    """Return what the path of a file below the content folder says."""
    if site.only_language:
        return locate(source, site.only_language, tuple(site.kinds.folders))
    return locate(source)


@lru_cache(maxsize=1)  # called several times for each file
def locate(source: str, only_language: str = "", folders: tuple[str, ...] = ()) -> Location:
    """Read language, folder, translation key, name and date off a path, all of it in NFC.

    With `only_language`, paths do not begin with a language, and files that are in none of the
    folders of kinds are posts: `first.md`, `tea/first.md`.
    """
    path = PurePosixPath(normalize("NFC", source))
    if only_language:
        is_in_folder = len(path.parts) > 1 and path.parts[0] in folders
        path = PurePosixPath(only_language) / (path if is_in_folder else "posts" / path)
    lang, folder = path.parts[0], path.parts[1]
    match = _DATED_NAME.fullmatch(path.stem)
    return Location(
        lang=lang,
        folder=folder,
        key=path.relative_to(lang).with_suffix("").as_posix(),
        name=match["rest"] if match else path.stem,
        named_date=match["date"] if match else "",
    )


def assemble(
    site: Site,
    source: str,
    metadata: Metadata,
    html: str,
    hashtags: Iterable[str],
    lines: dict[str, int],
    *,
    summary: str = "",
    custom: Mapping[str, CustomValue] = MappingProxyType({}),
    summaries: Summaries = PLAIN,
    typeset: Callable[[str], str] = str,
) -> Entry:
    """Return the entry of a file. Raises Problem for contradictory or invalid facts.

    `summary` is that of the front matter if it is written in Markdown; `custom` are fields of the
    site's own. `typeset` corrects the typography of title, summary and quotation.
    """
    place = location_of(site, source)
    _check_claims(site, place, metadata)
    default, *_ = site.kinds.of_folder(place.folder)
    tags = _gather_tags(site, metadata, hashtags) if default.has_tags else ()
    rubric = next((tag.identity for tag in tags if tag.identity in site.rubrics), "")
    kind, quotation = _settle_kind(site, place, metadata, rubric, html)
    date = metadata.date or _named_date(site, place)
    status = _status(site, kind, metadata, date)
    slug = metadata.slug or place.name
    if not is_slug(slug):
        raise Problem(
            f"the file name “{place.name}” can't be an address.",
            "Use letters, digits and hyphens, at most 200 bytes, or write slug:.",
        )
    if not kind.path and slug in RESERVED_SLUGS:
        raise Problem(
            f"“{slug}” is an address the site uses itself.",
            "Choose another slug or file name.",
            field="slug" if metadata.slug else "",
        )
    for name in metadata.authors:
        if not is_slug(site.author(name).slug):
            raise Problem(
                f"“{name}” can't have an address.",
                "Write an author's id, or a name of letters.",
                field="authors",
            )
    if quotation:
        quotation = replace(quotation, text=_typeset_lines(quotation.text, typeset))
    is_quoted = quotation is not None and getattr(metadata, "quote", None) is None
    key = metadata.translation_key or place.key
    return Entry(
        kind=kind,
        lang=place.lang,
        key=key,
        source=source,
        slug=slug,
        url=_address(site, place, kind, key, slug, status),
        status=status,
        title=typeset(metadata.title),
        metadata=metadata,
        html="" if is_quoted else html,
        tags=tags,
        rubric=rubric,
        date=date,
        modified=metadata.modified,
        summary=_typeset_lines(
            summary or metadata.summary or (quotation.text if quotation else summaries.of(html)),
            typeset,
        ),
        quotation=quotation,
        lines=lines,
        custom=custom,
    )


def _typeset_lines(text: str, typeset: Callable[[str], str]) -> str:
    """Correct the typography of each paragraph."""
    return "\n\n".join(typeset(paragraph) for paragraph in text.split("\n\n"))


def _check_claims(site: Site, place: Location, metadata: Metadata) -> None:
    lang = (metadata.lang or place.lang).lower().replace("_", "-")
    if lang != place.lang:
        folder, _, name = place.key.rpartition("/")
        path = f"{site.content}/{lang}/{folder}/{metadata.slug or name}.md"
        fix = f"Delete the line, or move the file to {path}; translations have the same file name."
        if lang not in site.languages:
            fix = f"Delete the line, or add the language to LANGUAGES and move the file to {path}."
        raise Problem(
            f"“{metadata.lang}” contradicts the folder {site.content}/{place.lang}/.",
            fix,
            field="lang",
        )
    allowed = site.kinds.of_folder(place.folder)
    if metadata.kind and site.kinds[metadata.kind] not in allowed:
        raise Problem(
            f"“{metadata.kind}” contradicts the folder, whose texts are of kind {allowed[0]}.",
            "Delete the line or move the file.",
            field="kind",
        )


def _gather_tags(site: Site, metadata: Metadata, hashtags: Iterable[str]) -> tuple[Tag, ...]:
    rubric = metadata.rubric if isinstance(metadata, PostMetadata) else None
    if rubric and parse_tag(rubric).identity not in site.rubrics:
        near = get_close_matches(rubric, list(site.rubrics), 1)
        raise Problem(
            f"“{rubric}” is not a rubric.",
            f"Did you mean {near[0]}?" if near else f"Choose from {', '.join(site.rubrics)}.",
            field="rubric",
        )
    first = [rubric] if rubric else []
    tags = merge(map(parse_tag, (*first, *hashtags, *metadata.tags)))
    if len(tags) > MOST_TAGS:
        raise Problem(
            f"has {len(tags)} tags; the maximum is {MOST_TAGS}.",
            "Keep those that matter.",
            field="tags",
        )
    return tags


def _settle_kind(
    site: Site, place: Location, metadata: Metadata, rubric: str, html: str
) -> tuple[Kind, Quotation | None]:
    """Return the kind of a text, and its quotation.

    It is the kind that the file names, else that of its rubric, if the folder has such texts. A
    kind with front matter of its own is one that `metadata_kind` has found, except for quotations
    that are recognized in the text.
    """
    default, *others = allowed = site.kinds.of_folder(place.folder)
    model = type(metadata)
    if model is not default.model:
        own = [kind for kind in others if kind.model is model]
        kind = next((each for each in own if each.id == metadata.kind), own[0])
        return kind, _quotation(metadata, html) if isinstance(metadata, QuoteMetadata) else None
    wanted = metadata.kind or (site.rubrics[rubric].kind if rubric else default.id)
    kind = next((each for each in allowed if each.id == wanted), default)
    if kind.has_quotation:
        quotation = recognize(paragraphs(html) or [])
        return (kind, quotation) if quotation else (default, None)
    return (kind if kind.model is model else default), None


def _quotation(metadata: QuoteMetadata, html: str) -> Quotation:
    text: Any = metadata.quote
    by = metadata.by or ""
    source = metadata.source or ""
    if text is None:
        body = paragraphs(html)
        if body == []:
            raise Problem(
                "is missing, and the text is empty.",
                "Write the quotation as the text, or into quote:.",
                field="quote",
            )
        if body is None:
            raise Problem(
                "the text has more than the quotation.",
                "Put the quotation into quote: and keep your own words in the text.",
                field="quote",
            )
        found = recognize(body)
        text = found.text if found else fold_lines("\n\n".join(body))
        by, source = by or (found.by if found else ""), source or (found.source if found else "")
    return Quotation(
        text=strip_marks(text),
        by=by,
        role=metadata.role or "",
        source=source,
        source_url=metadata.source_url or "",
        portrait=metadata.portrait or "",
    )


def _named_date(site: Site, place: Location) -> datetime | None:
    if not place.named_date:
        return None
    try:
        return localize(parse_moment(place.named_date), site.zone, fold=0)
    except ValueError as error:
        reason = str(error).partition(". ")[0]
        raise Problem(f"the file name's date: {reason}.", "Rename the file.") from None


def _status(site: Site, kind: Kind, metadata: Metadata, date: datetime | None) -> Status:
    """Drafts are those that say so, texts of dated kinds without a date, and the future."""
    if metadata.gone:
        if metadata.status in ("draft", "hidden"):
            raise Problem(
                f"contradicts status: {metadata.status}; nothing is left to show.",
                "Remove one of them.",
                field="gone",
            )
        return "published"  # it was published before; its address depends on that
    if metadata.status in ("draft", "hidden"):
        return metadata.status
    if (date is None and kind.is_dated) or _is_of_future(site, date):
        return "draft"
    return "published"


def _is_of_future(site: Site, date: datetime | None) -> bool:
    """Return whether a date makes a text a draft."""
    return date is not None and site.drafts.has_future and date > site.now


def _address(site: Site, place: Location, kind: Kind, key: str, slug: str, status: Status) -> str:
    if status == "draft" and site.drafts.secret:
        return f"{place.lang}/drafts/{site.drafts.folder(f'{place.lang}/{key}')}/{slug}/"
    if status == "draft":
        return f"{place.lang}/drafts/{place.key.rpartition('/')[0]}/{slug}/"
    return f"{place.lang}/{kind.path}{slug}/"
