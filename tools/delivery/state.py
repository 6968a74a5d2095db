"""Where drafts were made: a cache, which may be lost or wrong without harm."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path


class DraftIds:
    """Ids of drafts by provider and issue, in a file that git ignores."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def get(self, provider: str, issue: str) -> str:
        """The id under which the draft was last seen, or ''."""
        found = self._load().get(f"{provider} {issue}", "")
        return found if isinstance(found, str) else ""

    def put(self, provider: str, issue: str, draft: str) -> None:
        """Remember an id; the file is replaced whole."""
        known = {**self._load(), f"{provider} {issue}": draft}
        self._path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self._path.parent, prefix=".drafts-")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(known, file, ensure_ascii=False, indent=2, sort_keys=True)
        os.replace(name, self._path)

    def _load(self) -> dict[str, object]:
        try:
            known = json.loads(self._path.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return known if isinstance(known, dict) else {}
