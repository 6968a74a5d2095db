"""Generates docs/front-matter.md and docs/schema/*.json from the front-matter models."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import BaseModel

from rubric.model.metadata import METADATA, Kind, Metadata

_TITLES: dict[Kind, str] = {
    "post": "Post and story",
    "quote": "Quote",
    "event": "Event",
    "group": "User group",
    "page": "Page",
    "faq": "Questions and answers",
    "issue": "Newsletter issue",
}
_INTRODUCTION = """\
# Front matter

Every text begins with its fields, between two lines of three hyphens; every field but
`title` may be absent. Language and kind come from the folder. This page is written by
`invoke schema` from the models that check the fields; `docs/schema/` has the same as JSON
Schema, for editors that complete fields while you type.
"""


def reference() -> str:
    """Return the text of docs/front-matter.md."""
    parts = [_INTRODUCTION, _section("Every kind", Metadata, set())]
    common = set(Metadata.model_fields)
    for kind, title in _TITLES.items():
        inherited = common | (set(METADATA["post"].model_fields) if kind == "quote" else set())
        parts.append(_section(title, METADATA[kind], inherited))
    return "\n".join(parts)


def schemas() -> dict[str, str]:
    """Return the JSON Schema (2020-12) of each kind."""
    return {
        kind: json.dumps(METADATA[kind].model_json_schema(), ensure_ascii=False, indent=2) + "\n"
        for kind in _TITLES
    }


def write_reference(docs: Path) -> list[Path]:
    """Write all files below `docs`; return their paths."""
    files = {docs / "front-matter.md": reference()}
    files |= {docs / f"schema/{kind}.schema.json": text for kind, text in schemas().items()}
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
        return f"## {title}\n\nNothing beyond the fields of every kind.\n"
    return "\n".join([f"## {title}\n", "| field | what it says |", "|---|---|", *rows, ""])
