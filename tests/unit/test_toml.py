"""The locks' own way to write TOML is read as TOML is."""

from __future__ import annotations

import tomllib
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubric.model.toml import dumps, line_of, loads
from tests.cases import cases


def quote(text: str) -> str:
    """A text as `dumps` writes it."""
    return dumps({"": {"a": text}}).removeprefix('\n[""]\na = ').removesuffix("\n")


NAMES = st.sampled_from(["address", "title", "sequence"])
TEXTS = st.text(st.characters(codec="utf-8"), max_size=12)
VALUES = st.one_of(
    TEXTS.map(quote),
    st.lists(TEXTS.map(quote), max_size=3).map(lambda items: f"[{', '.join(items)}]"),
    st.sampled_from(["true", "false", "0", "12", "2026-11-22T09:30:00Z"]),
    st.datetimes().map(lambda moment: f"{moment.replace(microsecond=0).isoformat()}+05:30"),
)
LINES = st.one_of(
    TEXTS.map(lambda key: f"[{quote(key)}]"),
    st.tuples(NAMES, VALUES).map(" = ".join),
    st.sampled_from(["", "# note", "# “note”\ttab", "[bare]", "a.b = 1", "x = '''", "\x00", "  "]),
    st.text(alphabet='[]"= #\\abc019-:TZ.\t\r', max_size=16),
)
DOCUMENTS = st.lists(LINES, max_size=8).map(lambda lines: "".join(f"{line}\n" for line in lines))


def told(read: Any, text: str) -> Any:
    """What is read, or how it is refused."""
    try:
        return read(text)
    except tomllib.TOMLDecodeError as error:
        return str(error)


@given(DOCUMENTS)
def test_any_document_is_read_or_refused_as_by_tomllib(text: str) -> None:
    assert told(loads, text) == told(tomllib.loads, text)


@cases(
    "value",
    [
        "2026-02-30T09:30:00Z",
        "2026-11-22T24:00:00Z",
        "2026-11-22T09:30:00+24:00",
        "2026-11-22T09:30:00.5Z",
        "2026-11-22 09:30:00Z",
        "00",
        "-1",
        "1_000",
        "12345678901234567890",
        '["a",]',
        '["a" , "b"]',
        '"\\u0041"',
        '"tab\t"',
    ],
)
def test_what_locks_never_write_is_left_to_tomllib(value: str) -> None:
    text = f'["a"]\nname = {value}\n'
    assert told(loads, text) == told(tomllib.loads, text)


def test_moments_know_their_zone() -> None:
    read = loads('["a"]\nat = 2026-11-22T09:30:00+05:00\n')
    assert read == {"a": {"at": datetime.fromisoformat("2026-11-22T09:30:00+05:00")}}


def test_a_block_or_field_that_stands_twice_is_refused() -> None:
    for text in ('["a"]\n["a"]\n', '["a"]\nx = 1\nx = 2\n'):
        with pytest.raises(tomllib.TOMLDecodeError):
            loads(text)


def test_quotes_in_one_title_do_not_send_the_whole_lock_to_tomllib(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given: list[str] = []
    read = tomllib.loads

    def note(text: str) -> dict[str, Any]:
        given.append(text)
        return read(text)

    monkeypatch.setattr("rubric.model.toml.tomllib.loads", note)
    title = 'She said: "Tea!" \\ and left'
    text = "".join(f'["{n}"]\ntitle = {quote(title if n == 7 else "Tea")}\n' for n in range(9))
    assert loads(text)["7"] == {"title": title}
    assert [len(one.splitlines()) for one in given] == [1]


@given(
    st.dictionaries(
        TEXTS, st.dictionaries(NAMES, st.one_of(TEXTS, st.booleans(), st.lists(TEXTS))), max_size=4
    )
)
def test_whatever_is_written_is_read_again(blocks: dict[str, dict[str, Any]]) -> None:
    text = dumps(blocks)
    assert loads(text) == blocks == tomllib.loads(text)
    for key, block in blocks.items():
        for name in block:
            line = text.split("\n")[line_of(text, key, name) - 1]
            assert line.startswith(f"{name} = ")


def test_half_a_character_can_be_written() -> None:
    assert loads(dumps({"a": {"title": "x\ud83d"}})) == {"a": {"title": "x?"}}


def test_times_and_lists_are_one_line_each() -> None:
    block = {
        "at": datetime.fromisoformat("2026-11-22T09:30:00+00:00"),
        "starts": datetime.fromisoformat("2026-11-22T09:30:00+05:00"),
        "former": ["/a/", "/b/"],
    }
    assert dumps({"a b": block}) == (
        '\n["a b"]\nat = 2026-11-22T09:30:00Z\nstarts = 2026-11-22T09:30:00+05:00\n'
        'former = ["/a/", "/b/"]\n'
    )
