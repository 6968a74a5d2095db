"""Cities: one place under several spellings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class City:
    """A city where groups or events are; `names` is by language key.

    `key` is its path segment, one in all languages; `country` is ISO 3166-1 alpha-2.
    Coordinates are degrees, None where no group or event gives any.
    """

    key: str
    country: str
    names: Mapping[str, str] = field(hash=False)
    latitude: float | None = None
    longitude: float | None = None

    def name_in(self, lang: str) -> str:
        return self.names.get(lang) or next(iter(self.names.values()))
