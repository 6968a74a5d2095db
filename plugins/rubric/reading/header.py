"""Parses front matter: field names and raw values with their line numbers."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import yaml

from rubric.reading.source import Problem
from rubric.reading.toml_header import parse_toml

_HEADER_LINE = re.compile(r"(?P<name>[A-Za-z][\w -]*):[ \t]*(?P<value>.*)")
_SIMPLE = r"[^\n#&*!\[{]*"
_FLAT = re.compile(rf"(?:[A-Za-z]\w*:(?: {_SIMPLE}(?:\[{_SIMPLE})?)?\n)+")
_MAX_CHARS = 64_000
_MAX_DEPTH = 8  # libyaml recurses, and a stack overflow would kill the process
_OPENING = (
    yaml.BlockMappingStartToken,
    yaml.BlockSequenceStartToken,
    yaml.FlowMappingStartToken,
    yaml.FlowSequenceStartToken,
)
_CLOSING = (yaml.BlockEndToken, yaml.FlowMappingEndToken, yaml.FlowSequenceEndToken)


@dataclass(slots=True)
class Header:
    """Fields by lowercase name, their line numbers, and the text below them.

    Values are strings, or lists and dicts of strings. YAML types are not inferred, so `18:30`
    stays a time, `NO` a country and `2026` a title. `body_line` is the line number of the first
    line of the body, counted from 1.
    """

    fields: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    body: str = ""
    body_line: int = 1


def parse_header(text: str) -> Header:
    """Split a file into front matter and body.

    Supports YAML between `---` lines, TOML between `+++` lines, and Pelican's `Title: …` lines.
    Raises Problem.
    """
    lines = text.split("\n")
    if lines[0].rstrip() == "+++":
        end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == "+++"), None)
        if end is None:
            raise Problem("the front matter has no end.", "Close it with a line of +++.", line=1)
        return Header(*parse_toml("\n".join(lines[1:end])), body="\n".join(lines[end + 1 :]))
    if not lines[0].strip() and text.strip().partition("\n")[0].rstrip() == "---":
        raise Problem("there is an empty line above the front matter.", "Delete it.", line=1)
    if re.fullmatch(r"[—–―*_=]{1,5}|-{1,2}|-{4,}", lines[0].strip()):
        raise Problem(
            f"the front matter begins with “{lines[0].strip()}”.",
            "Write three hyphens, ---, above and below the fields.",
            line=1,
        )
    if lines[0].rstrip() == "---":
        end = next(
            (n for n, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "...")), None
        )
        if end is None:
            raise Problem(
                "the front matter has no end.", "Close it with a line of three hyphens.", line=1
            )
        header = _parse_yaml("\n".join(lines[1:end]))
        header.body = "\n".join(lines[end + 1 :])
        header.body_line = end + 2
        return header
    return _parse_pelican(lines)


def _parse_yaml(text: str) -> Header:
    if len(text) > _MAX_CHARS:
        raise Problem("the front matter is too long.", "Move the text below it.", line=1)
    try:
        node = _compose(text)
    except yaml.MarkedYAMLError as error:
        raise _explain(error, text) from None
    except yaml.YAMLError as error:
        raise Problem(f"the YAML can't be read: {error}.", "Correct it.", line=1) from None
    if node is None:
        return Header()
    if not isinstance(node, yaml.MappingNode):
        raise Problem(
            "the front matter does not consist of fields.",
            "Write name: value, with a space after the colon.",
            line=2,
        )
    header = Header()
    for key, value in node.value:
        line = key.start_mark.line + 2
        if not isinstance(key, yaml.ScalarNode):
            raise Problem("has a field without a name.", "Write name: value.", line=line)
        name = str(key.value).strip().lower()
        if name in header.fields:
            raise Problem(
                f"is set twice, first on line {header.lines[name]}.",
                "Keep one of them.",
                line=line,
                field=name,
            )
        header.lines[name] = line
        header.fields[name] = _plain(value)
    return header


def _compose(text: str) -> yaml.Node | None:
    """Return the root node of a YAML text. Raises YAMLError, and Problem for ambiguous syntax.

    Most headers are simple `name: value` lines, which need no further check.
    """
    if _FLAT.fullmatch(f"{text}\n"):
        with suppress(yaml.YAMLError):
            return yaml.compose(text, Loader=yaml.CBaseLoader)
    _reject_yaml_syntax(text)
    return yaml.compose(text, Loader=yaml.CBaseLoader)


def _reject_yaml_syntax(text: str) -> None:
    """Raise Problem for syntax that authors usually mean literally: *, &, ! and #hashtag."""
    lines = text.split("\n")
    ends: dict[int, int] = {}
    depth = 0
    for token in yaml.scan(text, Loader=yaml.CBaseLoader):
        number = token.start_mark.line
        depth += isinstance(token, _OPENING) - isinstance(token, _CLOSING)
        if depth > _MAX_DEPTH:
            raise Problem("has lists in lists.", "Write [one, two].", line=number + 2)
        if isinstance(token, yaml.AliasToken | yaml.AnchorToken | yaml.TagToken):
            symbol = lines[number][token.start_mark.column]
            raise Problem(
                f"has a value that begins with {symbol}, which means something else to YAML.",
                "Put the value in double quotes.",
                line=number + 2,
            )
        ends[token.end_mark.line] = token.end_mark.column
    for number, column in ends.items():
        note = lines[number][column:].strip() if number < len(lines) else ""
        if column and re.match(r"#[^\W\d]", note):
            raise Problem(
                f"“{note}” would be ignored: an unquoted # begins a comment in YAML.",
                'Write it without # or in double quotes, such as tags: ["#desk"]; '
                "a comment has a space after its #.",
                line=number + 2,
            )


def _plain(node: yaml.Node) -> Any:
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): _plain(value) for key, value in node.value}
    return str(node.value)


def _explain(error: yaml.MarkedYAMLError, text: str) -> Problem:
    lines = text.split("\n")
    line = next(
        (
            mark.line
            for mark in (error.problem_mark, error.context_mark)
            if mark and "".join(lines[mark.line : mark.line + 1]).strip()
        ),
        0,
    )
    raw = lines[line]
    written = raw.strip()
    reason = error.problem or error.context or "unreadable"
    if "mapping values are not allowed" in reason:
        fix = 'A value with a colon needs quotes: title: "Monday: quiet".'
    elif "\t" in raw:
        fix = "There is a tab in this line; write spaces instead."
    elif "cannot start any token" in reason or "expected alphabetic or numeric" in reason:
        fix = "A value that begins with a symbol needs quotes."
    elif "expected ',' or" in reason:
        fix = "Close the list in the same line: [one, two]."
    elif '"' in written:
        fix = "A value with double quotes must be in single quotes."
    else:
        return Problem(
            f"the YAML can't be read at “{written}” ({reason}).",
            "Write name: value, and put values with symbols in double quotes.",
            line=line + 2,
        )
    return Problem(f"the YAML can't be read at “{written}”.", fix, line=line + 2)


def _parse_pelican(lines: list[str]) -> Header:
    """Parse Pelican's header: `Name: value` lines and indented continuation lines."""
    header = Header()
    name = ""
    for number, line in enumerate(lines):
        match = _HEADER_LINE.fullmatch(line.rstrip())
        if match:
            name = match["name"].strip().lower().replace(" ", "_").replace("-", "_")
            if name in header.fields:
                raise Problem(
                    f"is set twice, first on line {header.lines[name]}.",
                    "Keep one of them.",
                    line=number + 1,
                    field=name,
                )
            header.fields[name] = match["value"]
            header.lines[name] = number + 1
        elif name and line.startswith((" ", "\t")) and line.strip():
            header.fields[name] += " " + line.strip()
        else:
            header.body = "\n".join(lines[number:])
            header.body_line = number + 1
            break
    return header
