"""Caches of what was delivered. They may be deleted or outdated without harm."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path


class DraftIds:
    """The ids of drafts by provider and issue, in a JSON file that Git ignores."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def get(self, provider: str, issue: str) -> str:
        """Return the last known id of a draft, or ''."""
        id = _load(self._path).get(f"{provider} {issue}", "")
        return id if isinstance(id, str) else ""

    def put(self, provider: str, issue: str, draft: str) -> None:
        """Store the id of a draft."""
        _save(self._path, {**_load(self._path), f"{provider} {issue}": draft})


class PingState:
    """The digest of each feed at the time of its last ping, by hub and feed URL."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def get(self, hub: str, url: str) -> str:
        """Return the digest of a feed at the last ping of a hub, or ''."""
        digests = _load(self._path).get(hub)
        digest = digests.get(url, "") if isinstance(digests, dict) else ""
        return digest if isinstance(digest, str) else ""

    def put(self, hub: str, digests: Mapping[str, str]) -> None:
        """Store the digests of feeds after a ping, by feed URL."""
        state = _load(self._path)
        known = state.get(hub)
        before = known if isinstance(known, dict) else {}
        _save(self._path, {**state, hub: {**before, **digests}})


def _load(path: Path) -> dict[str, object]:
    try:
        known = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _save(path: Path, known: Mapping[str, object]) -> None:
    """Replace the file atomically."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".state-")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(known, file, ensure_ascii=False, indent=2, sort_keys=True)
    os.replace(name, path)
