"""The ledger of an import: which text was written for which message, so that edits are seen.

It stands beside the posts in a file whose dot hides it from the build, and belongs into
version control with them.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from rubric.importers.errors import ImportFailed

LEDGER_NAME = ".imported.json"


@dataclass(frozen=True, slots=True)
class Written:
    """What the importer last wrote: the text's digest, and the slug it gave."""

    sha256: str
    slug: str


def digest(text: str) -> str:
    """SHA-256 of a text; line ends don't count, since version control may change them."""
    return hashlib.sha256(text.replace("\r\n", "\n").encode()).hexdigest()


def load_ledger(folder: Path) -> dict[str, Written]:
    """Read a folder's ledger: file name → what was written. Raises ImportFailed."""
    path = folder / LEDGER_NAME
    if not path.exists():
        return {}
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return {name: Written(str(e["sha256"]), str(e["slug"])) for name, e in data.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise ImportFailed(
            path,
            "can't be read, so edited posts can't be told from others.",
            "Restore it from version control, or delete it: posts that are there stay untouched.",
        ) from None


def save_ledger(folder: Path, ledger: dict[str, Written]) -> None:
    """Write a folder's ledger, if it has changed."""
    entries = {name: asdict(written) for name, written in ledger.items()}
    text = json.dumps(entries, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    path = folder / LEDGER_NAME
    if entries and not (path.exists() and path.read_text(encoding="utf-8") == text):
        write_whole(path, text)


def write_whole(path: Path, text: str) -> None:
    """Write a file in one step: whoever reads it, or a killed run, sees it whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # Begins with a dot, so a build that runs meanwhile ignores it.
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.write_text(text, encoding="utf-8", newline="\n")
    os.replace(temporary, path)
