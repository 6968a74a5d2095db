"""Reads `site.toml` of a content folder: the settings that differ from site to site.

It is TOML, as rubrics.toml and authors.toml are, so that an author needs no Python. Each value is
checked by the rule of the setting that it becomes.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rubric.model.errors import BuildFailed, ErrorLog
from rubric.model.language import Languages
from rubric.model.regular import read_regular, reason_of
from rubric.model.rules import Rule, suggest, text
from rubric.model.setting_rules import OPTIONS, PELICAN

NAME = "site.toml"

_TEXTS: Mapping[str, Rule] = {
    "name": text("the name of the site", "Tea Circle"),
    "url": PELICAN["SITEURL"],
    "timezone": PELICAN["TIMEZONE"],
    "authority": OPTIONS["FEEDS"]["authority"].rule,
    "since": OPTIONS["FEEDS"]["since"].rule,
}
_REQUIRED = ("name", "timezone", "authority", "since", "languages")
_TABLES = {name.lower(): name for name in OPTIONS}
_KNOWN = (*_TEXTS, "languages", *_TABLES)
_NEXT = "See docs/settings.md."


@dataclass(frozen=True, slots=True)
class SiteFile:
    """The settings of one site.

    `url` is empty if the file has none. `options` are options of our own settings by the name of
    the setting: `{"EDITIONS": {"page_size": 10}}`; a setting that isn't given has no options.
    """

    name: str
    url: str
    timezone: str
    authority: str
    since: str
    languages: dict[str, dict[str, Any]]
    options: dict[str, dict[str, Any]]


def read_site_file(path: Path) -> SiteFile:
    """Read the file. Raises BuildFailed with all errors.

    Options of `[newsletter.defaults]` apply to each of `[newsletter.lists.…]` that doesn't have
    them.
    """
    reading = _Reading(path)
    data = reading.load()
    reading.check(data)
    reading.errors.raise_if_any()
    options = {name: dict(data.get(key, {})) for key, name in _TABLES.items()}
    _complete_lists(options["NEWSLETTER"])
    texts = {key: data.get(key, "") for key in _TEXTS}
    texts["url"] = texts["url"].rstrip("/")
    return SiteFile(**texts, languages=data["languages"], options=options)


def _complete_lists(newsletter: dict[str, Any]) -> None:
    defaults = newsletter.pop("defaults", {})
    if "lists" in newsletter:
        lists = newsletter["lists"].items()
        newsletter["lists"] = {key: {**defaults, **given} for key, given in lists}


@dataclass(slots=True)
class _Reading:
    """The file while it is read, and its errors."""

    path: Path
    errors: ErrorLog = field(default_factory=ErrorLog)
    lines: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"{self.path.parent.name}/{self.path.name}"

    def refuse(self, key: str, problem: str, fix: str, *within: str) -> None:
        full = ".".join([*within, key])
        line = self._line_of(key, *within)
        self.errors.add(self.name, problem, fix, line=line, field=full)

    def load(self) -> dict[str, Any]:
        try:
            text = read_regular(self.path).decode("utf-8").replace("\r\n", "\n")
            self.lines = text.splitlines()
            return tomllib.loads(text)
        except FileNotFoundError:
            fix = "`invoke new site` writes one."
            self.errors.add(self.name, "is missing.", fix)
        except OSError as error:
            fix = "Check the file and its permissions."
            self.errors.add(self.name, f"can't be read: {reason_of(error)}.", fix)
        except (ValueError, RecursionError) as error:
            line = re.search(r"line (\d+)", str(error))
            fix = 'Correct it; texts are in "quotes", one setting a line.'
            problem = f"can't be read: {reason_of(error)}."
            self.errors.add(self.name, problem, fix, line=int(line[1]) if line else 0)
        raise BuildFailed(list(self.errors))

    def check(self, data: Mapping[str, Any]) -> None:
        for key in _REQUIRED:
            if key not in data:
                self.errors.add(self.name, "is missing.", f"Write it. {_NEXT}", field=key)
        for key, value in data.items():
            if key in _TEXTS:
                self._check_value(key, value, _TEXTS[key])
            elif key == "languages":
                self._check_languages(value)
            elif key in _TABLES:
                self._check_table(key, value)
            else:
                hint = suggest(key, _KNOWN, f"Known are {', '.join(_KNOWN)}.")
                self.refuse(key, "is no setting.", hint)

    def _check_value(self, key: str, value: object, rule: Rule, *within: str) -> None:
        if not rule.accepts(value):
            fix = f"Write it as {_as_toml(rule.example)}."
            self.refuse(key, f"{_as_toml(value)} is not {rule.kind}.", fix, *within)

    def _check_languages(self, value: object) -> None:
        try:
            Languages.from_settings(value)  # type: ignore[arg-type]
        except ValueError as error:
            where, _, problem = str(error).partition(": ")
            key = re.search(r"\['(.*)'\]", where)
            within = ("languages",) if key else ()
            self.refuse(key[1] if key else "languages", problem, "", *within)

    def _check_table(self, key: str, value: object) -> None:
        rules = {name: option.rule for name, option in OPTIONS[_TABLES[key]].items()}
        if not isinstance(value, Mapping):
            self.refuse(key, "is not a table of options.", f"Write [{key}] above its options.")
            return
        for name, given in value.items():
            if key == "newsletter" and name in ("defaults", "lists"):
                self._check_lists(name, given)
            elif name in rules:
                self._check_value(name, given, rules[name], key)
            else:
                hint = suggest(name, rules, f"Options are {', '.join(rules)}.")
                self.refuse(name, "is no option.", hint, key)

    def _check_lists(self, name: str, value: object) -> None:
        """Check only the types of newsletter lists; `rubric.newsletter` checks their options."""
        tables = value.values() if name == "lists" and isinstance(value, Mapping) else [value]
        if not all(isinstance(table, Mapping) for table in tables):
            example = f"[newsletter.{name}{'.weekly' if name == 'lists' else ''}]"
            fix = f"Write {example} above its options."
            self.refuse(name, "is not a table of options.", fix, "newsletter")

    def _line_of(self, key: str, *within: str) -> int:
        """Return the line of a key or its table; 0 if it is not found."""
        wanted: tuple[str, ...] = (*within, key)
        table: tuple[str, ...] = ()
        for number, line in enumerate(self.lines, 1):
            heading = re.match(r"\s*\[\[?([^\]]*)\]", line)
            given = re.match(r"\s*([^#=]+?)\s*=", line)
            if heading:
                table = found = _parts(heading[1])
            else:
                found = (*table, *_parts(given[1])) if given else ()
            if found[: len(wanted)] == wanted:
                return number
        return 0


def _parts(name: str) -> tuple[str, ...]:
    return tuple(part.strip(" \"'") for part in name.split("."))


def _as_toml(value: object, most: int = 60) -> str:
    """Return a value in TOML syntax, shortened."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        written = '"{}"'.format(value.replace("\\", "\\\\").replace('"', '\\"'))
    elif isinstance(value, list | tuple):
        written = f"[{', '.join(map(_as_toml, value))}]"
    elif isinstance(value, Mapping):
        written = ", ".join(f"{key} = {_as_toml(each)}" for key, each in value.items())
        written = f"{{ {written} }}" if written else "{}"
    else:
        written = str(value)
    return written if len(written) <= most else f"{written[: most - 1]}…"
