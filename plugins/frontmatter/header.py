"""Front matter as written: field names and raw values with their lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from plugins.frontmatter.source import Problem

_HEADER_LINE = re.compile(r"(?P<name>[A-Za-z][\w -]*):[ \t]*(?P<value>.*)")
_MAX_CHARS = 64_000


@dataclass(slots=True)
class Header:
    """Fields by lowercase name, the line each stands on, and the text below them.

    Values are strings, lists and dicts of strings: no YAML type is guessed, so `18:30`
    stays a time, `NO` a country and `2026` a title.
    """

    fields: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    body: str = ""


def parse_header(text: str) -> Header:
    """Split a file into front matter and body.

    Reads YAML between `---` lines or Pelican's own `Title: …` lines. Raises Problem.
    """
    lines = text.split("\n")
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
        return header
    return _parse_pelican(lines)


def _parse_yaml(text: str) -> Header:
    if len(text) > _MAX_CHARS:
        raise Problem("the front matter is too long.", "Move the text below it.", line=1)
    try:
        for token in yaml.scan(text, Loader=yaml.CBaseLoader):
            if isinstance(token, yaml.AliasToken | yaml.AnchorToken | yaml.TagToken):
                raise Problem(
                    "uses a YAML anchor, alias or type, which front matter doesn't need.",
                    "Write the value itself, in quotes if it begins with &, * or !.",
                    line=token.start_mark.line + 2,
                )
        node = yaml.compose(text, Loader=yaml.CBaseLoader)
    except yaml.MarkedYAMLError as error:
        raise _explain(error, text) from None
    except yaml.YAMLError as error:
        raise Problem(f"the YAML can't be read: {error}.", "Correct it.", line=1) from None
    if node is None:
        return Header()
    if not isinstance(node, yaml.MappingNode):
        raise Problem("the front matter is not made of fields.", "Write name: value.", line=2)
    header = Header()
    for key, value in node.value:
        name, line = str(key.value).strip().lower(), key.start_mark.line + 2
        if name in header.fields:
            raise Problem(
                f"stands twice, first in line {header.lines[name]}.",
                "Keep one of them.",
                line=line,
                field=name,
            )
        header.lines[name] = line
        header.fields[name] = _plain(value)
    return header


def _plain(node: yaml.Node) -> Any:
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): _plain(value) for key, value in node.value}
    return str(node.value)


def _explain(error: yaml.MarkedYAMLError, text: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    line = mark.line if mark else 0
    written = (text.split("\n")[line : line + 1] or [""])[0].strip()
    reason = error.problem or error.context or "unreadable"
    if "mapping values are not allowed" in reason:
        fix = 'A value that holds a colon needs quotes: title: "Monday: quiet".'
    elif "\t" in written or "tab" in reason or "cannot start any token" in reason:
        fix = "Indent with spaces, and put values that begin with a symbol in quotes."
    else:
        fix = "Write name: value, and put values with : # [ { or quotes in double quotes."
    return Problem(f"the YAML can't be read at “{written}” ({reason}).", fix, line=line + 2)


def _parse_pelican(lines: list[str]) -> Header:
    """Pelican's Markdown header: `Name: value` lines, indented ones continue, blank ends."""
    header = Header()
    name = ""
    for number, line in enumerate(lines):
        match = _HEADER_LINE.fullmatch(line.rstrip())
        if match:
            name = match["name"].strip().lower().replace(" ", "_").replace("-", "_")
            if name in header.fields:
                raise Problem(
                    f"stands twice, first in line {header.lines[name]}.",
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
            break
    return header
