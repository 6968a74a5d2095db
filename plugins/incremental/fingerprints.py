"""Fingerprints: two values that say the same have the same one, in any process on any day.

A value is taken apart into what `marshal` writes alike each time. Watched objects stand for
themselves by their key, since what is read of them is an input of its own. Fields that take
no part in comparison (`field(compare=False)`) are caches and count for nothing.
"""

from __future__ import annotations

import datetime as dt
import marshal
import os
from collections.abc import Callable, Collection, Mapping, Set
from dataclasses import dataclass, field, fields, is_dataclass
from enum import Enum
from functools import partial
from gettext import NullTranslations
from hashlib import blake2b
from operator import attrgetter
from pathlib import PurePath
from re import Pattern
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from pydantic import BaseModel

from plugins.model.entry import Entry
from plugins.model.view import View
from plugins.model.watched import Watched

_ATOMS = frozenset((str, int, float, bool, bytes, type(None)))
_SIZE = 8
_MADE, _IMMUTABLE = 1 << 9, 1 << 8
"""Flags of classes (Py_TPFLAGS_HEAPTYPE, Py_TPFLAGS_IMMUTABLETYPE): those of Python code have the
first alone; others hide their state.
"""


def digest_of(content: bytes) -> bytes:
    """The digest of bytes; 64 bits, for only two versions of one thing are ever compared."""
    return blake2b(content, digest_size=_SIZE).digest()


@dataclass(slots=True)
class Fingerprints:
    """Takes the values of one build apart; nothing may change between two looks at it."""

    _known: dict[int, tuple[object, bytes]] = field(default_factory=dict)
    _takers: dict[type, Callable[[Any], Any]] = field(default_factory=dict)
    _open: set[int] = field(default_factory=set)

    def of(self, value: object) -> bytes:
        return digest_of(marshal.dumps(self._plain(value), 2))  # 2: no references by identity

    def _plain(self, value: Any) -> Any:
        kind = type(value)
        if kind in _ATOMS:
            return value
        take = self._takers.get(kind)
        if take is None:
            take = self._takers[kind] = self._taker(kind)
        return take(value)

    def _shared(self, value: Any, plain: Callable[[Any], Any]) -> bytes:
        """The digest of something that many values hold, taken once."""
        known = self._known.get(id(value))
        if known is None:
            known = (value, digest_of(marshal.dumps(plain(value), 2)))
            self._known[id(value)] = known
        return known[1]

    def _taker(self, kind: type) -> Callable[[Any], Any]:
        for base, take in self._rules():
            if issubclass(kind, base):
                return take
        if is_dataclass(kind):
            take = self._fields_taker(kind)
            # What can't change is often held by many.
            return partial(self._shared, plain=take) if _is_frozen(kind) else take
        flags = [part.__flags__ & (_MADE | _IMMUTABLE) for part in kind.__mro__[:-1]]
        is_python = all(each == _MADE for each in flags)
        if not is_python or any(vars(part).get("__slots__") for part in kind.__mro__):
            return _opaque
        return partial(self._object, kind)

    def _rules(self) -> list[tuple[type | tuple[type, ...], Callable[[Any], Any]]]:
        """From the special to the general."""
        return [
            (Watched, lambda value: ("@", value.watch_key)),
            (Entry, partial(self._shared, plain=self._fields_taker(Entry))),
            (View, self._fields_taker(View, shared=("alternates", "feeds", "switches"))),
            (BaseModel, partial(self._object, BaseModel)),
            (Enum, lambda value: (type(value).__qualname__, value.name)),
            (str, lambda value: (type(value).__qualname__, str.__str__(value))),
            (tuple, self._tuple),
            (list, lambda value: [self._plain(item) for item in value]),
            ((dt.datetime, dt.time), lambda value: (value.isoformat(), str(value.tzinfo))),
            ((dt.date, dt.timedelta, ZoneInfo, PurePath, Locale), _named),
            (Pattern, lambda value: (value.pattern, value.flags)),
            (NullTranslations, partial(self._shared, plain=self._translations)),
            (Mapping, self._mapping),
            (Set, lambda value: ("set", sorted(map(self.of, value)))),
            (MethodType, lambda value: (value.__func__.__qualname__, self._held(value))),
            (FunctionType, self._function),
            (partial, lambda v: self._plain((v.func, v.args, v.keywords))),
            (BuiltinFunctionType, lambda value: (value.__qualname__, self._held(value))),
            (type, lambda value: (value.__module__, value.__qualname__)),
            (type(os), lambda value: value.__name__),
        ]

    def _fields_taker(self, kind: type, shared: Collection[str] = ()) -> Callable[[Any], Any]:
        """Takes a dataclass apart; what many of its kind hold as one object is `shared`."""
        names = [each.name for each in fields(kind) if each.compare]
        name, plain, open_, atoms = kind.__qualname__, self._plain, self._open, _ATOMS
        takers = [partial(self._shared, plain=plain) if n in shared else plain for n in names]
        values_of = (
            attrgetter(*names) if len(names) > 1 else lambda v: [getattr(v, n) for n in names]
        )

        def take(value: Any) -> Any:
            place = id(value)
            if place in open_:
                return ("within", name)
            open_.add(place)
            try:
                pairs = zip(values_of(value), takers, strict=True)
                return (name, [v if type(v) in atoms else take_it(v) for v, take_it in pairs])
            finally:
                open_.discard(place)

        return take

    def _tuple(self, value: tuple[Any, ...]) -> Any:
        plain, atoms = self._plain, _ATOMS
        items = tuple([item if type(item) in atoms else plain(item) for item in value])
        return items if type(value) is tuple else (type(value).__qualname__, items)

    def _mapping(self, value: Mapping[Any, Any]) -> Any:
        """Keys and items in their order, which is what a loop shows."""
        plain, atoms = self._plain, _ATOMS
        keys = [key if type(key) in atoms else plain(key) for key in value]
        items = [item if type(item) in atoms else plain(item) for item in value.values()]
        return (type(value).__qualname__, keys, items)

    def _translations(self, value: NullTranslations) -> Any:
        return (type(value).__qualname__, self._plain(getattr(value, "_catalog", {})))

    def _held(self, method: MethodType | BuiltinFunctionType) -> bytes:
        """What a method belongs to, which many of them do."""
        return self._shared(method.__self__, self._plain)

    def _function(self, value: FunctionType) -> Any:
        """A function is its code and what it holds."""
        return self._shared(value, self._code)

    def _code(self, value: FunctionType) -> Any:
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


def _is_frozen(kind: type) -> bool:
    return bool(getattr(kind, "__dataclass_params__").frozen)  # noqa: B009 (unknown to typeshed)


def _named(value: object) -> Any:
    return (type(value).__qualname__, str(value))


def _opaque(value: object) -> Any:
    """What can't be looked into may have changed: it is never the same twice."""
    del value
    return os.urandom(_SIZE)
