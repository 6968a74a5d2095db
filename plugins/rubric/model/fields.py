"""Types of front matter fields: how they are parsed, and their JSON Schema."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from typing import Annotated, Any
from urllib.parse import unquote

from pydantic import (
    AfterValidator,
    BeforeValidator,
    StringConstraints,
    ValidationInfo,
    WithJsonSchema,
)

from rubric.model.addresses import check_segment, is_slug
from rubric.model.moment import Moment, load_zone, localize, parse_duration, parse_moment
from rubric.model.rules import among
from rubric.model.script import split_list
from rubric.model.tag import slugify
from rubric.model.web import as_link, as_web_url


def _as_list(value: Any) -> Any:
    """Accept one string with commas, of any script, where a list is meant."""
    if isinstance(value, str):
        return split_list(value)
    return value


def _as_names(value: Any) -> Any:
    """Also accept semicolons; if there are any, commas are part of names, as in Pelican."""
    if isinstance(value, str) and ";" in value:
        return [part.strip() for part in value.split(";") if part.strip()]
    return _as_list(value)


def _as_line(value: Any) -> Any:
    if isinstance(value, str) and any(ord(char) < 32 and char != "\n" for char in value):
        raise ValueError("contains a control character. Delete it.")
    return " ".join(value.split()) if isinstance(value, str) else value


def _as_moment(value: Any) -> Moment:
    if isinstance(value, Moment):
        return value
    if not isinstance(value, str):
        raise ValueError("is not a date or time. Write it as 2026-11-05 18:30.")
    return parse_moment(value)


def _as_publication(value: Any, info: ValidationInfo) -> datetime:
    if isinstance(value, datetime):
        return value
    context = info.context or {}
    moment = _as_moment(value)
    if moment.offset is not None:
        return moment.local.replace(tzinfo=timezone(moment.offset)).astimezone(context["zone"])
    return localize(moment, context["zone"], fold=0)


def _as_duration(value: Any) -> timedelta:
    if isinstance(value, timedelta):
        return value
    return parse_duration(str(value))


def _as_zone(value: Any) -> Any:
    return load_zone(value).key if isinstance(value, str) else value


def _as_kind(value: Any, info: ValidationInfo) -> Any:
    """Validate the ID of a kind; the validation context contains the valid `kinds`."""
    known = (info.context or {}).get("kinds")
    if known and isinstance(value, str) and value not in known:
        raise ValueError(f"“{value}” is unknown. Choose {among(known)}.")
    return value


def _as_template(value: Any) -> Any:
    name = value.strip().removesuffix(".html") if isinstance(value, str) else value
    if isinstance(name, str) and not re.fullmatch(r"[\w-]+(?:/[\w-]+)*", name):
        raise ValueError(f"“{value}” can't be a template. Write its name, such as landing.")
    return name


def _as_slug(value: Any) -> Any:
    """One segment; Docusaurus writes it as `/my-post`."""
    if not isinstance(value, str):
        return value
    slug = value.strip("/ ")
    if not is_slug(slug):
        last = slugify(slug.rpartition("/")[2])
        fix = f"Write “slug: {last}” instead." if is_slug(last) else "Delete the line."
        raise ValueError(
            f"“{value}” can't be an address. {fix} Letters, digits and hyphens can be in it."
        )
    return slug


def as_alias(value: Any) -> Any:
    """Validate a former address: `/old/path/` or `old.html`, on this site.

    Browsers copy addresses percent-encoded, so they are decoded (RFC 3986).
    """
    if isinstance(value, str):
        decoded = unquote(value, errors="replace")
        segments = decoded.strip("/").split("/")
        if "\ufffd" in decoded or any(not check_segment(segment) for segment in segments):
            raise ValueError(
                f"“{value}” is not an address of this site. Write its path, such as /en/old-name/."
            )
        return decoded
    return value


def _as_key(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"[^\W_][\w./-]*", value):
        raise ValueError(
            f"“{value}” can't be a key. Use letters, digits, hyphens and slashes, such as "
            "posts/my-first-post."
        )
    return value


def _as_file_name(value: Any) -> Any:
    """`posts/quiet-monday.md` and `quiet-monday` name the same file."""
    if isinstance(value, str):
        return value.strip().rpartition("/")[2].removesuffix(".md")
    return value


def _as_country(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"[A-Za-z]{2}", value):
        raise ValueError(f"“{value}” is not a country code. Write two letters, such as KZ or TW.")
    return value.upper() if isinstance(value, str) else value


def _as_currency(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"[A-Za-z]{3}", value):
        raise ValueError(f"“{value}” is not a currency. Write three letters, such as EUR or KZT.")
    return value.upper() if isinstance(value, str) else value


def _as_language_tag(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", value):
        raise ValueError(f"“{value}” is not a language. Write a code such as ru, kk or zh-hant.")
    return value.lower() if isinstance(value, str) else value


_MOMENT_SCHEMA = {
    "type": "string",
    "pattern": r"^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}"
    r"([Tt ]\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?( ?([Zz]|UTC|GMT|[+-]\d{2}(:?\d{2})?))?)?$",
    "examples": ["2026-11-05", "2026-11-05 18:30"],
}

Line = Annotated[
    str,
    BeforeValidator(_as_line),
    StringConstraints(min_length=1),
    WithJsonSchema({"type": "string", "minLength": 1}),
]
"""One line of text: white space folded, control characters refused."""

MaybeEmptyLine = Annotated[str, BeforeValidator(_as_line), WithJsonSchema({"type": "string"})]
"""One line of text, which may be empty on purpose."""

Key = Annotated[Line, BeforeValidator(_as_key)]
"""A key of letters, digits, hyphens and slashes, such as `posts/my-first-post`."""

FileName = Annotated[Line, BeforeValidator(_as_file_name)]
"""What a file of the site is called: its name without folder and ending."""

TemplateName = Annotated[Line, BeforeValidator(_as_template)]
"""The name of a template of the theme, without its ending."""

KindId = Annotated[str, BeforeValidator(_as_kind)]
"""The id of a kind of texts."""

Slug = Annotated[Line, BeforeValidator(_as_slug)]
"""One path segment of an address."""

TagList = Annotated[
    tuple[Line, ...],
    BeforeValidator(_as_names),
    WithJsonSchema({"type": ["array", "string"], "items": {"type": "string"}}),
]
"""A list of lines; one string with commas or semicolons is accepted."""

LineList = TagList

AliasList = Annotated[
    tuple[Annotated[Line, AfterValidator(as_alias)], ...],
    BeforeValidator(_as_list),
    WithJsonSchema({"type": ["array", "string"], "items": {"type": "string"}}),
]
"""Former addresses within the site."""

Publication = Annotated[datetime, BeforeValidator(_as_publication), WithJsonSchema(_MOMENT_SCHEMA)]
"""When something was published: zoned; written in the site's zone unless an offset stands."""

LocalMoment = Annotated[Moment, BeforeValidator(_as_moment), WithJsonSchema(_MOMENT_SCHEMA)]
"""A local date or time whose zone another field gives."""

Duration = Annotated[
    timedelta,
    BeforeValidator(_as_duration),
    WithJsonSchema({"type": "string", "examples": ["2h", "90m", "1h 30m"]}),
]
"""A length of time: `2h`, `90m`, `1h 30m`."""

Zone = Annotated[
    str,
    BeforeValidator(_as_zone),
    WithJsonSchema({"type": "string", "examples": ["Asia/Almaty", "Europe/Berlin"]}),
]
"""The name of an IANA time zone."""

WebUrl = Annotated[
    str,
    BeforeValidator(as_web_url),
    WithJsonSchema({"type": "string", "format": "uri", "pattern": "^https?://"}),
]
"""An absolute http(s) address."""

Link = Annotated[str, BeforeValidator(as_link), WithJsonSchema({"type": "string", "format": "uri"})]
"""An address a reader may follow: https, mailto, tel, tg or geo."""

LinkList = Annotated[tuple[Link, ...], BeforeValidator(_as_list)]

Country = Annotated[
    str,
    BeforeValidator(_as_country),
    WithJsonSchema({"type": "string", "pattern": "^[A-Z]{2}$"}),
]
"""An ISO 3166-1 alpha-2 code."""

Currency = Annotated[
    str,
    BeforeValidator(_as_currency),
    WithJsonSchema({"type": "string", "pattern": "^[A-Z]{3}$"}),
]
"""An ISO 4217 code."""

LanguageTag = Annotated[str, BeforeValidator(_as_language_tag), WithJsonSchema({"type": "string"})]
"""A BCP 47 language tag, lowercase inside."""

LanguageList = Annotated[tuple[LanguageTag, ...], BeforeValidator(_as_list)]
