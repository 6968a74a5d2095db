"""The few fields of an entry that Pelican needs itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from plugins.model.entry import Entry
from plugins.model.site import save_as


def pelican_fields(entry: Entry, now: datetime) -> dict[str, Any]:
    """What Pelican is told of an entry; one without a date gets the build's own "now"."""
    return {
        "title": entry.title,
        "lang": entry.lang,
        "slug": entry.slug,
        "date": entry.date or now,
        # Pelican writes drafts without asking anyone what to show; hidden texts, which
        # are listed no more than drafts, it tells about.
        "status": "published" if entry.is_published else "hidden",
        "template": entry.kind,
        "url": entry.url,
        "save_as": save_as(entry.url),
        "entry": entry,
    }
