"""Fields that settings give to texts, as in Pelican, and fields of the site's own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from rubric.model.entry import CustomValue
from rubric.model.kinds import Kind, Kinds
from rubric.model.pelican_settings import DEFAULT_FILENAME
from rubric.model.rules import date_text, suggest
from rubric.model.site import Site
from rubric.reading.assembly import Location
from rubric.reading.foreign_fields import FIELD_ALIASES, FOREIGN_NAMES
from rubric.reading.source import Problem

_OF_FILES = ("path", "save_as", "url")
"""Keys of EXTRA_PATH_METADATA that are addresses of static files."""


@dataclass(frozen=True, slots=True)
class GivenFields:
    """What settings add to the fields of a text; the fields of its front matter come first.

    `defaults` are DEFAULT_METADATA; `author` and `date` are AUTHOR and DEFAULT_DATE, for kinds
    with a date; `file_name` and `path` are the expressions FILENAME_METADATA and PATH_METADATA;
    `by_path` are EXTRA_PATH_METADATA. If `has_folders`, a folder below that of the kind is a
    category. `custom` are the names of the site's own fields.
    """

    defaults: Mapping[str, Any] = field(default_factory=dict)
    author: str = ""
    date: str = ""
    file_name: str = ""
    path: str = ""
    by_path: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    has_folders: bool = False
    custom: tuple[str, ...] = ()

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any]) -> GivenFields:
        """Read the settings, which have been checked."""
        expression = settings.get("FILENAME_METADATA") or ""
        return cls(
            defaults=_plain(settings.get("DEFAULT_METADATA") or {}),
            author=settings.get("AUTHOR") or "",
            date=date_text(settings.get("DEFAULT_DATE")),
            # The date of a file name is read in any case.
            file_name="" if expression == DEFAULT_FILENAME else expression,
            path=settings.get("PATH_METADATA") or "",
            by_path={
                path.strip("/"): _plain({k: v for k, v in given.items() if k not in _OF_FILES})
                for path, given in sorted(settings.get("EXTRA_PATH_METADATA", {}).items())
            },
            has_folders=bool(settings.get("USE_FOLDER_AS_CATEGORY")),
            custom=tuple(settings["FRONTMATTER"]["custom_fields"]),
        )

    def complete(
        self, source: str, place: Location, kind: Kind, fields: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        """Return the fields of a text with those that it lacks and that its kind has."""
        given = {_own_name(name): value for name, value in self._for(source, place, kind)}
        if not given:
            return fields
        known = {*kind.model.model_fields, *FOREIGN_NAMES, *self.custom}
        added = known.intersection(given) - {_own_name(name) for name in fields}
        return {**{name: value for name, value in given.items() if name in added}, **fields}

    def _for(self, source: str, place: Location, kind: Kind) -> Iterator[tuple[str, Any]]:
        """Yield the fields of a text; later ones replace earlier ones."""
        if self.author and kind.is_post:
            yield "authors", self.author
        if self.date and kind.is_dated and not place.named_date:
            yield "date", self.date
        yield from self.defaults.items()
        for path, given in self.by_path.items():
            if source == path or source.startswith(f"{path}/"):
                yield from given.items()
        if self.has_folders and kind.is_article:
            _, *folders, _ = PurePosixPath(place.key).parts
            if folders and not folders[-1].isdecimal():
                yield "category", folders[-1]
        stem = PurePosixPath(source).stem
        for expression, text in ((self.path, source), (self.file_name, stem)):
            if expression and (match := re.match(expression, text)):
                found = match.groupdict().items()
                yield from ((name.lower(), value) for name, value in found if value is not None)

    def take_custom(
        self, fields: Mapping[str, Any], problems: list[Problem]
    ) -> tuple[Mapping[str, Any], dict[str, CustomValue]]:
        """Separate the site's own fields from the others; adds problems of their values."""
        custom: dict[str, CustomValue] = {}
        if not self.custom:
            return fields, custom
        for name in self.custom:
            value = fields.get(name)
            if isinstance(value, list) and all(isinstance(item, str) for item in value):
                custom[name] = tuple(value)
            elif isinstance(value, str):
                custom[name] = value
            elif value is not None:
                problem = "is neither a line nor a list of lines."
                problems.append(Problem(problem, f"Write {name}: [one, two].", field=name))
        return {name: fields[name] for name in fields if name not in self.custom}, custom

    def find_mistakes(self, kinds: Kinds) -> Iterator[tuple[str, str, str]]:
        """Yield setting, problem and fix of names that are no field, or one already."""
        fields = {name for kind in kinds for name in kind.model.model_fields}
        for name in self.custom:
            if name in fields:
                setting = 'FRONTMATTER["custom_fields"]'
                yield setting, f"has {name}, which is a field already.", "Remove it."
        groups = (re.compile(each).groupindex for each in (self.file_name, self.path) if each)
        named: list[tuple[str, Iterable[str]]] = [
            ("DEFAULT_METADATA", self.defaults),
            *((f'EXTRA_PATH_METADATA["{path}"]', given) for path, given in self.by_path.items()),
            *(("FILENAME_METADATA or PATH_METADATA", each) for each in groups),
        ]
        for setting, names in named:
            for name in names:
                if _own_name(name.lower()) not in {*fields, *FOREIGN_NAMES, *self.custom}:
                    fix = f'Remove it, or add it to FRONTMATTER["custom_fields"]: ["{name}"].'
                    yield setting, f"has {name}, which is not a field.", suggest(name, fields, fix)


def name_rubric(site: Site, lang: str, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return fields in which a category with the label of a rubric is the id of this rubric."""
    category = fields.get("category")
    if not isinstance(category, str):
        return fields
    rubric = site.rubric_named(category, lang)
    return {**fields, "category": rubric} if rubric else fields


def _own_name(name: str) -> str:
    return FIELD_ALIASES.get(name, name)


def _plain(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return values as front matter has them: lines, or lists of lines."""

    def convert(value: Any) -> Any:
        if isinstance(value, list | tuple):
            return [convert(item) for item in value]
        if isinstance(value, bool):
            return str(value).lower()
        return value if isinstance(value, str) else str(value)

    return {name.lower(): convert(value) for name, value in given.items()}
