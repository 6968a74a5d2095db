"""Drawers: texts that are kept together, with their HTML beside them; see `bodies`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from rubric.model.entry import Entry
from rubric.model.now import Span
from rubric.store.digests import digest_of
from rubric.store.inputs import Digests
from rubric.store.store import Store, pack


class Text(NamedTuple):
    """What was read of one file, and of what: bytes and inputs, by their digests.

    It holds from `since` until before `until`, where either is set; `fingerprint` is that of
    the entry.
    """

    entry: Entry
    fingerprint: bytes
    content: bytes
    digests: Digests
    since: datetime | None
    until: datetime | None


class Drawer(NamedTuple):
    """Texts by the path of their files, all by one `reader`.

    `since`, `until` and `digests` are those of all of them together; `html` names what is
    kept beside them: the HTML by path, which the texts don't have themselves.
    """

    reader: bytes
    texts: dict[str, Text]
    since: datetime | None
    until: datetime | None
    digests: tuple[Digests, ...]
    html: str


def fill_drawer(store: Store, name: str, reader: bytes, texts: Mapping[str, Text]) -> bytes:
    """Keep the HTML of texts, and pack the rest of them, which is all they have from then on."""
    span, bodies, drawer = Span(), dict[str, str](), dict[str, Text]()
    alike: dict[Digests, Digests] = {}
    for source, text in texts.items():
        span.narrow(text.since, text.until)
        digests = alike.setdefault(text.digests, text.digests)
        drawer[source] = text._replace(digests=digests)
        html = text.entry.html
        bodies[source], text.entry.html = html if isinstance(html, str) else html.read(), ""
    packed = pack(bodies)
    # Named by what it holds: a build that is killed now leaves the former drawer its own.
    beside = f"{name}.{digest_of(packed).hex()}"
    store.write(beside, packed)
    return pack(Drawer(reader, drawer, span.since, span.until, tuple(alike), beside))
