"""Whether two outputs hold the same addresses, apart from those with a reason not to."""

from __future__ import annotations

import re
from fnmatch import fnmatch
from pathlib import Path

# Addresses of one side alone, and why.
ONLY_RUBRIC = {
    "search/index/*": "Hugo has no index; Pagefind makes one in the other comparison",
    "_redirects": "a file for hosts that Hugo has no counterpart of",
    "*/places/cities.json": "the finder's cities, worked out from a gazetteer; the same for any N",
    "*/archive/*/page/1/index.html": "Rubric numbers pages of a year from the oldest, Hugo from "
    "the newest, beginning with 2",
}
ONLY_HUGO = {
    "*/sitemap.xml": "Hugo writes a sitemap for each language and an index of them",
    "*/archive/*/page/*/index.html": "Hugo's last page of a year is shorter, Rubric's first longer",
}
_HASH = re.compile(r"\.[0-9a-f]{8}(?=\.(?:css|js)$)")


def addresses(output: Path) -> set[str]:
    """Every file below a folder; the theme's without the hash that stands in their names."""
    files = (path for path in output.rglob("*") if path.is_file())
    return {_HASH.sub("", path.relative_to(output).as_posix()) for path in files}


def differences(rubric: set[str], hugo: set[str]) -> list[str]:
    """What one has and the other hasn't, without reason; a line each."""
    return [
        f"only {side}: {address}"
        for side, found, excused in (
            ("Rubric", rubric - hugo, ONLY_RUBRIC),
            ("Hugo", hugo - rubric, ONLY_HUGO),
        )
        for address in sorted(found)
        if not any(fnmatch(address, pattern) for pattern in excused)
    ]


def size(output: Path) -> tuple[int, int]:
    """Files below a folder, and their bytes."""
    sizes = [path.stat().st_size for path in output.rglob("*") if path.is_file()]
    return len(sizes), sum(sizes)
