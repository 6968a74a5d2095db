"""Validates the FEEDS setting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from rubric.feeds.podcast import Podcast
from rubric.model.language import Languages


@dataclass(frozen=True, slots=True)
class Options:
    """See docs/settings.md; `fallback` and `hub` are off unless set, `archive_items` 0 is off.

    `podcast` is what feeds with audio or video say of themselves.
    """

    authority: str = ""
    since: str = "2000"
    items: int = 20
    archive_items: int = 0
    fallback: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    hub: str = ""
    podcast: Podcast = field(default_factory=Podcast)

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any], languages: Languages) -> Options:
        """Read the setting FEEDS. Raises ValueError for unknown options and languages."""
        podcast = Podcast.from_settings(settings.get("podcast", {}))
        try:
            options = cls(**{**settings, "podcast": podcast})
        except TypeError as error:
            raise ValueError(f"{error}.") from None
        for lang, others in options.fallback.items():
            if isinstance(others, str):
                raise ValueError(f"fallback[{lang!r}] must be a list of languages.")
            for name in (lang, *others):
                if name not in languages:
                    raise ValueError(
                        f"fallback names “{name}”. Choose from {', '.join(languages)}."
                    )
        parts = urlsplit(options.hub)
        if options.hub and (parts.scheme not in ("http", "https") or not parts.hostname):
            raise ValueError(f"hub “{options.hub}” must look like https://hub.example/.")
        if options.items < 1 or options.archive_items < 0:
            raise ValueError("items must be at least 1, archive_items at least 0.")
        return options
