"""Encodes values as MessagePack, and decodes them as an expected type.

A codec handles one type: plain values, dates and times, tuples, mappings, and records (named
tuples, dataclasses, pydantic models) of these. The reader states the type; the data contains no
type names. Decoding imports nothing and calls only constructors of these records. Data that does
not match the type is rejected.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, time, timedelta, timezone
from functools import cache, cached_property
from operator import attrgetter
from types import MappingProxyType, NoneType, UnionType
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    Generic,
    Literal,
    NamedTuple,
    TypedDict,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)
from zoneinfo import ZoneInfo

from msgspec import Meta, Raw
from msgspec.msgpack import Decoder, Encoder

from rubric.model.moment import load_zone

if TYPE_CHECKING:  # not needed by builds without changes
    from pydantic import BaseModel

T = TypeVar("T")

Instant = Annotated[datetime, Meta(tz=True)]
"""A time that is decoded as UTC."""

_PLAIN = (str, int, float, bool, bytes, None, NoneType, date, time, timedelta)
_MICROSECOND = timedelta(microseconds=1)
_LOCAL = Annotated[datetime, Meta(tz=False)]

_Convert = Callable[[Any], Any]


class ById(NamedTuple):
    """Stores values by an ID. `find` raises KeyError for an unknown ID."""

    id_of: Callable[[Any], str]
    find: Callable[[str], Any]


class Types(NamedTuple):
    """Types that differ between sites.

    `models` maps a pydantic model to the models that a field with this annotation may contain.
    Values of the types in `by_id` are stored by ID only.
    """

    models: Mapping[type[BaseModel], Sequence[type[BaseModel]]] = MappingProxyType({})
    by_id: Mapping[type, ById] = MappingProxyType({})


PLAIN = Types()
"""The types that all sites have."""


class Invalid(ValueError):
    """The data is not an encoded value of the expected type."""


class _Form(NamedTuple):
    """How values of a type are encoded.

    `wire` is the type that msgspec encodes; `dump` and `load` convert values to it and back. They
    are None if no conversion is needed.
    """

    wire: Any
    dump: _Convert | None = None
    load: _Convert | None = None


@dataclass(eq=False)
class Codec(Generic[T]):
    """Converts values of one type to bytes and back."""

    kind: type[T]
    types: Types = PLAIN

    def encode(self, value: T) -> bytes:
        """Return the encoded value. Raises TypeError if it cannot be encoded."""
        dump, encoder = self._form.dump, self._encoder
        return encoder.encode(dump(value) if dump else value)

    def decode(self, content: bytes | memoryview) -> T:
        """Decode a value. Raises Invalid if the data does not match the type."""
        try:
            found = self._decoder.decode(content)
            load = self._form.load
            value: T = load(found) if load else found
        except Exception as error:
            raise Invalid(str(error)) from error
        return value

    @cached_property
    def _form(self) -> _Form:
        return _form_of(self.kind, self.types)

    @cached_property
    def _decoder(self) -> Decoder[Any]:
        return Decoder(self._form.wire)

    @cached_property
    def _encoder(self) -> Encoder:
        return Encoder()


def codec_of(kind: type[T]) -> Codec[T]:
    """Return the codec of a type; it is created once."""
    hashable: Any = kind
    codec: Codec[T] = _codec_of(hashable)
    return codec


@cache
def _codec_of(kind: Any) -> Codec[Any]:
    return Codec(kind)


def _form_of(kind: Any, types: Types) -> _Form:
    parts = get_args(kind)
    if get_origin(kind) is Annotated:
        is_plain = any(isinstance(note, Meta) for note in parts[1:])
        return _Form(kind) if is_plain else _form_of(parts[0], types)
    if (not parts and kind in _PLAIN) or get_origin(kind) is Literal:
        return _Form(kind)
    if kind is datetime:
        return _Form(tuple[_LOCAL, bool, str | int], _dump_time, _load_time)
    if kind is ZoneInfo:
        return _Form(str, attrgetter("key"), load_zone)
    form = _collection(get_origin(kind), parts, types) if parts else _record(kind, types)
    if form is None:
        raise TypeError(f"{kind} cannot be stored.")
    return form


def _collection(origin: Any, parts: Sequence[Any], types: Types) -> _Form | None:
    if origin in (Union, UnionType):
        return _union([each for each in parts if not getattr(each, "_is_protocol", False)], types)
    if origin is tuple and parts[-1] is not ...:
        return _fixed(tuple, None, [_form_of(part, types) for part in parts])
    if origin in (tuple, list, frozenset):
        return _many(origin, _form_of(parts[0], types))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping(*(_form_of(part, types) for part in parts))
    return None


def _record(kind: Any, types: Types) -> _Form | None:
    if not isinstance(kind, type):
        return None
    if kind in types.by_id:
        return _Form(str, *types.by_id[kind])
    if is_dataclass(kind):
        return _dataclass(kind, types)
    if hasattr(kind, "__pydantic_fields__"):
        model: Any = kind
        return _models(types.models.get(model, (model,)), types)
    make: _Convert | None = getattr(kind, "_make", None)
    if not issubclass(kind, tuple) or make is None:
        return None
    hints = get_type_hints(kind, include_extras=True)
    own = [_form_of(hints[name], types) for name in getattr(kind, "_fields", ())]
    is_plain = not any(form.dump for form in own)
    return _Form(kind) if is_plain else _fixed(make, None, own)


def _generic(origin: Any, *parts: Any) -> Any:
    """Return `origin[parts]` for types that are only known at run time."""
    return origin[parts]


def _union(parts: Sequence[Any], types: Types) -> _Form:
    forms = [_form_of(part, types) for part in parts]
    wire = _generic(Union, *(form.wire for form in forms))
    converted = [form for form in forms if form.dump]
    if not converted:
        return _Form(wire)
    if len(forms) > 2 or NoneType not in parts:
        raise TypeError(f"{parts} cannot be distinguished when decoded.")
    dump, load = converted[0].dump, converted[0].load
    assert dump
    assert load
    return _Form(
        wire,
        lambda value: None if value is None else dump(value),
        lambda value: None if value is None else load(value),
    )


def _many(make: Callable[[Any], Any], item: _Form) -> _Form:
    dump, load = item.dump, item.load
    if dump is None or load is None:
        return _Form(_generic(make, item.wire, *([...] if make is tuple else [])))
    return _Form(
        _generic(list, item.wire),
        lambda values: [dump(value) for value in values],
        (lambda values: tuple([load(value) for value in values]))
        if make is tuple
        else (lambda values: make(map(load, values))),
    )


def _mapping(key: _Form, item: _Form) -> _Form:
    if key.dump:
        raise TypeError("keys of stored mappings must be plain values.")
    wire = _generic(dict, key.wire, item.wire)
    dump, load = item.dump, item.load
    if dump is None or load is None:
        return _Form(wire)
    return _Form(
        wire,
        lambda values: {key: dump(value) for key, value in values.items()},
        lambda values: {key: load(value) for key, value in values.items()},
    )


def _fixed(make: _Convert, take: _Convert | None, forms: Sequence[_Form]) -> _Form:
    """Encode a record as a tuple; `take` returns its values, `make` creates a record from them."""
    wire = _generic(tuple, *(form.wire for form in forms))
    dumps = [(place, form.dump) for place, form in enumerate(forms) if form.dump]
    loads = [(place, form.load) for place, form in enumerate(forms) if form.load]
    if not dumps:
        return _Form(wire, take, None if make is tuple else make)

    def dump(value: Any) -> list[Any]:
        values = list(take(value) if take else value)
        for place, convert in dumps:
            values[place] = convert(values[place])
        return values

    def load(found: Any) -> Any:
        values = list(found)
        for place, convert in loads:
            values[place] = convert(values[place])
        return make(values)

    return _Form(wire, dump, load)


def _dataclass(kind: Any, types: Types) -> _Form:
    hints, own = get_type_hints(kind, include_extras=True), fields(kind)
    names = [each.name for each in own]
    is_simple = all(each.init and not each.kw_only for each in own)
    if is_simple and not hasattr(kind, "__post_init__"):
        make: _Convert = lambda values: kind(*values)  # noqa: E731
    else:
        # Fields that `__post_init__` computes are stored, too.
        def make(values: Any) -> Any:
            put, record = object.__setattr__, kind.__new__(kind)
            for name, value in zip(names, values, strict=True):
                put(record, name, value)
            return record

    take: _Convert = attrgetter(*names)
    if len(names) == 1:
        take = lambda value: (getattr(value, names[0]),)  # noqa: E731
    return _fixed(make, take, [_form_of(hints[name], types) for name in names])


class _Model:
    """Encodes a validated pydantic model: only the fields that were set."""

    def __init__(self, kind: type[BaseModel], types: Types) -> None:
        forms = {n: _form_of(each.annotation, types) for n, each in kind.model_fields.items()}
        typed_dict: Any = TypedDict
        wire = typed_dict(kind.__name__, {n: f.wire for n, f in forms.items()}, total=False)
        self.kind, self.decoder = kind, Decoder(wire)
        self.name = f"{kind.__module__}.{kind.__qualname__}"
        self.dumps = {name: form.dump for name, form in forms.items() if form.dump}
        self.loads = {name: form.load for name, form in forms.items() if form.load}
        own = kind.model_fields.items()
        self.required = {name for name, each in own if each.is_required()}
        self.defaults = {name: each.get_default(call_default_factory=True) for name, each in own}

    def dump(self, value: BaseModel) -> tuple[str, dict[str, Any]]:
        given = {name: getattr(value, name) for name in sorted(value.model_fields_set)}
        for name in self.dumps.keys() & given.keys():
            given[name] = self.dumps[name](given[name])
        return self.name, given

    def load(self, content: Raw) -> BaseModel:
        given = self.decoder.decode(content)
        if not self.required <= given.keys():
            raise Invalid(f"{self.name} lacks a field.")
        for name in self.loads.keys() & given.keys():
            given[name] = self.loads[name](given[name])
        model = self.kind.__new__(self.kind)
        model.__setstate__(
            {
                "__dict__": {**self.defaults, **given},
                "__pydantic_fields_set__": set(given),
                "__pydantic_extra__": None,
                "__pydantic_private__": None,
            }
        )
        return model


def _models(kinds: Sequence[type[BaseModel]], types: Types) -> _Form:
    """Encode one of several models with its name."""
    by_kind = {kind: _Model(kind, types) for kind in kinds}
    by_name = {model.name: model for model in by_kind.values()}

    def load(found: tuple[str, Raw]) -> BaseModel:
        return by_name[found[0]].load(found[1])

    return _Form(tuple[str, Raw], lambda value: by_kind[type(value)].dump(value), load)


def _dump_time(value: datetime) -> tuple[datetime, bool, str | int]:
    zone, local = value.tzinfo, value.replace(tzinfo=None, fold=0)
    if isinstance(zone, ZoneInfo):
        return local, bool(value.fold), zone.key
    if isinstance(zone, timezone):
        return local, bool(value.fold), zone.utcoffset(None) // _MICROSECOND
    raise TypeError(f"{value!r} has a time zone that cannot be stored.")


def _load_time(found: tuple[datetime, bool, str | int]) -> datetime:
    local, fold, place = found
    zone = load_zone(place) if isinstance(place, str) else timezone(place * _MICROSECOND)
    return local.replace(tzinfo=zone, fold=fold)
