"""Validates the fields of a file: returns the metadata of its kind, or all mistakes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from rubric.model.kinds import BUILT_IN, Kind, Kinds
from rubric.model.metadata import Metadata
from rubric.reading.foreign_fields import normalize_fields, suggest
from rubric.reading.source import Problem

_CLOSE = 0.75
_LONGEST_VALUE = 80


def model_kind(kinds: Kinds, folder: str, fields: Mapping[str, Any]) -> Kind:
    """Return the kind whose model validates a file of a folder.

    This is the kind that the file names, or one of whose own fields it has (a post with the
    fields of a quotation is a quote). Kinds with the model of the folder's first kind are not
    distinguished.
    """
    default, *others = kinds.of_folder(folder)
    others = [kind for kind in others if kind.model is not default.model]
    common = default.model.model_fields.keys()
    for kind in others:
        if fields.get("kind") == kind.id:
            return kind
    for kind in others:
        if (kind.model.model_fields.keys() - common) & fields.keys():
            return kind
    return default


def check(
    kind: Kind, fields: Mapping[str, Any], zone: ZoneInfo, kinds: Kinds = BUILT_IN
) -> Metadata | list[Problem]:
    """Validate one file's fields; times without an offset are in `zone`.

    Empty values count as absent. Returns the metadata or all problems, by field and without
    line numbers.
    """
    given, written, problems = normalize_fields(fields)
    model = kind.model
    try:
        metadata = model.model_validate(given, context={"zone": zone, "kinds": [*kinds.by_id]})
    except ValidationError as error:
        for details in error.errors():
            problem = _explain(model, details, fields)
            problem.field = written.get(problem.field, problem.field)
            problems.append(problem)
        return problems
    return problems or metadata


def check_remaining(
    kind: Kind,
    fields: Mapping[str, Any],
    zone: ZoneInfo,
    problems: Iterable[Problem],
    kinds: Kinds = BUILT_IN,
) -> Metadata | None:
    """Return the metadata without the fields that have problems, to find further mistakes."""
    wrong = {problem.field for problem in problems}
    rest = {name: value for name, value in fields.items() if name not in wrong}
    metadata = check(kind, {"title": "Untitled", **rest}, zone, kinds)
    return None if isinstance(metadata, list) else metadata


def _explain(model: type[Metadata], details: ErrorDetails, given: Mapping[str, Any]) -> Problem:
    name = str(details["loc"][0]) if details["loc"] else ""
    match details["type"]:
        case "missing":
            return Problem("is missing.", f"Add a line {name}: … at the top.", field=name)
        case "extra_forbidden":
            return Problem("is not a field here.", _nearest(model, name, given), field=name)
        case "value_error":
            value = str(details.get("input"))
            reason = str(details["ctx"]["error"]).replace(value, _shortened(value))
            problem, _, fix = reason.partition(". ")
            return Problem(problem.rstrip(".") + ".", fix, field=name)
    return _explain_value(name, details)


def _explain_value(name: str, details: ErrorDetails) -> Problem:
    given = _shortened(str(details.get("input")))
    match details["type"]:
        case "literal_error":
            return Problem(
                f"“{given}” is unknown.",
                f"Choose {_plain(details['ctx']['expected'])}.",
                field=name,
            )
        case "bool_parsing" | "bool_type":
            return Problem(
                f"“{given}” is neither true nor false.", "Write true or false.", field=name
            )
        case "int_parsing_size":
            return Problem("has too many digits.", "Write a smaller number.", field=name)
        case "int_parsing" | "float_parsing" | "finite_number" | "int_type" | "float_type":
            return Problem(f"“{given}” is not a number.", "Write digits, such as 40.", field=name)
        case "greater_than_equal":
            least = details["ctx"]["ge"]
            return Problem(f"“{given}” is too small.", f"The minimum is {least:.10g}.", field=name)
        case "less_than_equal":
            most = details["ctx"]["le"]
            return Problem(f"“{given}” is too large.", f"The maximum is {most:.10g}.", field=name)
        case "string_too_short" | "too_short":
            return Problem("has an empty item.", "Fill it in or delete it.", field=name)
        case "tuple_type" | "string_type":
            if details["type"] == "tuple_type" or len(details["loc"]) > 1:
                return Problem(
                    "is not a list of single lines.", f"Write {name}: [one, two].", field=name
                )
            return Problem("is not one line of text.", f'Write {name}: "…".', field=name)
    return Problem(f"{details['msg'].lower()} (“{given}”).", "Correct the value.", field=name)


def _shortened(given: str) -> str:
    """Shorten a value for a message."""
    return given if len(given) <= _LONGEST_VALUE else f"{given[: _LONGEST_VALUE - 1]}…"


def _plain(expected: str) -> str:
    """Remove the quotes around pydantic's choices: authors would copy them."""
    return expected.replace("'", "")


def _nearest(model: type[Metadata], name: str, given: Mapping[str, Any]) -> str:
    fix = suggest(name, given[name], given, model.model_fields)
    if fix:
        return fix
    # Do not suggest fields that are already set.
    near = get_close_matches(
        name, [field for field in model.model_fields if field not in given], 1, _CLOSE
    )
    if near:
        return f"Did you mean {near[0]}?"
    fields = ", ".join(model.model_fields)
    own = 'FRONTMATTER["custom_fields"] if it is a field of your own'
    return f"Delete the line, or add {name} to {own}; the fields are {fields}."
