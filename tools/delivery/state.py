"""A cache of what was delivered. It may be deleted or outdated without harm."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from rubric.model.atomic import write_atomically


class DeliveryState:
    """Texts by receiver and item, in a JSON file that Git ignores.

    Example: the ids of drafts by provider and issue,
    `{"listmonk": {"weekly-ru/2026-11-20": "17"}}`, or the digests of feeds by hub and URL.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def get(self, receiver: str, item: str) -> str:
        """Return the stored text of an item, or ''."""
        text = self._load().get(receiver, {}).get(item, "")
        return text if isinstance(text, str) else ""

    def put(self, receiver: str, texts: Mapping[str, str]) -> None:
        """Store texts by item; other items are kept."""
        state = self._load()
        state[receiver] = {**state.get(receiver, {}), **texts}
        text = json.dumps(state, ensure_ascii=False, indent=2, sort_keys=True)
        write_atomically(self._path, text.encode())

    def _load(self) -> dict[str, dict[str, object]]:
        try:
            state = json.loads(self._path.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        if not isinstance(state, dict):
            return {}
        return {receiver: texts for receiver, texts in state.items() if isinstance(texts, dict)}
