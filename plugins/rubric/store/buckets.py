"""Buckets: texts that are stored in one file, and their HTML in another (`stored_html`)."""

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
    """A parsed file: its entry, the fingerprint of the entry, and the inputs.

    `content` is the digest of the file; `digests` are the other inputs. The entry is valid from
    `since` (inclusive) to `until` (exclusive), if these are set.
    """

    entry: Entry
    fingerprint: bytes
    content: bytes
    digests: Digests
    since: datetime | None
    until: datetime | None


class Bucket(NamedTuple):
    """Texts by the path of their file, parsed by one version of the reader.

    `since`, `until` and `digests` combine those of all texts. `html` is the name of the stored
    file with the HTML of the texts.
    """

    reader: bytes
    texts: dict[str, Text]
    since: datetime | None
    until: datetime | None
    digests: tuple[Digests, ...]
    html: str


class _StoredText(NamedTuple):
    """A text in a stored bucket; `digests` is an index of the list in the bucket."""

    entry: Entry
    fingerprint: bytes
    content: bytes
    digests: int
    since: Instant | None
    until: Instant | None


class StoredBucket(NamedTuple):
    """A bucket as it is stored."""

    reader: bytes
    texts: dict[str, _StoredText]
    since: Instant | None
    until: Instant | None
    digests: tuple[Digests, ...]
    html: str


def entry_types(kinds: Kinds) -> Types:
    """Return how to store entries: a kind by its id, front matter by the model of the kind."""
    models: dict[type[BaseModel], Sequence[type[Metadata]]] = {
        Metadata: tuple(dict.fromkeys(kind.model for kind in kinds))
    }
    return Types(models, {Kind: ById(attrgetter("id"), kinds.__getitem__)})


def bucket_codec(kinds: Kinds) -> Codec[StoredBucket]:
    """Return the codec of buckets with texts of these kinds."""
    return Codec(StoredBucket, entry_types(kinds))


def pack_bucket(
    store: Store, codec: Codec[StoredBucket], name: str, reader: bytes, texts: Mapping[str, Text]
) -> bytes:
    """Store the HTML of texts, remove it from them, and return the encoded bucket."""
    span, html, bucket = Span(), dict[str, str](), dict[str, _StoredText]()
    places: dict[Digests, int] = {}
    for source, text in texts.items():
        span.narrow(text.since, text.until)
        place = places.setdefault(text.digests, len(places))
        entry, fingerprint, content, _, since, until = text
        bucket[source] = _StoredText(entry, fingerprint, content, place, since, until)
        html[source] = entry.html if isinstance(entry.html, str) else entry.html.read()
        entry.html = ""
    packed = codec_of(dict[str, str]).encode(html)
    # The name contains a digest, so if the build is killed, the former bucket has its HTML.
    beside = f"{name}.{digest_of(packed).hex()}"
    store.write(beside, packed)
    return codec.encode(StoredBucket(reader, bucket, span.since, span.until, tuple(places), beside))


def load_bucket(store: Store, codec: Codec[StoredBucket], name: str) -> Bucket | None:
    """Return a bucket; None if it is missing or damaged."""
    stored = store.load(name, codec)
    try:
        return stored and _unpack(stored)
    except Invalid:
        return None


def unpack_bucket(codec: Codec[StoredBucket], packed: bytes) -> Bucket:
    """Decode a bucket that `pack_bucket` has encoded."""
    return _unpack(codec.decode(packed))


def _unpack(stored: StoredBucket) -> Bucket:
    reader, found, since, until, digests, html = stored
    try:
        texts = {
            source: Text(entry, fingerprint, content, digests[place], begin, end)
            for source, (entry, fingerprint, content, place, begin, end) in found.items()
        }
    except IndexError:
        raise Invalid("A text refers to missing digests.") from None
    return Bucket(reader, texts, since, until, digests, html)
