"""Describes what a build has done, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from difflib import get_close_matches
from typing import Any

from rubric.model.entry import Entry
from rubric.model.tracking import Tracked
from rubric.store.builder import Builder


@dataclass(slots=True)
class Summary:
    """Numbers of texts and files; `seconds` contains the duration of each stage in order."""

    read: int = 0
    parsed: int = 0
    files: int = 0
    rendered: int = 0
    written: int = 0
    removed: int = 0
    seconds: dict[str, float] = field(default_factory=dict)

    def __str__(self) -> str:
        stages = ", ".join(f"{name} {spent:.1f} s" for name, spent in self.seconds.items())
        return (
            f"Texts: {self.read:,} read, {self.parsed:,} of them parsed. "
            f"Files: {self.files:,}, {self.rendered:,} of them built, "
            f"{self.files - self.rendered:,} skipped, {self.written:,} written, "
            f"{self.removed:,} removed. Time: {stages}."
        )


def explain(builder: Builder, address: str, parsed: Collection[str], content: str) -> Iterator[str]:
    """Yield lines that explain why a file is built; `parsed` are the texts parsed in this build.

    Must be called before the file is built. `address` may also be the URL of a page, or a path
    that includes the output folder.
    """
    found = find_address(address, builder.tasks)
    if found is None:
        near = get_close_matches(address.strip("/"), builder.tasks, 3, 0.5)
        hint = f" Did you mean {', '.join(near)}?" if near else ""
        yield f"There is no page or feed at {address}.{hint}"
        return
    task = builder.tasks[found]
    reasons = builder.why(task)
    if not reasons:
        yield f"{found}: not built, because no input has changed."
        return
    yield f"{found}: built, because these inputs have changed:"
    for reason in reasons:
        shown = [s for s in sources_in(task.own.get(reason)) if s in parsed]
        texts = ", ".join(f"{content}/{source}" for source in sorted(set(shown)))
        yield f"  - {reason}" + (f": shows {texts}, new or changed" if texts else "")


def find_address(asked: str, known: Mapping[str, object]) -> str | None:
    """Return the known address that `asked` means: an address, a URL, or a path ending with one."""
    parts = [part for part in asked.split("/") if part not in ("", ".")]
    for start in range(len(parts) or 1):
        path = "/".join(parts[start:])
        for address in (path, f"{path}/index.html".lstrip("/")):
            if address in known:
                return address
    return None


def sources_in(value: Any, depth: int = 6) -> Iterator[str]:
    """Yield the paths of the texts that a value refers to."""
    if isinstance(value, Entry):
        yield value.source
    elif isinstance(value, Tracked) or not depth:
        return
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from sources_in(item, depth - 1)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from sources_in(item, depth - 1)
    elif is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            yield from sources_in(getattr(value, each.name), depth - 1)
