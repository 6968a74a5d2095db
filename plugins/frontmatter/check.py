"""Raw fields → a kind's metadata, or every mistake in them."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from plugins.frontmatter.source import Problem
from plugins.model.metadata import METADATA, Kind, Metadata, QuoteMetadata

# Names from Pelican and other generators, and what they are called here.
_ELSEWHERE = {
    "author": "authors",
    "category": "rubric",
    "categories": "rubric",
    "keywords": "tags",
    "tag": "tags",
    "description": "summary",
    "excerpt": "summary",
    "url": "slug",
    "save_as": "slug",
    "permalink": "slug",
    "draft": "status: draft",
    "template": "kind",
    "layout": "kind",
    "tz": "timezone",
    "location": "venue",
    "updated": "modified",
    "lastmod": "modified",
}
_QUOTE_ONLY = set(QuoteMetadata.model_fields) - set(METADATA["post"].model_fields)


def metadata_kind(folder_kind: Kind, fields: Mapping[str, Any]) -> Kind:
    """Which model checks a file: a post with a quotation's fields is a quote."""
    if folder_kind != "post":
        return folder_kind
    if fields.get("kind") == "quote" or _QUOTE_ONLY & fields.keys():
        return "quote"
    return "post"


def check(kind: Kind, fields: Mapping[str, Any], zone: ZoneInfo) -> Metadata | list[Problem]:
    """Validate one file's fields; times without an offset are in `zone`.

    Empty values count as absent. Returns the metadata or all problems, by field, with no
    line: the caller knows lines.
    """
    given = {name: value for name, value in fields.items() if value not in ("", None, [], {})}
    if "author" in given and "authors" not in given:
        given["authors"] = given.pop("author")
    model = METADATA[kind]
    try:
        return model.model_validate(given, context={"zone": zone})
    except ValidationError as error:
        return [_explain(model, details) for details in error.errors()]


def _explain(model: type[Metadata], details: ErrorDetails) -> Problem:
    name = str(details["loc"][0]) if details["loc"] else ""
    given = details.get("input")
    match details["type"]:
        case "missing":
            return Problem("is missing.", f"Add a line {name}: … at the top.", field=name)
        case "extra_forbidden":
            return Problem("is not a field here.", _nearest(model, name), field=name)
        case "value_error":
            reason = str(details["ctx"]["error"])
            problem, _, fix = reason.partition(". ")
            return Problem(problem.rstrip(".") + ".", fix, field=name)
        case "literal_error":
            return Problem(
                f"“{given}” is unknown.", f"Choose {details['ctx']['expected']}.", field=name
            )
        case "bool_parsing" | "bool_type":
            return Problem(
                f"“{given}” is neither true nor false.", "Write true or false.", field=name
            )
        case "int_parsing" | "float_parsing" | "int_type" | "float_type":
            return Problem(f"“{given}” is not a number.", "Write digits, such as 40.", field=name)
        case "tuple_type" | "string_type":
            wanted = "a list" if details["type"] == "tuple_type" else "one line of text"
            return Problem(f"is not {wanted}.", _example(name, wanted), field=name)
    return Problem(f"{details['msg'].lower()} (“{given}”).", "Correct the value.", field=name)


def _example(name: str, wanted: str) -> str:
    return f"Write {name}: [one, two]." if wanted == "a list" else f'Write {name}: "…".'


def _nearest(model: type[Metadata], name: str) -> str:
    fields = list(model.model_fields)
    if name in _ELSEWHERE:
        return f"It is called {_ELSEWHERE[name]} here."
    near = get_close_matches(name, fields, 1, 0.6)
    if near:
        return f"Did you mean {near[0]}?"
    return f"The fields are {', '.join(fields)}."
