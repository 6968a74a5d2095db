"""Reads content/rubrics.toml and content/authors.toml."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, get_args

from plugins.model.author import Author
from plugins.model.errors import ErrorLog
from plugins.model.language import Languages
from plugins.model.metadata import Kind
from plugins.model.rubric import Rubric
from plugins.model.tag import identify, slugify

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def load_rubrics(path: Path, languages: Languages, errors: ErrorLog) -> dict[str, Rubric]:
    """Read the rubrics, in file order, by id; a missing file means none.

    Labels and descriptions in a language the site hasn't are allowed; a label missing in
    one it has is an error.
    """
    rubrics = {}
    for id, table in _tables(path, errors).items():
        line = _line_of(path, id)

        def refuse(field: str, problem: str, fix: str, line: int = line) -> None:
            errors.add(path_name(path), problem, fix, line=line, field=field)

        if identify(id) != id or slugify(id) != id:
            refuse(
                id, "is not a hashtag in lowercase letters and digits.", f"Call it {slugify(id)}."
            )
            continue
        label = table.get("label", {})
        missing = [key for key in languages if key not in label]
        if not isinstance(label, dict) or missing:
            refuse(f"{id}.label", f"lacks {', '.join(missing)}.", "Write a label per language.")
            continue
        if not _COLOUR.fullmatch(str(table.get("colour", ""))):
            refuse(f"{id}.colour", "is not a colour.", 'Write it as colour = "#b4472e".')
            continue
        if table.get("kind", "post") not in get_args(Kind):
            refuse(f"{id}.kind", "is unknown.", f"Choose from {', '.join(get_args(Kind))}.")
            continue
        rubrics[id] = Rubric(
            id=id,
            colour=table["colour"],
            icon=str(table.get("icon", "circle")),
            label=label,
            description=table.get("description", {}),
            kind=table.get("kind", "post"),
        )
    return rubrics


def load_authors(path: Path, languages: Languages, errors: ErrorLog) -> dict[str, Author]:
    """Read the authors, by id and by each of their names; a missing file means none."""
    authors: dict[str, Author] = {}
    for id, table in _tables(path, errors).items():
        names = table.get("name", {})
        if slugify(id) != id or not isinstance(names, dict) or not names:
            errors.add(
                path_name(path),
                "needs an id of letters and hyphens and a name.",
                f'Write [{slugify(id) or "first-last"}] and name.{languages.default.key} = "…".',
                line=_line_of(path, id),
                field=id,
            )
            continue
        author = Author(slug=id, name=names, bio=table.get("bio", {}), url=table.get("url", ""))
        authors[id] = author
        for name in names.values():
            authors.setdefault(name, author)
    return authors


def path_name(path: Path) -> str:
    """A content file's path as its author knows it: from the content folder on."""
    return f"{path.parent.name}/{path.name}"


def _tables(path: Path, errors: ErrorLog) -> dict[str, dict[str, Any]]:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        line = re.search(r"line (\d+)", str(error))
        errors.add(
            path_name(path),
            f"can't be read: {error}.",
            'Correct it; texts stand in "quotes", one field a line.',
            line=int(line[1]) if line else 0,
        )
        return {}
    return {id: table if isinstance(table, dict) else {} for id, table in data.items()}


def _line_of(path: Path, id: str) -> int:
    table = re.compile(rf"""\s*\[?\s*["']?{re.escape(id)}["']?\s*[].=]""")
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if table.match(line)), 0)
