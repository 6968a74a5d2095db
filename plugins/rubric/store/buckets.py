"""Buckets: texts that are kept together, with their HTML beside them; see `bodies`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from typing import NamedTuple

from pydantic import BaseModel

from rubric.model.entry import Entry
from rubric.model.kinds import Kind, Kinds
from rubric.model.metadata import Metadata
from rubric.model.now import Span
from rubric.store.codec import ById, Codec, Instant, Invalid, Types, codec_of
from rubric.store.digests import digest_of
from rubric.store.inputs import Digests
from rubric.store.store import Store


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


class Bucket(NamedTuple):
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


class _StoredText(NamedTuple):
    """A text in a stored bucket; `digests` is a place among those of the bucket."""

    entry: Entry
    fingerprint: bytes
    content: bytes
    digests: int
    since: Instant | None
    until: Instant | None


class StoredBucket(NamedTuple):
    """A bucket as the store has it."""

    reader: bytes
    texts: dict[str, _StoredText]
    since: Instant | None
    until: Instant | None
    digests: tuple[Digests, ...]
    html: str


def entry_types(kinds: Kinds) -> Types:
    """How entries of these kinds are stored: a kind by its id, front matter by its model."""
    models: dict[type[BaseModel], Sequence[type[Metadata]]] = {
        Metadata: tuple(dict.fromkeys(kind.model for kind in kinds))
    }
    return Types(models, {Kind: ById(attrgetter("id"), kinds.__getitem__)})


def bucket_codec(kinds: Kinds) -> Codec[StoredBucket]:
    """The codec of buckets with texts of these kinds."""
    return Codec(StoredBucket, entry_types(kinds))


def fill_bucket(
    store: Store, codec: Codec[StoredBucket], name: str, reader: bytes, texts: Mapping[str, Text]
) -> bytes:
    """Keep the HTML of texts, and pack the rest of them, which is all they have from then on."""
    span, bodies, bucket = Span(), dict[str, str](), dict[str, _StoredText]()
    places: dict[Digests, int] = {}
    for source, text in texts.items():
        span.narrow(text.since, text.until)
        place = places.setdefault(text.digests, len(places))
        entry, fingerprint, content, _, since, until = text
        bucket[source] = _StoredText(entry, fingerprint, content, place, since, until)
        bodies[source] = entry.html if isinstance(entry.html, str) else entry.html.read()
        entry.html = ""
    packed = codec_of(dict[str, str]).encode(bodies)
    # Named by what it holds: a build that is killed now leaves the former bucket its own.
    beside = f"{name}.{digest_of(packed).hex()}"
    store.write(beside, packed)
    return codec.encode(StoredBucket(reader, bucket, span.since, span.until, tuple(places), beside))


def load_bucket(store: Store, codec: Codec[StoredBucket], name: str) -> Bucket | None:
    """The bucket of that name; None where there is none that can be trusted."""
    stored = store.load(name, codec)
    try:
        return stored and _unpack(stored)
    except Invalid:
        return None


def read_bucket(codec: Codec[StoredBucket], packed: bytes) -> Bucket:
    """What `fill_bucket` has packed."""
    return _unpack(codec.decode(packed))


def _unpack(stored: StoredBucket) -> Bucket:
    reader, found, since, until, digests, html = stored
    try:
        texts = {
            source: Text(entry, fingerprint, content, digests[place], begin, end)
            for source, (entry, fingerprint, content, place, begin, end) in found.items()
        }
    except IndexError:
        raise Invalid("a text has digests that its bucket lacks.") from None
    return Bucket(reader, texts, since, until, digests, html)
