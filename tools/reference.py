"""Writes the generated parts of docs/: front matter, settings, and the tables of passes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from importlib import import_module
from inspect import getdoc
from pathlib import Path

from pelican.settings import DEFAULT_CONFIG
from pydantic import BaseModel

from rubric import pipeline
from rubric.model.kinds import BUILT_IN, Kind, Kinds
from rubric.model.metadata import Metadata
from rubric.model.pelican_settings import (
    COMMAND,
    OTHER_ADDRESSES,
    WITH_EFFECT,
    WITHOUT_EFFECT,
    reason_without_effect,
)
from rubric.model.setting_rules import OPTIONS, REQUIRED, Option
from tools.theme_reference import theme

_INTRODUCTION = """\
# Front matter

Every text starts with its fields, between two lines of three hyphens. Only `title` is required.
Language and kind are set by the folder. `invoke schema` generates this page from the models that
validate the fields. `docs/schema/` contains the same as JSON Schema, for editors that complete
fields while you type.
"""
_BLOCK = re.compile(
    r"(?P<start><!-- passes:(?P<phase>\w+) -->)\n.*?(?P<end><!-- /passes:(?P=phase) -->)", re.DOTALL
)
"""The table of a phase in a page."""
_SETTINGS = re.compile(r"(?P<start><!-- settings -->)\n.*?(?P<end><!-- /settings -->)", re.DOTALL)


def reference(kinds: Kinds = BUILT_IN) -> str:
    """The text of docs/front-matter.md."""
    parts = [_INTRODUCTION, _section("Every kind", Metadata, set())]
    for kind, *others in _by_model(kinds):
        default, *_ = kinds.of_folder(kind.folder)
        inherited = set(Metadata.model_fields)
        if kind is not default:
            inherited |= set(default.model.model_fields)
        title = " and ".join([kind.title, *(other.title.lower() for other in others)])
        parts.append(_section(title, kind.model, inherited))
    return "\n".join(parts)


def schemas(kinds: Kinds = BUILT_IN) -> dict[str, str]:
    """JSON Schema (2020-12) by the id of the first kind that has it."""
    return {kind.id: _schema(kind, kinds) for kind, *_ in _by_model(kinds)}


def passes(text: str, plugins: Iterable[str]) -> str:
    """A page with the table of each phase between its markers, such as `<!-- passes:read -->`.

    `plugins` are the names of PLUGINS, in their order.
    """
    names = [name for name in plugins if name != "rubric.bridge"]  # it has no passes
    for name in names:
        import_module(name).register()
    selected: dict[str, list[pipeline.Pass]] = dict(pipeline.select(names).passes.items())

    def fill(block: re.Match[str]) -> str:
        rows = [
            f"| `{_package(each)}` | `{each.__name__}` | {_summary(each)} |"
            for each in selected[block["phase"]]
        ]
        table = "\n".join(["| package | pass | work |", "|---|---|---|", *rows])
        return f"{block['start']}\n{table}\n{block['end']}"

    return _BLOCK.sub(fill, text)


def settings(text: str) -> str:
    """Return a page with the table of all options between `<!-- settings -->` markers."""
    rows = [
        f'| `{name}["{key}"]` | {option.rule.kind} | {_default(option)} | {option.help} |'
        for name, options in OPTIONS.items()
        for key, option in options.items()
    ]
    table = "\n".join(["| setting | type | default | meaning |", "|---|---|---|---|", *rows])
    return _SETTINGS.sub(lambda block: f"{block['start']}\n{table}\n{block['end']}", text)


def pelican(text: str, names: Iterable[str] = DEFAULT_CONFIG) -> str:
    """Return a page with tables of Pelican's settings and of the arguments of `pelican`.

    They are between markers such as `<!-- pelican:settings -->`. `names` are Pelican's settings.
    """
    works = [f"| `{name}` | {effect} |" for name, effect in WITH_EFFECT.items()]
    reasons: dict[str, list[str]] = {}
    for name in dict.fromkeys([*names, *OTHER_ADDRESSES, *WITHOUT_EFFECT]):
        if name not in WITH_EFFECT:
            reasons.setdefault(reason_without_effect(name), []).append(f"`{name}`")
    useless = [f"| {', '.join(group)} | {_sentence(why)} |" for why, group in reasons.items()]
    arguments = [f"| `{name}` | {effect} |" for name, effect in COMMAND.items()]
    for block, head, rows in (
        ("settings", "| setting | effect |", works),
        ("without", "| setting | instead |", useless),
        ("arguments", "| argument | effect |", arguments),
    ):
        start, end = f"<!-- pelican:{block} -->", f"<!-- /pelican:{block} -->"
        table = "\n".join([start, head, "|---|---|", *rows, end])
        before, _, rest = text.partition(start)
        text = f"{before}{table}{rest.partition(end)[2]}"
    return text


def _sentence(reason: str) -> str:
    """Return a reason as a sentence; pages of docs/ become links."""
    linked = re.sub(r"docs/([\w-]+\.md)", r"[\1](\1)", reason)
    return f"{linked[0].upper()}{linked[1:]}."


def _default(option: Option) -> str:
    if option.default is REQUIRED:
        return "required"
    # Folders of fonts depend on the system and would fill the table.
    if isinstance(option.default, tuple) and option.default:
        return f'`["{option.default[0]}", …]`'
    return f"`{option.default!r}`"


def _package(each: pipeline.Pass) -> str:
    return each.__module__.removeprefix("rubric.").partition(".")[0]


def _summary(each: pipeline.Pass) -> str:
    """The first paragraph of a docstring in one line."""
    return " ".join((getdoc(each) or "").partition("\n\n")[0].split())


def write_reference(docs: Path, plugins: Iterable[str], kinds: Kinds = BUILT_IN) -> list[Path]:
    """Write all of it; returns the paths."""
    architecture, all_settings = docs / "architecture.md", docs / "settings.md"
    files = {docs / "front-matter.md": reference(kinds)}
    files[all_settings] = settings(all_settings.read_text("utf-8"))
    in_pelican = docs / "pelican.md"
    files[in_pelican] = pelican(in_pelican.read_text("utf-8"))
    in_theme = docs / "theme.md"
    files[in_theme] = theme(in_theme.read_text("utf-8"), docs.parent / "theme")
    files[architecture] = passes(architecture.read_text("utf-8"), plugins)
    files |= {docs / f"schema/{kind}.schema.json": text for kind, text in schemas(kinds).items()}
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return list(files)


def _section(title: str, model: type[BaseModel], omitted: set[str]) -> str:
    rows = [
        f"| `{name}` | {field.description} |"
        for name, field in model.model_fields.items()
        if name not in omitted
    ]
    if not rows:
        return f"## {title}\n\nNo further fields.\n"
    return "\n".join([f"## {title}\n", "| field | meaning |", "|---|---|", *rows, ""])


def _by_model(kinds: Kinds) -> list[list[Kind]]:
    """Kinds with the same front matter together."""
    found: dict[type[Metadata], list[Kind]] = {}
    for kind in kinds:
        found.setdefault(kind.model, []).append(kind)
    return list(found.values())


def _schema(kind: Kind, kinds: Kinds) -> str:
    schema = kind.model.model_json_schema()
    # The field `kind` names one of the kinds that the folder has.
    names, _ = schema["properties"]["kind"]["anyOf"]
    names["enum"] = [each.id for each in kinds.of_folder(kind.folder)]
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
