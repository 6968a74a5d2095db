"""Entries as they were read: known by what was read, and by what has taken the place of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from rubric.model.edition import Listing
from rubric.model.entry import Entry
from rubric.model.event import UserGroup
from rubric.model.kinds import BUILT_IN
from rubric.model.quotation import Quotation
from rubric.model.tag import Tag
from rubric.store.buckets import entry_types
from rubric.store.codec import Codec
from rubric.store.entry_snapshots import take_snapshot
from rubric.store.fingerprints import Fingerprints
from tests.cases import cases
from tests.newsletters import NOW, make_post

SET: dict[str, Callable[[Entry], object]] = {
    "html": lambda entry: str(entry.html) + " and more",
    "picture": lambda entry: "/images/a.png",
    "modified": lambda entry: datetime(2026, 1, 1, tzinfo=UTC),
    "group": lambda entry: UserGroup(city="Almaty"),
    "quotation": lambda entry: Quotation("Well.", portrait="/images/b.png"),
    "title": lambda entry: entry.title.upper(),
    "metadata": lambda entry: entry.metadata.model_copy(update={"series": "tea"}),
    "tags": lambda entry: (Tag("tea", "Tea"),),
    "lines": lambda entry: {"title": 9},
}


def read(entry: Entry) -> tuple[Entry, Fingerprints]:
    """The entry as another build has it from its store."""
    codec = Codec(tuple[Entry, bytes], entry_types(BUILT_IN))
    found, fingerprint = codec.decode(codec.encode((entry, Fingerprints().of(entry))))
    return found, Fingerprints(snapshots={id(found): take_snapshot(found, fingerprint)})


def test_what_was_read_has_one_fingerprint_in_every_build():
    entry = make_post("a", NOW, tags="tea")
    (one, of), (two, of_two) = read(entry), read(entry)
    assert of.of(one) == of_two.of(two)
    assert of.of(Listing(one, "en", "en/a/")) == of_two.of(Listing(two, "en", "en/a/"))
    assert of.of(one) != of.of(read(make_post("b", NOW, tags="tea"))[0])


@cases("name", SET)
def test_what_took_the_place_of_it_counts(name: str):
    entry = make_post("a", NOW, tags="tea")
    (one, of), (two, of_two), (three, of_three) = read(entry), read(entry), read(entry)
    for changed in (two, three):
        setattr(changed, name, SET[name](changed))
    assert of.of(one) != of_two.of(two)
    assert of_two.of(two) == of_three.of(three)
    setattr(three, name, getattr(make_post("c", NOW), name))
    assert of_two.of(two) != read_again(of_three, three)


def read_again(of: Fingerprints, entry: Entry) -> bytes:
    """A value is looked at once a build, so that a change after it needs another look."""
    return Fingerprints(snapshots=of.snapshots).of(entry)


def test_an_entry_within_what_took_a_place_is_no_endless_one():
    entry = make_post("a", NOW)
    found, of = read(entry)
    found.lines = {"entry": found}  # type: ignore[dict-item]
    assert of.of(found)


def test_what_entries_hold_is_not_changed_in_place():
    """Else whoever kept what was read couldn't tell that it no longer holds."""
    for each in fields(Entry):
        if each.name not in (
            "html",
            "lines",
            "custom",
        ):  # an Html and Mappings, which have no setters
            assert is_frozen(get_type_hints(Entry)[each.name]), each.name


def is_frozen(kind: Any) -> bool:
    if get_origin(kind) is type:
        return True
    if get_origin(kind) in (Union, UnionType, tuple):
        return all(part is Ellipsis or is_frozen(part) for part in get_args(kind))
    if get_origin(kind) is Literal:
        return True
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        is_sealed: bool = getattr(kind, "__dataclass_params__").frozen  # noqa: B009
        return is_sealed and all(is_frozen(hints[each.name]) for each in fields(kind))
    if isinstance(kind, type) and issubclass(kind, tuple):  # a named one
        return all(map(is_frozen, get_type_hints(kind).values()))
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return bool(kind.model_config.get("frozen"))
    if kind.__module__ in ("datetime", "zoneinfo"):
        return True
    return kind in (str, int, float, bool, bytes, type(None))


def test_is_frozen_knows_what_is_not():
    assert not is_frozen(list[str])
    assert not is_frozen(dict[str, int] | None)
    assert not is_frozen(Entry)
    assert is_frozen(tuple[Tag, ...])
    assert replace(Tag("a", "A"), spelling="a").identity == "a"
