"""Buckets: texts that are stored in one file, and their HTML in another (`stored_html`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from pydantic import BaseModel

from rubric.model.entry import Entry
from rubric.model.kinds import Kind, Kinds
from rubric.model.metadata import Metadata
from rubric.model.now import Span
from rubric.store.codec import ById, Codec, Instant, Types, codec_of
from rubric.store.digests import digest_of
from rubric.store.inputs import Digests
from rubric.store.store import Store


class Text(NamedTuple):
    """A parsed file: its entry, the fingerprint of the entry, and the inputs.

    `content` is the digest of the file; `digests` is an index of `Bucket.digests`, the other
    inputs. The entry is valid from `since` (inclusive) to `until` (exclusive), if these are set.
    """

    entry: Entry
    fingerprint: bytes
    content: bytes
    digests: int
    since: Instant | None
    until: Instant | None


class Bucket(NamedTuple):
    """Texts by the path of their file, parsed by one version of the reader.

    `since`, `until` and `digests` combine those of all texts. `html` is the name of the stored
    file with the HTML of the texts.
    """

    reader: bytes
    texts: dict[str, Text]
    since: Instant | None
    until: Instant | None
    digests: tuple[Digests, ...]
    html: str

    def inputs_of(self, text: Text) -> Digests:
        """Return the inputs of a text other than its file."""
        return self.digests[text.digests]


def entry_types(kinds: Kinds) -> Types:
    """Return how to store entries: a kind by its id, front matter by the model of the kind."""
    models: dict[type[BaseModel], Sequence[type[Metadata]]] = {
        Metadata: tuple(dict.fromkeys(kind.model for kind in kinds))
    }
    return Types(models, {Kind: ById(attrgetter("id"), kinds.__getitem__)})


def bucket_codec(kinds: Kinds) -> Codec[Bucket]:
    """Return the codec of buckets with texts of these kinds."""
    return Codec(Bucket, entry_types(kinds))


def pack_bucket(
    store: Store,
    codec: Codec[Bucket],
    name: str,
    reader: bytes,
    texts: Mapping[str, tuple[Text, Digests]],
) -> bytes:
    """Store the HTML of texts, remove it from them, and return the encoded bucket."""
    span, html, packed = Span(), dict[str, str](), dict[str, Text]()
    places: dict[Digests, int] = {}
    for source, (text, digests) in texts.items():
        span.narrow(text.since, text.until)
        packed[source] = text._replace(digests=places.setdefault(digests, len(places)))
        entry = text.entry
        html[source] = entry.html if isinstance(entry.html, str) else entry.html.read()
        entry.html = ""
    content = codec_of(dict[str, str]).encode(html)
    # The name contains a digest, so if the build is killed, the former bucket has its HTML.
    beside = f"{name}.{digest_of(content).hex()}"
    store.write(beside, content)
    return codec.encode(Bucket(reader, packed, span.since, span.until, tuple(places), beside))


def load_bucket(store: Store, codec: Codec[Bucket], name: str) -> Bucket | None:
    """Return a bucket; None if it is missing or damaged."""
    bucket = store.load(name, codec)
    is_valid = bucket and all(each.digests < len(bucket.digests) for each in bucket.texts.values())
    return bucket if is_valid else None
