"""Fingerprints of values: equal values have the same fingerprint in every process.

A value is reduced to plain values that `marshal` encodes deterministically. Tracked objects are
represented by their key, because what is read from them is recorded separately. Fields of
dataclasses with `field(compare=False)` are ignored. Fields with `shared` in their metadata contain
an object that many instances have in common; its fingerprint is computed once.
"""

from __future__ import annotations

import datetime as dt
import marshal
import os
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, field, fields, is_dataclass
from enum import Enum
from functools import partial
from gettext import NullTranslations
from operator import attrgetter
from pathlib import PurePath
from re import Pattern
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any
from zoneinfo import ZoneInfo

from rubric.model.tracking import Tracked
from rubric.store.digests import brief

_ATOMS = frozenset((str, int, float, bool, bytes, type(None)))
_HEAP, _IMMUTABLE = 1 << 9, 1 << 8
"""Flags of classes (Py_TPFLAGS_HEAPTYPE, Py_TPFLAGS_IMMUTABLETYPE). Classes written in Python have
only the first; the state of instances of other classes is hidden.
"""


Rules = list[tuple[type | tuple[type, ...], Callable[[Any], Any]]]
"""Types and functions that reduce their values; the first type that matches is used."""


@dataclass(slots=True)
class PlainFingerprints:
    """Computes fingerprints of settings and other values without domain types.

    A value must not change between two calls. This module imports little, because a build without
    changes imports only this one.
    """

    _known: dict[int, bytes] = field(default_factory=dict)
    _references: list[object] = field(default_factory=list)
    _common: set[type] = field(default_factory=set)
    _reducers: dict[type, Callable[[Any], Any]] = field(default_factory=dict)
    _open: set[int] = field(default_factory=set)

    def of(self, value: object) -> bytes:
        return brief(self._plain(value))

    def forget(self) -> None:
        """Release references to all values."""
        self._known.clear()
        self._references.clear()

    def _plain(self, value: Any) -> Any:
        kind = type(value)
        if kind in _ATOMS:
            return value
        if kind in self._common and (known := self._known.get(id(value))):
            return known
        take = self._reducers.get(kind)
        if take is None:
            take = self._reducers[kind] = self._reducer(kind)
        return take(value)

    def _all(self, values: Iterable[Any]) -> list[Any]:
        """Reduce each value. Same as `_plain` for each, but faster for the most frequent types."""
        known, common, plain = self._known, self._common, self._plain
        return [
            value
            if type(value) in _ATOMS
            else (type(value) in common and known.get(id(value))) or plain(value)
            for value in values
        ]

    def _shared(self, value: Any, plain: Callable[[Any], Any]) -> bytes:
        """Return the digest of an object that many values refer to; computed once."""
        known = self._known.get(id(value))
        if known is None:
            known = self._known[id(value)] = brief(plain(value))
            self._references.append(value)  # so that its id is not used again
        return known

    def _reducer(self, kind: type) -> Callable[[Any], Any]:
        for common, reduce_common in self._common_rules():
            if issubclass(kind, common):
                return self._common_reducer(kind, reduce_common)
        for base, take in self._rules():
            if issubclass(kind, base):
                return take
        if is_dataclass(kind):
            take = self._fields_reducer(kind)
            # Many values often refer to the same immutable object.
            return self._common_reducer(kind, take) if _is_frozen(kind) else take
        flags = [part.__flags__ & (_HEAP | _IMMUTABLE) for part in kind.__mro__[:-1]]
        is_python = all(each == _HEAP for each in flags)
        if not is_python or any(vars(part).get("__slots__") for part in kind.__mro__):
            return _opaque
        return partial(self._object, kind)

    def _common_reducer(self, kind: type, take: Callable[[Any], Any]) -> Callable[[Any], bytes]:
        """Return a function that reduces each object of a type once."""
        self._common.add(kind)
        return partial(self._shared, plain=take)

    def _common_rules(self) -> Rules:
        return [
            (Tracked, lambda value: ("@", value.tracking_key)),
            (NullTranslations, lambda value: self._plain(getattr(value, "_catalog", {}))),
            (FunctionType, self._code),
        ]

    def _rules(self) -> Rules:
        """Return the rules, subclasses before their base classes."""
        return [
            (Enum, lambda value: (type(value).__qualname__, value.name)),
            (str, lambda value: (type(value).__qualname__, str.__str__(value))),
            (tuple, self._tuple),
            (list, self._all),
            ((dt.datetime, dt.time), lambda value: (value.isoformat(), str(value.tzinfo))),
            ((dt.date, dt.timedelta, ZoneInfo, PurePath), reduce_by_name),
            (Pattern, lambda value: (value.pattern, value.flags)),
            (Mapping, self._mapping),
            (Set, lambda value: ("set", sorted(map(self.of, value)))),
            (MethodType, lambda value: (value.__func__.__qualname__, self._owner_of_method(value))),
            (partial, lambda v: self._plain((v.func, v.args, v.keywords))),
            (BuiltinFunctionType, lambda value: (value.__qualname__, self._owner_of_method(value))),
            (type, lambda value: (value.__module__, value.__qualname__)),
            (type(os), lambda value: value.__name__),
        ]

    def _fields_reducer(self, kind: Any) -> Callable[[Any], Any]:
        """Return a function that reduces instances of a dataclass."""
        compared = [each for each in fields(kind) if each.compare]
        own_of = _getter([each.name for each in compared if "shared" not in each.metadata])
        shared_of = _getter([each.name for each in compared if "shared" in each.metadata])
        name, open_, known = kind.__qualname__, self._open, self._known

        def take(value: Any) -> Any:
            place = id(value)
            if place in open_:
                return ("within", name)
            open_.add(place)
            try:
                common = [
                    known.get(id(each)) or self._shared(each, self._plain)
                    for each in shared_of(value)
                ]
                return (name, self._all(own_of(value)), common)
            finally:
                open_.discard(place)

        return take

    def _tuple(self, value: tuple[Any, ...]) -> Any:
        items = tuple(self._all(value))
        return items if type(value) is tuple else (type(value).__qualname__, items)

    def _mapping(self, value: Mapping[Any, Any]) -> Any:
        """Reduce keys and values in their order, because templates may iterate."""
        return (type(value).__qualname__, self._all(value), self._all(value.values()))

    def _owner_of_method(self, method: MethodType | BuiltinFunctionType) -> bytes:
        """Return the digest of the object that a method is bound to."""
        return self._shared(method.__self__, self._plain)

    def _code(self, value: FunctionType) -> Any:
        """Reduce a function to its code, closure, defaults and referenced globals."""
        cells = [cell.cell_contents for cell in value.__closure__ or ()]
        held = [self._plain(item) for item in cells if item is not value]
        given = self._plain((value.__defaults__, value.__kwdefaults__))
        return (marshal.dumps(value.__code__, 2), held, given, self._globals_of(value))

    def _globals_of(self, value: FunctionType) -> list[Any]:
        """Reduce the globals that a function uses: plain values and functions of its module.

        Changes of other code change the version of the store.
        """
        found: list[Any] = []
        self._open.add(id(value))
        for name in value.__code__.co_names:
            item = value.__globals__.get(name)
            is_own = isinstance(item, FunctionType) and item.__globals__ is value.__globals__
            if type(item) in _ATOMS or (is_own and id(item) not in self._open):
                found.append((name, self._plain(item)))
        self._open.discard(id(value))
        return found

    def _object(self, kind: type, value: Any) -> Any:
        if not hasattr(value, "__dict__"):
            return _opaque(value)
        if id(value) in self._open:
            return ("within", kind.__qualname__)
        self._open.add(id(value))
        try:
            return (type(value).__qualname__, self._plain(vars(value)))
        finally:
            self._open.discard(id(value))


def _getter(names: list[str]) -> Callable[[Any], Iterable[Any]]:
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: [getattr(value, name) for name in names]


def _is_frozen(kind: type) -> bool:
    return bool(getattr(kind, "__dataclass_params__").frozen)  # noqa: B009 (unknown to typeshed)


def reduce_by_name(value: object) -> Any:
    return (type(value).__qualname__, str(value))


def _opaque(_: object) -> Any:
    """Return a random value: objects with hidden state always count as changed."""
    return os.urandom(8)
