"""Lock files: committed files in the content folder that record what was published."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from rubric.model.regular import read_regular, reason_of
from rubric.model.site import Site

Lock = TypeVar("Lock")


def read_lock(site: Site, path: Path, load: Callable[[str], Lock]) -> Lock | None:
    """Read a lock file; None if it is missing or cannot be read, which is added to the errors."""
    try:
        return load(read_regular(path).decode("utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        problem = f"can't be read: {reason_of(error)}."
        site.errors.add(f"{site.content}/{path.name}", problem, "Restore it from version control.")
        return None
    except ValueError as error:
        site.errors.add(f"{site.content}/{path.name}", "can't be read:", str(error))
        return None
