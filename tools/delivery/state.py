"""What services were given: caches, which may be lost or wrong without harm."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path


class DraftIds:
    """Ids of drafts by provider and issue, in a file that git ignores."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def get(self, provider: str, issue: str) -> str:
        """The id under which the draft was last seen, or ''."""
        found = _load(self._path).get(f"{provider} {issue}", "")
        return found if isinstance(found, str) else ""

    def put(self, provider: str, issue: str, draft: str) -> None:
        """Remember an id; the file is replaced whole."""
        _save(self._path, {**_load(self._path), f"{provider} {issue}": draft})


class Told:
    """Fingerprints of what each hub was last told of, by its address."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def get(self, hub: str, url: str) -> str:
        """The fingerprint the hub knows, or ''."""
        known = _load(self._path).get(hub)
        found = known.get(url, "") if isinstance(known, dict) else ""
        return found if isinstance(found, str) else ""

    def put(self, hub: str, digests: Mapping[str, str]) -> None:
        """Remember fingerprints by address; the file is replaced whole."""
        all = _load(self._path)
        known = all.get(hub)
        _save(self._path, {**all, hub: {**(known if isinstance(known, dict) else {}), **digests}})


def _load(path: Path) -> dict[str, object]:
    try:
        known = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _save(path: Path, known: Mapping[str, object]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".state-")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(known, file, ensure_ascii=False, indent=2, sort_keys=True)
    os.replace(name, path)
