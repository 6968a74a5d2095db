"""`invoke drafts`: where each draft is shown."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from rubric.bridge.dry_run import read_site


def list_drafts(content: Path, settings: Path) -> Iterator[str]:
    """Each draft's file and address. Raises BuildFailed for mistakes in texts."""
    site = read_site(content, settings).site
    if not site.drafts.have_pages:
        sys.exit("These settings show no drafts: set DRAFTS_SECRET, or DRAFTS in the settings.")
    drafts = [entry for entry in site.entries if entry.status == "draft"]
    for entry in drafts:
        yield f"{site.where(entry)}: {site.absolute(entry.url)}"
    if not drafts:
        yield "There is no draft."
