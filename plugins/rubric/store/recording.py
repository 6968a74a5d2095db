"""Records what is read while one result is computed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MethodType
from typing import Any

from rubric.model.now import Now, Span
from rubric.model.tracking import MISSING, Recorder, Tracked
from rubric.store.inputs import Digests, Inputs, Key, Record


@dataclass(slots=True)
class Recording:
    """Records reads of tracked objects, the clock, template names and templates.

    `own` are the values that only this result has, by name.
    """

    inputs: Inputs
    own: Mapping[str, Any]
    _read: dict[Key, None] = field(default_factory=dict)
    _own_read: dict[str, bytes] = field(default_factory=dict)
    _seen: set[str | tuple[int, str]] = field(default_factory=set)
    _span: Span = field(default_factory=Span)

    @property
    def shared(self) -> tuple[Key, ...]:
        """The inputs that other results may have, too, in the order of reading."""
        return tuple(self._read)

    def record(self) -> Record:
        return Record(tuple(self.own), self._own_read, self._span.since, self._span.until)

    def digests(self) -> Digests:
        """Return the shared inputs with their digests."""
        return tuple((key, self.inputs.digest(key)) for key in sorted(self._read))

    def everything(self) -> None:
        """Record all own values, because it is unknown which arguments a function uses."""
        for name, value in self.own.items():
            self.name(name, value)

    def note(self, key: Key) -> None:
        if key not in self._read:
            # Computed at once, because the value may change later in the build.
            self.inputs.digest(key)
            self._read[key] = None

    def name(self, name: str, value: object) -> None:
        """Record that a template reads a name, unless the template has assigned it itself."""
        if name in self._seen:
            return
        known = self.own.get(name, MISSING)
        if known is MISSING:
            if self.inputs.context.get(name, MISSING) is value:
                self.note(("name", name))
                self._seen.add(name)
        elif known is value:
            self._own_read[name] = self.inputs.of(value)
            self._seen.add(name)

    def unknown(self, name: str) -> None:
        """Record an input whose value is unknown; it always counts as changed."""
        self.note(("unknown", "function", name))

    def template(self, name: str) -> None:
        self.note(("template", name))

    def attribute(self, owner: Tracked, name: str, value: Any) -> Any:
        mark = (id(owner), name)
        if mark in self._seen:
            return value
        kind = type(value)
        if kind is Now or (kind is MethodType and value.__self__ is owner) or name[:2] == "__":
            # `Now` and methods record what they read; special names are not content.
            self._seen.add(mark)
            return value
        key = self.inputs.key_of(owner)
        if kind is dict:
            return _ReadMapping(self, (key, name), value)
        if kind is list:
            return _ReadSequence(self, (key, name), value)
        self.note(("attribute", key, name))
        self._seen.add(mark)
        return value

    def nested(self) -> Recording:
        return Recording(self.inputs, {})

    def merge(self, part: Recorder) -> None:
        assert isinstance(part, Recording)
        self._read |= part._read
        self._span.narrow(part._span.since, part._span.until)

    def since(self, instant: datetime) -> None:
        self._span.narrow(instant, None)

    def until(self, instant: datetime) -> None:
        self._span.narrow(None, instant)


class _Read:
    """Wraps a collection of a tracked object, and records which parts of it are read."""

    def __init__(self, recording: Recording, place: tuple[str, str], value: Any) -> None:
        self._recording, self._place, self._value = recording, place, value

    def __iter__(self) -> Iterator[Any]:
        self._recording.note(("attribute", *self._place))
        return iter(self._value)

    def __len__(self) -> int:
        self._recording.note(("count", *self._place))
        return len(self._value)

    def __bool__(self) -> bool:
        self._recording.note(("any", *self._place))
        return bool(self._value)


class _ReadMapping(_Read, Mapping[str, Any]):
    def __getitem__(self, key: Any) -> Any:
        is_name = isinstance(key, str)
        place = ("item", *self._place, key) if is_name else ("attribute", *self._place)
        self._recording.note(place)
        return self._value[key]


class _ReadSequence(_Read, Sequence[Any]):
    def __getitem__(self, index: Any) -> Any:
        self._recording.note(("attribute", *self._place))
        return self._value[index]
