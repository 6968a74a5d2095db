"""Reads content/rubrics.toml and content/authors.toml."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any
from unicodedata import normalize

from rubric.model.addresses import is_slug
from rubric.model.author import Author
from rubric.model.errors import ErrorLog
from rubric.model.kinds import BUILT_IN, Kinds
from rubric.model.language import Languages
from rubric.model.regular import read_regular, reason_of
from rubric.model.rubric import Rubric
from rubric.model.tag import identify, slugify
from rubric.model.web import as_link

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def load_rubrics(
    path: Path, languages: Languages, errors: ErrorLog, kinds: Kinds = BUILT_IN
) -> dict[str, Rubric]:
    """Return the rubrics by id, in file order; empty if the file is missing.

    Labels and descriptions in languages that the site does not have are allowed. A missing label
    in one of its languages is an error.
    """
    rubrics = {}
    for id, table in _tables(path, errors).items():
        line = _line_of(path, id)

        def report(field: str, problem: str, fix: str, line: int = line) -> None:
            errors.add(path_name(path), problem, fix, line=line, field=field)

        if identify(id) != id or slugify(id) != id or not is_slug(id):
            report(
                id, "is not a hashtag in lowercase letters and digits.", f"Call it {slugify(id)}."
            )
            continue
        label, description = table.get("label", {}), table.get("description", {})
        for name, texts in (("label", label), ("description", description)):
            if not _is_texts(texts):
                fix = f"Write a {name} per language."
                report(f"{id}.{name}", "is not a text for each language.", fix)
        if not _is_texts(label) or not _is_texts(description):
            continue
        missing = [key for key in languages if key not in label]
        if missing:
            report(f"{id}.label", f"lacks {', '.join(missing)}.", "Write a label per language.")
            continue
        if not _COLOUR.fullmatch(str(table.get("colour", ""))):
            report(f"{id}.colour", "is not a colour.", 'Write it as colour = "#b4472e".')
            continue
        if table.get("kind", "post") not in kinds:
            report(f"{id}.kind", "is unknown.", f"Choose from {', '.join(kinds.by_id)}.")
            continue
        rubrics[id] = Rubric(
            id=id,
            colour=table["colour"],
            icon=str(table.get("icon", "circle")),
            label=label,
            description=description,
            kind=table.get("kind", "post"),
        )
    return rubrics


def load_authors(path: Path, languages: Languages, errors: ErrorLog) -> dict[str, Author]:
    """Return the authors by id and by each of their names; empty if the file is missing."""
    authors: dict[str, Author] = {}
    for id, table in _tables(path, errors).items():
        names, bio = table.get("name", {}), table.get("bio", {})
        is_right = slugify(id) == id and is_slug(id) and _is_texts(names) and _is_texts(bio)
        if not is_right or not names:
            errors.add(
                path_name(path),
                "needs an id of letters and hyphens and a name.",
                f'Write [{slugify(id) or "first-last"}] and name.{languages.default.key} = "…".',
                line=_line_of(path, id),
                field=id,
            )
            continue
        url = str(table.get("url", ""))
        try:
            if url:
                as_link(url)
        except ValueError as error:
            problem, _, fix = str(error).partition(". ")
            line = _line_of(path, id, "url")
            errors.add(path_name(path), f"{problem}.", fix, line=line, field=f"{id}.url")
            continue
        author = Author(slug=id, name=names, bio=bio, url=url)
        authors[id] = author
        for name in names.values():
            authors.setdefault(name, author)
    return authors


def _is_texts(value: object) -> bool:
    """True if a value is a dict of strings by language."""
    return isinstance(value, dict) and all(isinstance(text, str) for text in value.values())


def path_name(path: Path) -> str:
    """Return a file's path for messages, beginning with the content folder."""
    return f"{path.parent.name}/{path.name}"


def _tables(path: Path, errors: ErrorLog) -> dict[str, dict[str, Any]]:
    try:
        text = read_regular(path).decode("utf-8").replace("\r\n", "\n")
        data = tomllib.loads(normalize("NFC", text))
    except FileNotFoundError:
        return {}
    except OSError as error:
        problem, fix = f"can't be read: {reason_of(error)}.", "Check the file and its permissions."
        errors.add(path_name(path), problem, fix)
        return {}
    except (ValueError, RecursionError) as error:
        line = re.search(r"line (\d+)", str(error))
        errors.add(
            path_name(path),
            f"can't be read: {reason_of(error)}.",
            'Correct it; write strings in "quotes", one field per line.',
            line=int(line[1]) if line else 0,
        )
        return {}
    return {id: table if isinstance(table, dict) else {} for id, table in data.items()}


def _line_of(path: Path, id: str, field: str = "") -> int:
    """Return the line number of a table, or of a field in it."""
    table = re.compile(rf"""\s*\[?\s*["']?{re.escape(id)}["']?\s*[].=]""")
    lines = normalize("NFC", path.read_text(encoding="utf-8")).splitlines()
    first = next((number for number, line in enumerate(lines, 1) if table.match(line)), 0)
    if not field or not first:
        return first
    wanted = re.compile(rf"""\s*["']?{re.escape(field)}["']?\s*=|.*\b{re.escape(field)}\s*=""")
    below = enumerate(lines[first - 1 :], first)
    return next((number for number, line in below if wanted.match(line)), first)
