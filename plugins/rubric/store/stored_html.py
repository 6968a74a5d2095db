"""HTML of texts, loaded from the store only when it is used.

HTML is the largest part of an entry, and a build after an edit renders only a few pages.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rubric.store.codec import codec_of
from rubric.store.store import Store

Again = Callable[[str, bytes], str]
"""Parses a file again and returns its HTML. Arguments: path, digest of the expected content."""


@dataclass(slots=True)
class HtmlBucket:
    """The HTML of the texts of one bucket. `again` parses a text if the store has lost its HTML."""

    store: Store
    name: str
    again: Again
    _known: dict[str, str] | None = None

    @property
    def known(self) -> dict[str, str]:
        """The HTML by path of the file; empty if the stored file is lost."""
        if self._known is None:
            self._known = self.store.load(self.name, codec_of(dict[str, str])) or {}
            if not self._known:
                self.store.drop(self.name)  # so that the next build writes the bucket again
        return self._known


@dataclass(slots=True, eq=False)
class StoredHtml:
    """A reference to the HTML of a text; `content` is the digest of its file."""

    bodies: HtmlBucket
    source: str
    content: bytes

    def read(self) -> str:
        html = self.bodies.known.get(self.source)
        return self.bodies.again(self.source, self.content) if html is None else html
