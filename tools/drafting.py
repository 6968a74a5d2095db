"""Implements `invoke drafts`, which lists the preview pages of drafts."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from rubric.bridge.dry_run import read_site


def list_drafts(content: Path, settings: Path) -> Iterator[str]:
    """Yield the file and the URL of each draft.

    Exits if the settings show no drafts. Raises BuildFailed if the content has errors.
    """
    site = read_site(content, settings).site
    if not site.drafts.have_pages:
        sys.exit("These settings show no drafts: set DRAFTS_SECRET, or DRAFTS in the settings.")
    drafts = [entry for entry in site.entries if entry.status == "draft"]
    for entry in drafts:
        yield f"{site.where(entry)}: {site.absolute(entry.url)}"
    if not drafts:
        yield "There are no drafts."
