"""HtmlBucket: the HTML of texts, which is taken from the store when it is shown.

It is most of what is read of texts, and pages show few of them anew after an edit.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rubric.store.codec import codec_of
from rubric.store.store import Store

Again = Callable[[str, bytes], str]
"""Reads the HTML of a file once more, which must have the bytes of a digest."""


@dataclass(slots=True)
class HtmlBucket:
    """The HTML of a bucket's texts; what the store no longer has is read `again`."""

    store: Store
    name: str
    again: Again
    _known: dict[str, str] | None = None

    @property
    def known(self) -> dict[str, str]:
        """What there is, by the path of the file; nothing where it is lost."""
        if self._known is None:
            self._known = self.store.load(self.name, codec_of(dict[str, str])) or {}
            if not self._known:
                self.store.drop(self.name)  # so that the next build fills the bucket anew
        return self._known


@dataclass(slots=True, eq=False)
class StoredHtml:
    """The HTML of a text that was read of a file with bytes of this digest."""

    bodies: HtmlBucket
    source: str
    content: bytes

    def read(self) -> str:
        html = self.bodies.known.get(self.source)
        return self.bodies.again(self.source, self.content) if html is None else html
