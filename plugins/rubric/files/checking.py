"""Checks static files in the plan phase, so that errors stop the build before output is written."""

from __future__ import annotations

from pathlib import Path

from rubric.files.publishing import to_publish
from rubric.files.rejection import FileRejected
from rubric.model.regular import is_utf8, printable, read_regular, reason_of
from rubric.model.site import Site


def check_file(site: Site, content: Path, source: Path) -> None:
    """Report errors of a file below the content folder."""
    relative = source.relative_to(content).as_posix()
    place = f"{site.content}/{printable(relative)}"
    if not is_utf8(relative):
        site.errors.add(place, "has a name that is not UTF-8.", "Rename it.")
        return
    if source.is_symlink() and not source.exists():
        return  # reported when the content folder is scanned
    try:
        to_publish(relative, read_regular(source))
    except FileRejected as rejected:
        site.errors.add(place, rejected.problem, rejected.fix, line=rejected.line)
    except OSError as error:
        fix = "Check the file and its permissions."
        site.errors.add(place, f"can't be read: {reason_of(error)}.", fix)
