"""A mapping that forgets what was put in first."""

from __future__ import annotations

from rubric.model.bounded_dict import BoundedDict


def test_it_holds_the_latest():
    known = BoundedDict[str, int](2)
    for number, name in enumerate("abc"):
        known[name] = number
    assert known == {"b": 1, "c": 2}


def test_what_is_put_in_again_takes_no_place():
    known = BoundedDict[str, int](2)
    known["a"], known["b"], known["b"] = 1, 2, 3
    assert known == {"a": 1, "b": 3}
