"""The settings that are passed on to Jinja and Python-Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from importlib.util import find_spec
from pathlib import PurePath
from re import Pattern
from typing import Any

from jinja2 import Environment
from jinja2.utils import import_string

from rubric.model.findings import Findings
from rubric.model.rules import show

JINJA_OPTIONS = frozenset(
    (
        "autoescape",
        "block_end_string",
        "block_start_string",
        "comment_end_string",
        "comment_start_string",
        "extensions",
        "finalize",
        "keep_trailing_newline",
        "line_comment_prefix",
        "line_statement_prefix",
        "lstrip_blocks",
        "newline_sequence",
        "optimized",
        "trim_blocks",
        "undefined",
        "variable_end_string",
        "variable_start_string",
    )
)
"""The options of a Jinja environment that are the user's; loading and caching are not."""

MARKDOWN_OPTIONS = frozenset(("extensions", "extension_configs", "output_format", "tab_length"))
_JINJA = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True, "extensions": []}

_KNOWN = ("markdown", "pymdownx", "rubric", "mdx_truly_sane_lists", "mdx_better_lists")
"""Packages whose Markdown extensions read nothing but the text and their options."""
_READING = ("pymdownx.snippets", "pymdownx.b64")
"""Those among them that read files."""


def unknown_extensions(markdown: Mapping[str, Any]) -> list[str]:
    """The Markdown extensions and functions among their options that may read anything, so that
    no text can be kept.
    """
    names = [
        each if isinstance(each, str) else f"{type(each).__module__}:{type(each).__name__}"
        for each in markdown.get("extensions", ())
    ]
    names += _functions(markdown.get("extension_configs", {}))
    return [name for name in names if not _is_known(name.partition(":")[0])]


def _functions(value: object) -> Iterator[str]:
    """Return the functions and other callables in options as `module:name`."""
    if isinstance(value, Mapping):
        for item in value.values():
            yield from _functions(item)
    elif isinstance(value, list | tuple | set | frozenset):
        for item in value:
            yield from _functions(item)
    elif isinstance(value, partial):
        yield from _functions((value.func, value.args, value.keywords))
    elif not isinstance(value, str | bytes | int | float | date | PurePath | Pattern | None):
        kind = value if hasattr(value, "__qualname__") else type(value)
        yield f"{kind.__module__}:{getattr(kind, '__qualname__', '')}"


def _is_known(name: str) -> bool:
    if "." not in name and find_spec(f"markdown.extensions.{name}"):
        return True
    return name.partition(".")[0] in _KNOWN and name not in _READING


def check_jinja(settings: dict[str, Any], findings: Findings) -> None:
    """Check JINJA_ENVIRONMENT and complete it; loading and escaping stay the site's own."""
    given = settings.get("JINJA_ENVIRONMENT")
    if not isinstance(given, Mapping):
        return  # refused already
    for key in given:
        if key not in JINJA_OPTIONS:
            findings.ignore(f'JINJA_ENVIRONMENT["{key}"]', key, JINJA_OPTIONS)
    options = {**_JINJA, **{k: v for k, v in given.items() if k in JINJA_OPTIONS}}
    if options["autoescape"] is not True:
        options["autoescape"] = True
        findings.notices.append(
            'JINJA_ENVIRONMENT["autoescape"] has no effect: templates are always escaped; '
            "write {{ value | safe }} for what is markup."
        )
    extensions, name = options["extensions"], 'JINJA_ENVIRONMENT["extensions"]'
    if not isinstance(extensions, list | tuple):
        fix = "Write it as ['jinja2.ext.do']."
        findings.refuse(name, f"{show(extensions)} is not a list of extensions.", fix)
        return
    for extension in extensions:
        if not isinstance(extension, type) and not _can_import(extension):
            fix = "Install it, or write it as ['jinja2.ext.do']."
            findings.refuse(name, f"{show(extension)} is no extension that is there.", fix)
            return
    try:
        Environment(**options)  # noqa: S701 (escaping is among the options)
    except Exception as error:  # what Jinja raises differs by option
        fix = "Leave the option out, or see Jinja's documentation of Environment."
        findings.refuse("JINJA_ENVIRONMENT", f"can't be used: {error or 'wrong value'}.", fix)
    settings["JINJA_ENVIRONMENT"] = options


def check_markdown(settings: Mapping[str, Any], findings: Findings) -> None:
    """Check MARKDOWN as far as that needs no extension to be loaded."""
    given = settings.get("MARKDOWN")
    if not isinstance(given, Mapping):
        return
    for key, kind in (("extensions", list | tuple), ("extension_configs", Mapping)):
        if key in given and not isinstance(given[key], kind):
            name = "a list" if key == "extensions" else "a dict of options by extension"
            fix = f'Write MARKDOWN = {{**MARKDOWN, "{key}": …}}.'
            findings.refuse(f'MARKDOWN["{key}"]', f"{show(given[key])} is not {name}.", fix)
    for key in given:
        if key not in MARKDOWN_OPTIONS:
            findings.ignore(f'MARKDOWN["{key}"]', key, MARKDOWN_OPTIONS)
    if given.get("output_format", "html") not in ("html", "xhtml", "html5"):
        shown = show(given["output_format"])
        findings.refuse('MARKDOWN["output_format"]', f"{shown} is unknown.", "Write 'html'.")


def _can_import(name: object) -> bool:
    if not isinstance(name, str):
        return False
    try:
        return isinstance(import_string(name), type)
    except Exception:  # whatever the module raises
        return False
