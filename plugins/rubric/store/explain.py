"""Tells in words what a build did, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from difflib import get_close_matches
from typing import Any

from rubric.model.entry import Entry
from rubric.model.tracking import Tracked
from rubric.store.builder import Builder


@dataclass(slots=True)
class Tally:
    """What a build counted; `seconds` is by stage, in order."""

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
            f"Files: {self.files:,}, {self.rendered:,} of them made, "
            f"{self.files - self.rendered:,} skipped, {self.written:,} written, "
            f"{self.removed:,} removed. Time: {stages}."
        )


def explain(maker: Builder, address: str, parsed: Collection[str], content: str) -> Iterator[str]:
    """Why a file is made, a line each; `parsed` are the texts that were parsed anew.

    To be asked before it is made. `address` may also be that of a page's folder, or as
    somebody copied it from the output folder or a browser.
    """
    found = find_address(address, maker.tasks)
    if found is None:
        near = get_close_matches(address.strip("/"), maker.tasks, 3, 0.5)
        hint = f" Did you mean {', '.join(near)}?" if near else ""
        yield f"No page or feed is made at {address}.{hint}"
        return
    task = maker.tasks[found]
    reasons = maker.why(task)
    if not reasons:
        yield f"{found}: not made, for nothing it is made of has changed."
        return
    yield f"{found}: made, because of:"
    for reason in reasons:
        shown = [s for s in sources_in(task.own.get(reason)) if s in parsed]
        texts = ", ".join(f"{content}/{source}" for source in sorted(set(shown)))
        yield f"  - {reason}" + (f": shows {texts}, new or changed" if texts else "")


def find_address(asked: str, known: Mapping[str, object]) -> str | None:
    """The address of a file: itself, its page's folder, or a path that ends with either."""
    parts = [part for part in asked.split("/") if part not in ("", ".")]
    for start in range(len(parts) or 1):
        path = "/".join(parts[start:])
        for address in (path, f"{path}/index.html".lstrip("/")):
            if address in known:
                return address
    return None


def sources_in(value: Any, depth: int = 6) -> Iterator[str]:
    """The texts that a value holds, by their paths."""
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
