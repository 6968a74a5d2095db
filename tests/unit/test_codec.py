"""Codecs: what was encoded comes back as it was, and nothing but the expected type does."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any, Literal, NamedTuple, Protocol, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import msgpack

from rubric.model.entry import Entry
from rubric.model.event import EventFacts, Meeting, Place, Registration, UserGroup
from rubric.model.finding import Finding
from rubric.model.issue_fields import SelectedEntry
from rubric.model.kinds import BUILT_IN, EVENT, ISSUE, PAGE, POST, QUOTE, Kind, Kinds
from rubric.model.media import Enclosure, MediaMetadata
from rubric.model.metadata import (
    EventMetadata,
    IssueMetadata,
    Metadata,
    PageMetadata,
    PostMetadata,
    QuoteMetadata,
)
from rubric.model.moment import Moment, load_zone
from rubric.model.quotation import Quotation
from rubric.model.recurrence import Recurrence
from rubric.model.tag import Tag
from rubric.newsletter.checks import CheckReport
from rubric.newsletter.issue_mail import IssueExport
from rubric.search.chunks import Chunks
from rubric.search.records import Record
from rubric.search.shards import Shard
from rubric.search.states import ShardState, State
from rubric.store.buckets import entry_types
from rubric.store.codec import Codec, Instant, Invalid, codec_of
from rubric.store.fingerprints import Fingerprints
from tests.cases import cases

T = TypeVar("T")
ALMATY, BERLIN = load_zone("Asia/Almaty"), load_zone("Europe/Berlin")
LOCAL = datetime.fromisoformat("2026-11-05T18:30:00")
WHEN = datetime(2026, 11, 22, 18, 30, 1, 5, tzinfo=ALMATY)


def again(kind: type[T], value: T) -> T:
    codec = Codec(kind, entry_types(KINDS))
    return codec.decode(codec.encode(value))


class Readable(Protocol):
    def read(self) -> str: ...


class Pair(NamedTuple):
    one: int
    when: datetime | None


@dataclass(frozen=True, slots=True)
class Frozen:
    name: str
    pairs: tuple[Pair, ...] = ()
    size: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "size", len(self.name))


@dataclass(slots=True)
class Holder:
    text: str | Readable
    by_name: dict[str, Frozen] = field(default_factory=dict)
    both: tuple[int, datetime] = (1, WHEN)
    known: frozenset[datetime] = frozenset()


VALUES: list[tuple[Any, Any]] = [
    (dict[str, tuple[int, ...] | bytes], {"a": (1, 2**64 - 1, -(2**63)), "я": b"\x00"}),
    (dict[int, tuple[tuple[str, ...], bytes]], {1: (("a", "b"), b"")}),
    (dict[tuple[str, str], int], {("a", "b"): 1}),
    (frozenset[str], frozenset(["a", "b"])),
    (list[float], [1.5, -0.0, 1e300]),
    (Literal["a", "b"], "b"),
    (tuple[date, time, timedelta, bool], (date(2026, 1, 2), time(3, 4), -timedelta(1, 2, 3), True)),
    (timedelta, timedelta(hours=-5, minutes=-30)),
    (timedelta, timedelta(days=366)),
    (datetime, WHEN),
    (datetime, datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=1)),
    (datetime, datetime(1, 1, 1, tzinfo=UTC)),
    (datetime, datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=5, minutes=30)))),
    (Moment, Moment(LOCAL, True, timedelta(hours=-5))),
    (Pair, Pair(1, None)),
    (Frozen, Frozen("ab", (Pair(1, WHEN), Pair(2, None)))),
    (Holder, Holder("x", {"a": Frozen("b")}, known=frozenset([WHEN]))),
    (Tag, Tag("a", "A")),
    (Quotation, Quotation("Text", "Ann")),
    (Recurrence, Recurrence("MONTHLY", days=((2, 3),), until=date(2027, 1, 1))),
    (
        UserGroup,
        UserGroup("Almaty", zone=ALMATY, meets_at=time(18, 30), tentative=(Meeting(WHEN, WHEN),)),
    ),
    (
        EventFacts,
        EventFacts(
            WHEN, WHEN, True, ALMATY, False, "scheduled", "hybrid", Place("Hall", latitude=43.2),
            Registration(until=WHEN, price=15.5),
        ),
    ),
    (Record, Record(b"1", 2, {("stem", "form"): 1}, {"茶": 2}, b"[]")),
    (Shard, Shard({"stem": {"form": {1: 2}}}, {"茶": {3: 0}})),
    (
        State,
        State(
            b"1", 64, {"a.md": (b"2", 3, 4)}, {1: "n"}, (1, frozenset(["te"])),
            [ShardState("s", "n", {"": 1}, "茶")], Chunks(1, {0: "n"}),
        ),
    ),
    (
        IssueExport,
        IssueExport(
            "en/a", {"issue.eml": b"1"}, b"",
            CheckReport((Finding("error", "a", "b", "c"),), {}),
        ),
    ),
]  # fmt: skip


@cases(("kind", "value"), VALUES)
def test_values_come_back(kind: Any, value: Any):
    found = again(kind, value)
    assert found == value
    assert type(found) is type(value)
    # Equal times may have other zones, and what pages say depends on them.
    assert Fingerprints().of(found) == Fingerprints().of(value)


@given(st.datetimes(timezones=st.sampled_from([ALMATY, BERLIN, UTC])))
def test_a_time_keeps_its_zone(value: datetime):
    found = again(datetime, value)
    assert (found.isoformat(), found.fold, found.tzinfo) == (
        value.isoformat(), value.fold, value.tzinfo,
    )  # fmt: skip


@given(st.timedeltas(timedelta(days=-4000), timedelta(days=4000)))
def test_lengths_of_time_come_back(value: timedelta):
    assert again(timedelta, value) == value


class Podcast:
    """Has a model with the name of another one."""

    class PostMetadata(MediaMetadata):
        pass


PODCAST = Kind(id="podcast", folder="podcasts", model=Podcast.PostMetadata)
KINDS = BUILT_IN.add(PODCAST)
METADATAS = [
    (POST, PostMetadata(title="-", tags=("a",), series_part=3)),
    (
        POST,
        PostMetadata.model_validate({"title": "-", "date": "2026-11-05"}, context={"zone": ALMATY}),
    ),
    (QUOTE, QuoteMetadata(title="-", by="Ann")),
    (
        PODCAST,
        Podcast.PostMetadata.model_validate({"title": "-", "media": "a.mp3", "duration": "1:02"}),
    ),
    (
        EVENT,
        EventMetadata.model_validate(
            {"title": "-", "start": "2026-11-05 18:30+05", "duration": "2h"}
        ),
    ),
    (PAGE, PageMetadata(title="-")),
    (
        ISSUE,
        IssueMetadata(title="-", list="weekly", posts=(SelectedEntry("a", "b"),), window_end=WHEN),
    ),
]


def make_entry(kind: Kind, metadata: Metadata) -> Entry:
    return Entry(
        kind, "en", "posts/a", "en/posts/a.md", "a", "en/a/", "published", "A", metadata,
        '<p id="x"><a href="{filename}b.md">B</a></p>', (Tag("tea", "Tea"),), date=WHEN,
        enclosure=Enclosure("/a.mp3", "audio/mpeg", 5, timedelta(seconds=62), is_explicit=False),
        lines={"title": 2}, notices=((1, "a", "b"),),
    )  # fmt: skip


@cases(("kind", "metadata"), METADATAS)
def test_entries_come_back(kind: Kind, metadata: Metadata):
    entry = make_entry(kind, metadata)
    found = again(Entry, entry)
    assert [getattr(found, name) for name in Entry.__slots__] == [
        getattr(entry, name) for name in Entry.__slots__
    ]
    assert found.kind is kind
    assert type(found.metadata) is type(metadata)
    assert found.metadata.model_fields_set == metadata.model_fields_set
    assert list(vars(found.metadata)) == list(vars(metadata))
    assert Fingerprints().of(found) == Fingerprints().of(entry)
    assert found.references == ("{filename}b.md",)


def test_a_kind_that_a_site_lacks_makes_an_entry_invalid():
    _, metadata = METADATAS[0]
    content = Codec(Entry, entry_types(KINDS)).encode(make_entry(PODCAST, metadata))
    with pytest.raises(Invalid):
        Codec(Entry, entry_types(BUILT_IN)).decode(content)


def test_a_kind_is_that_of_the_site():
    other = replace(POST, label="Articles")
    kinds = Kinds(tuple(other if kind is POST else kind for kind in BUILT_IN))
    content = Codec(Kind, entry_types(BUILT_IN)).encode(POST)
    assert Codec(Kind, entry_types(kinds)).decode(content) is other


def test_every_kind_of_metadata_is_known():
    for kind in BUILT_IN:
        model = kind.model
        fields = {name for name, each in model.model_fields.items() if each.is_required()}
        metadata = model.model_validate(dict.fromkeys(fields, "-"))
        assert again(Metadata, metadata) == metadata


@dataclass(frozen=True, slots=True)
class Hidden:
    stored: object


REFUSED: list[tuple[Any, Any]] = [
    (datetime, LOCAL),
    (tuple[Hidden, ...], (Hidden(1),)),
    (int | Pair | None, 1),
    (dict[datetime, int], {WHEN: 1}),
    (type, int),
]


@cases(("kind", "value"), REFUSED)
def test_what_can_not_be_kept_is_an_error_of_the_plugin(kind: Any, value: Any):
    with pytest.raises(TypeError):
        codec_of(kind).encode(value)


NAME = "rubric.model.metadata.PostMetadata"
WRONG: list[tuple[Any, Any]] = [
    (int, "1"),
    (int, True),
    (str, b"a"),
    (tuple[int, ...], [1, "2"]),
    (tuple[int, int], [1]),
    (dict[str, int], {"a": "b"}),
    (dict[str, int], [["a", 1]]),
    (Literal["a"], "b"),
    (datetime, ["2026-01-01T00:00:00", False, "../../etc/passwd"]),
    (datetime, ["2026-01-01T00:00:00", False, "os/path"]),
    (datetime, ["2026-01-01T00:00:00", False, "Asia/../UTC"]),
    (datetime, ["2026-01-01T00:00:00", False, 10**15]),
    (datetime, ["2026-01-01T00:00:00+01:00", False, "UTC"]),
    (datetime, "2026-01-01T00:00:00"),
    (datetime, ["2026-13-01T00:00:00", False, "UTC"]),
    (Instant | None, "2026-01-01T00:00:00"),
    (Pair, [1]),
    (Pair, {"one": 1, "when": None}),
    (Frozen, ["a", [[1, None]]]),
    (Frozen, ["a", [[1, None]], "1"]),
    (PostMetadata, [NAME, {"tags": []}]),
    (PostMetadata, [NAME, {"title": 1}]),
    (PostMetadata, ["rubric.model.metadata.EventMetadata", {"title": "-"}]),
    (PostMetadata, ["os.system", {"title": "-"}]),
]


@cases(("kind", "found"), WRONG)
def test_data_of_another_type_is_refused(kind: Any, found: Any):
    with pytest.raises(Invalid):
        Codec(kind).decode(msgpack.encode(found))


BYTES = Codec(Holder).encode(Holder("x", {"a": Frozen("b", (Pair(1, WHEN),))}))


@given(st.integers(0, len(BYTES) - 1))
def test_cut_off_data_is_refused(place: int):
    with pytest.raises(Invalid):
        Codec(Holder).decode(BYTES[:place])


@given(st.binary(max_size=60) | st.integers(0, len(BYTES) - 1).flatmap(
    lambda place: st.binary(min_size=1, max_size=3).map(
        lambda new: BYTES[:place] + new + BYTES[place + len(new):]
    )
))  # fmt: skip
def test_any_bytes_are_refused_or_are_of_the_type(content: bytes):
    try:
        found = Codec(Holder).decode(content)
    except Invalid:
        return
    assert type(found) is Holder
    assert all(type(each) is Frozen for each in found.by_name.values())


@cases("content", [b"\x91" * 10**5, b"\xdd" + b"\xff" * 4, b"\xdf" + b"\xff" * 4])
@cases("kind", [list[int], dict[str, int], tuple[int, ...], Holder])
def test_data_that_claims_to_be_huge_is_refused(kind: Any, content: bytes):
    with pytest.raises(Invalid):
        Codec(kind).decode(content)
