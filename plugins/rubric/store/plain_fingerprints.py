"""Fingerprints: equal values have equal ones, in every process and at any time.

A value is reduced to plain values that `marshal` writes in one way. Tracked objects are
represented by their key, because what is read of them is an input of its own. Fields of
dataclasses that take no part in comparison (`field(compare=False)`) are caches, and are ignored.
Fields whose metadata has `shared` hold an object that many instances have in common; its
fingerprint is computed once.
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
_MADE, _IMMUTABLE = 1 << 9, 1 << 8
"""Flags of classes (Py_TPFLAGS_HEAPTYPE, Py_TPFLAGS_IMMUTABLETYPE): those of Python code have the
first alone; others hide their state.
"""


Rules = list[tuple[type | tuple[type, ...], Callable[[Any], Any]]]
"""Types, and how their values are reduced; the first that applies counts."""


@dataclass(slots=True)
class PlainFingerprints:
    """Computes fingerprints of values that belong to no domain, such as settings.

    A value must not change between two calls. This module imports little, because a build that
    has nothing to do needs no more than it.
    """

    _known: dict[int, bytes] = field(default_factory=dict)
    _alive: list[object] = field(default_factory=list)
    _common: set[type] = field(default_factory=set)
    _takers: dict[type, Callable[[Any], Any]] = field(default_factory=dict)
    _open: set[int] = field(default_factory=set)

    def of(self, value: object) -> bytes:
        return brief(self._plain(value))

    def forget(self) -> None:
        """Let go of the values that were taken apart; for those of one thing after another."""
        self._known.clear()
        self._alive.clear()

    def _plain(self, value: Any) -> Any:
        kind = type(value)
        if kind in _ATOMS:
            return value
        if kind in self._common and (known := self._known.get(id(value))):
            return known
        take = self._takers.get(kind)
        if take is None:
            take = self._takers[kind] = self._taker(kind)
        return take(value)

    def _all(self, values: Iterable[Any]) -> list[Any]:
        """Each value taken apart, as by `_plain`, which is asked only if it has something to do."""
        known, common, plain = self._known, self._common, self._plain
        return [
            value
            if type(value) in _ATOMS
            else (type(value) in common and known.get(id(value))) or plain(value)
            for value in values
        ]

    def _shared(self, value: Any, plain: Callable[[Any], Any]) -> bytes:
        """The digest of something that many values hold, taken once."""
        known = self._known.get(id(value))
        if known is None:
            known = self._known[id(value)] = brief(plain(value))
            self._alive.append(value)  # as long as its id is known
        return known

    def _taker(self, kind: type) -> Callable[[Any], Any]:
        for common, take_common in self._common_rules():
            if issubclass(kind, common):
                return self._common_taker(kind, take_common)
        for base, take in self._rules():
            if issubclass(kind, base):
                return take
        if is_dataclass(kind):
            take = self._fields_taker(kind)
            # What can't change is often held by many.
            return self._common_taker(kind, take) if _is_frozen(kind) else take
        flags = [part.__flags__ & (_MADE | _IMMUTABLE) for part in kind.__mro__[:-1]]
        is_python = all(each == _MADE for each in flags)
        if not is_python or any(vars(part).get("__slots__") for part in kind.__mro__):
            return _opaque
        return partial(self._object, kind)

    def _common_taker(self, kind: type, take: Callable[[Any], Any]) -> Callable[[Any], bytes]:
        """Takes each object of a kind apart once, however many hold it."""
        self._common.add(kind)
        return partial(self._shared, plain=take)

    def _common_rules(self) -> Rules:
        return [
            (Tracked, lambda value: ("@", value.tracking_key)),
            (NullTranslations, lambda value: self._plain(getattr(value, "_catalog", {}))),
            (FunctionType, self._code),
        ]

    def _rules(self) -> Rules:
        """From the special to the general."""
        return [
            (Enum, lambda value: (type(value).__qualname__, value.name)),
            (str, lambda value: (type(value).__qualname__, str.__str__(value))),
            (tuple, self._tuple),
            (list, self._all),
            ((dt.datetime, dt.time), lambda value: (value.isoformat(), str(value.tzinfo))),
            ((dt.date, dt.timedelta, ZoneInfo, PurePath), named),
            (Pattern, lambda value: (value.pattern, value.flags)),
            (Mapping, self._mapping),
            (Set, lambda value: ("set", sorted(map(self.of, value)))),
            (MethodType, lambda value: (value.__func__.__qualname__, self._held(value))),
            (partial, lambda v: self._plain((v.func, v.args, v.keywords))),
            (BuiltinFunctionType, lambda value: (value.__qualname__, self._held(value))),
            (type, lambda value: (value.__module__, value.__qualname__)),
            (type(os), lambda value: value.__name__),
        ]

    def _fields_taker(self, kind: Any) -> Callable[[Any], Any]:
        """Takes a dataclass apart; what many of its kind hold as one object is `shared`."""
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
        """Keys and items in their order, which is what a loop shows."""
        return (type(value).__qualname__, self._all(value), self._all(value.values()))

    def _held(self, method: MethodType | BuiltinFunctionType) -> bytes:
        """What a method belongs to, which many of them do."""
        return self._shared(method.__self__, self._plain)

    def _code(self, value: FunctionType) -> Any:
        """A function is its code and what it holds."""
        cells = [cell.cell_contents for cell in value.__closure__ or ()]
        held = [self._plain(item) for item in cells if item is not value]
        given = self._plain((value.__defaults__, value.__kwdefaults__))
        return (marshal.dumps(value.__code__, 2), held, given, self._named_by(value))

    def _named_by(self, value: FunctionType) -> list[Any]:
        """What a function names of its module: plain values, and the module's own functions.

        Other code has a version.
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


def named(value: object) -> Any:
    return (type(value).__qualname__, str(value))


def _opaque(_: object) -> Any:
    """What can't be looked into may have changed: it is never the same twice."""
    return os.urandom(8)
