"""Fingerprints: the same for what says the same, in any process; another for what doesn't."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from rubric.model.tracking import Tracked
from rubric.store.fingerprints import Fingerprints
from tests.building import ROOT
from tests.cases import cases

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: (
        st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(st.text(), inner, max_size=4)
    ),
    max_leaves=12,
)


@dataclass(frozen=True)
class Card:
    title: str
    tags: tuple[str, ...] = ()
    cache: dict[str, int] = field(default_factory=dict, compare=False)
    inner: Any = None


@dataclass
class Shelf(Tracked):
    key: str
    books: list[str]

    @property
    def tracking_key(self) -> str:
        return self.key


def of(value: object) -> bytes:
    return Fingerprints().of(value)


@given(value=VALUES)
def test_equal_copies_have_one_fingerprint(value: object):
    copy = eval(repr(value), {"inf": float("inf")})
    assert of(value) == of(copy)


@given(one=VALUES, two=VALUES)
def test_what_differs_differs(one: object, two: object):
    assert (of(one) == of(two)) == (repr(one) == repr(two))


@cases(
    ("one", "two"),
    [
        (1, True),
        (1, 1.0),
        ("a", b"a"),
        ("a", Markup("a")),
        ((1,), [1]),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),  # a loop shows their order
        (Card("a"), Card("b")),
        (Card("a", inner=Card("b")), Card("a", inner=Card("c"))),
        (date(2026, 1, 1), datetime(2026, 1, 1, tzinfo=UTC)),
        (
            datetime(2026, 1, 1, 6, tzinfo=UTC),
            datetime(2026, 1, 1, 11, tzinfo=ZoneInfo("Asia/Almaty")),
        ),
        (Shelf("a", []), Shelf("b", [])),
        (lambda: 1, lambda: 2),
    ],
)
def test_values_that_python_or_a_glance_take_for_one(one: object, two: object):
    assert of(one) != of(two)


def test_caches_and_the_inside_of_watched_objects_count_for_nothing():
    assert of(Card("a")) == of(Card("a", cache={"x": 1}))
    assert of(Shelf("a", ["x"])) == of(Shelf("a", ["y"]))
    assert of({"x", "y"}) == of({"y", "x"})


def test_a_circle_has_an_end():
    card = Card("a")
    object.__setattr__(card, "inner", card)
    assert of(card) == of(card)


def test_functions_count_by_what_they_hold():
    def adder(n: int) -> Any:
        return lambda x: x + n

    assert of(adder(1)) == of(adder(1))
    assert of(adder(1)) != of(adder(2))
    assert of({"a": 1}.get) != of({"a": 2}.get)


def test_catalogues_count_by_their_messages():
    one, two = GNUTranslations(), GNUTranslations()
    one._catalog, two._catalog = {"a": "b"}, {"a": "c"}  # type: ignore[attr-defined]
    assert of(one.gettext) != of(two.gettext)
    assert of(NullTranslations().gettext) == of(NullTranslations().gettext)


def test_what_cannot_be_looked_into_is_never_the_same():
    with Path(__file__).open(encoding="utf-8") as file:
        assert of(file.buffer) != of(file.buffer)


def test_another_process_finds_the_same():
    card = replace(Card("я", ("b", "a")), inner={"s": {"x", "y"}, "d": date(2026, 1, 2)})
    script = (
        "from datetime import date\nfrom tests.unit.test_fingerprints import Card, of\n"
        "card = Card('я', ('b', 'a'), inner={'s': {'y', 'x'}, 'd': date(2026, 1, 2)})\n"
        "print(of(card).hex())"
    )
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert run.stdout.strip() == of(card).hex()


_UNIT = "km"


def _far(value: int, *, sign: str = "+") -> str:
    return f"{sign}{value} {_UNIT}{_near()}"


def _near() -> str:
    return "!"


def test_a_function_is_also_what_it_names_of_its_module(monkeypatch: pytest.MonkeyPatch):
    before = of(_far)
    assert of(_far) == before
    with monkeypatch.context() as patch:
        patch.setattr(sys.modules[__name__], "_UNIT", "mi")
        assert of(_far) != before
    with monkeypatch.context() as patch:
        patch.setattr(sys.modules[__name__], "_near", lambda: "?")
        assert of(_far) != before
    with monkeypatch.context() as patch:
        patch.setattr(_far, "__kwdefaults__", {"sign": "-"})
        assert of(_far) != before
    assert of(_far) == before
