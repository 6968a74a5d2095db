"""The record of imported files, by which a later import detects edits by hand.

It is the file `.imported.json` in the folder of the posts. Builds ignore it, because its name
starts with a dot. It should be committed together with the posts.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from rubric.importers.errors import ImportFailed
from rubric.model.atomic import write_atomically

RECORD_NAME = ".imported.json"


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """The last imported version of a file: the SHA-256 of its text, and its slug."""

    sha256: str
    slug: str


def digest(text: str) -> str:
    """Return the SHA-256 of a text; line ends are normalized, since Git may change them."""
    return hashlib.sha256(text.replace("\r\n", "\n").encode()).hexdigest()


def load_records(folder: Path) -> dict[str, ImportedFile]:
    """Read the record of a folder, by file name. Raises ImportFailed if it is damaged."""
    path = folder / RECORD_NAME
    if not path.exists():
        return {}
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return {name: ImportedFile(str(e["sha256"]), str(e["slug"])) for name, e in data.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise ImportFailed(
            path,
            "can't be read, so posts edited by hand can't be recognized.",
            "Restore it from version control, or delete it: existing posts stay unchanged.",
        ) from None


def save_records(folder: Path, records: dict[str, ImportedFile]) -> None:
    """Write the record of a folder if it changed."""
    entries = {name: asdict(file) for name, file in records.items()}
    text = json.dumps(entries, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    path = folder / RECORD_NAME
    if entries and not (path.exists() and path.read_text(encoding="utf-8") == text):
        write_atomically(path, text.encode())
