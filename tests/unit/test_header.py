"""Front matter as written: nothing is guessed, nothing lost, nothing explodes."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubric.reading.header import parse_header
from rubric.reading.source import Problem
from tests.cases import cases


def yaml(*lines: str) -> str:
    return "\n".join(["---", *lines, "---", "Body.\n"])


@cases(
    "value",
    [
        "18:30",
        "NO",
        "no",
        "yes",
        "on",
        "2026",
        "007",
        "1e3",
        "0x1F",
        "1_000",
        "~",
        "null",
        "true",
        ".inf",
        "2026-11-05",
        "2026-11-05 18:30",
        "52.5200",
        "12:30:45",
        "=",
        "<<",
        "Ёж",
        "服务",
    ],
)
def test_value_stays_the_text_that_was_written(value: str) -> None:
    """YAML 1.1 makes 18:30 a number of seconds, NO a falsehood, and 007 seven."""
    header = parse_header(yaml(f"title: {value}", f"tags: [{value}]"))
    assert header.fields == {"title": value, "tags": [value]}


def test_yaml_lists_and_maps_hold_text() -> None:
    header = parse_header(yaml("tags:", "  - NO", "  - 18:30", "links: {a: 1}", 'by: "#x: y"'))
    assert header.fields == {"tags": ["NO", "18:30"], "links": {"a": "1"}, "by": "#x: y"}


def test_block_text_is_kept_with_hashes_in_it() -> None:
    header = parse_header(yaml("quote: |", "  One #two", "  three", "by: Ada"))
    assert header.fields == {"quote": "One #two\nthree\n", "by": "Ada"}


def test_fields_know_their_lines() -> None:
    header = parse_header(yaml("title: A", "tags:", "  - desk", "Date: 2026-09-07"))
    assert header.lines == {"title": 2, "tags": 3, "date": 5}


def test_body_begins_under_the_front_matter() -> None:
    assert parse_header("---\ntitle: A\n---\n\nBody.\n\n---\n\nMore.\n").body == (
        "\nBody.\n\n---\n\nMore.\n"
    )
    assert parse_header("---\ntitle: A\n...\nBody.").body == "Body."
    assert parse_header("---\n---\nBody.").fields == {}


def test_note_in_yaml_is_left_out() -> None:
    header = parse_header(yaml("# a note", "title: A # another", "#status: draft"))
    assert header.fields == {"title": "A"}


@cases(
    ("lines", "line"),
    [
        (["tags: #desk"], 2),
        (["title: A", "tags: [desk, #phone]"], 3),
        (["tags:", "  - desk", "  - #phone"], 4),
        (["title: Quiet #Monday"], 2),
        (["title: День #сервис"], 2),
    ],
)
def test_hashtag_that_yaml_would_drop_is_refused(lines: list[str], line: int) -> None:
    with pytest.raises(Problem) as caught:
        parse_header(yaml(*lines))
    assert "would be ignored" in caught.value.problem
    assert caught.value.line == line


@cases("title", ["C#", "C#1", "Answer#1", "'#desk'", '"#desk"'])
def test_hash_that_yaml_keeps_is_no_mistake(title: str) -> None:
    assert parse_header(yaml(f"title: {title}")).fields["title"] == title.strip("'\"")


def test_pelican_header_is_read() -> None:
    text = "Title: Quiet: a Monday\nDate: 2026-09-07 18:30\nTags: NO, desk\n\nBody: text.\n"
    header = parse_header(text)
    assert header.fields == {
        "title": "Quiet: a Monday",
        "date": "2026-09-07 18:30",
        "tags": "NO, desk",
    }
    assert header.lines == {"title": 1, "date": 2, "tags": 3}
    assert header.body == "\nBody: text.\n"


def test_pelican_header_continues_on_indented_lines() -> None:
    header = parse_header("Title: A\nSummary: One\n    and two.\nImage-Alt: desk\n\nBody.")
    assert header.fields == {"title": "A", "summary": "One and two.", "image_alt": "desk"}


def test_text_without_front_matter_is_all_body() -> None:
    text = "Nobody called until ten.\n\nTitle: no.\n"
    header = parse_header(text)
    assert header.fields == {}
    assert header.body == text


def test_header_alone_has_an_empty_body() -> None:
    assert parse_header("Title: A\nDate: 2026-09-07").body == ""


@cases(
    ("text", "line", "told"),
    [
        ("---\ntitle: A\n", 1, "no end"),
        ("---", 1, "no end"),
        (yaml("title: a: b"), 2, "can't be read"),
        (yaml("title: A", "\tdate: x"), 3, "can't be read"),
        (yaml("title: [a"), 2, "can't be read"),
        (yaml("- a"), 2, "does not consist of fields"),
        (yaml("just words"), 2, "does not consist of fields"),
        (yaml("[a]: b"), 2, "without a name"),
        (yaml("title: A", "Title: B"), 3, "is set twice, first on line 2"),
        ("Title: A\nDate: x\ntitle: B\n\nBody.", 3, "is set twice, first on line 1"),
        (yaml("title: A", "tags: &a [x]"), 3, "begins with &"),
        (yaml("title: *a"), 2, "begins with *"),
        (yaml("title: !!python/object:os.system x"), 2, "begins with !"),
        (yaml("title: A", f"summary: {'x' * 70_000}"), 1, "too long"),
    ],
)
def test_mistake_is_told_with_its_line(text: str, line: int, told: str) -> None:
    with pytest.raises(Problem) as caught:
        parse_header(text)
    assert told in caught.value.problem
    assert caught.value.line == line
    assert caught.value.fix


def test_billion_laughs_are_refused_before_they_start() -> None:
    bomb = ["a: &a [lol, lol]"]
    bomb += [
        f"{name}: &{name} [{', '.join([f'*{last}'] * 9)}]"
        for last, name in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    with pytest.raises(Problem, match="begins with &"):
        parse_header(yaml(*bomb))


@cases(
    "value",
    ["[" * 30_000, "[" * 30_000 + "]" * 30_000, "{a: " * 9_000 + "}" * 9_000],
)
def test_deep_nesting_is_refused_before_it_exhausts_the_stack(value: str) -> None:
    """libyaml composes by recursion; at this depth the whole process would die."""
    with pytest.raises(Problem, match="lists in lists"):
        parse_header(yaml(f"tags: {value}"))


TEXT = st.text() | st.text(alphabet="---\n :#&*!|>[]{},'\"\t?%@`aбé\u200d")


@given(TEXT)
def test_any_front_matter_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(Problem):
        parse_header(f"---\n{text}\n---\nBody.")


@given(TEXT)
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(Problem):
        header = parse_header(text)
        assert header.fields.keys() == header.lines.keys()
        assert header.body in text


@given(st.text(alphabet=st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1))
def test_quoted_value_comes_back_as_written(value: str) -> None:
    quoted = value.replace("'", "''")
    assert parse_header(yaml(f"title: '{quoted}'")).fields == {"title": value}


LINES = st.lists(
    st.tuples(
        st.sampled_from(["title", "tags", "by", "Date", "a b", ""]),
        st.text(alphabet=": [],'\"\\{}-?|>%@`\tab1é服", max_size=12),
    ).map(": ".join),
    max_size=4,
)


@given(LINES)
def test_plain_fields_are_read_as_all_others(lines: list[str]) -> None:
    """A note of its own line says nothing, but makes the header one that is looked through."""

    def read(*more: str) -> object:
        try:
            header = parse_header(yaml(*lines, *more))
        except Problem:
            return None
        return header.fields, header.lines

    assert read() == read("# note")


def test_toml_is_read_as_yaml_is() -> None:
    text = '+++\ntitle = "A"\nDate = 2020-04-03\ntags = ["a", "b"]\nweight = 3\n'
    text += 'draft = true\n\n[cover]\nimage = "a.png"\n+++\n18:30 doors\n'
    header = parse_header(text)
    assert header.fields == {
        "title": "A",
        "date": "2020-04-03",
        "tags": ["a", "b"],
        "weight": "3",
        "draft": "true",
        "cover": {"image": "a.png"},
    }
    assert header.lines["cover"] == 8
    assert header.lines["date"] == 3
    assert header.body == "18:30 doors\n"


@cases(
    ("text", "line", "problem"),
    [
        ('+++\ntitle = "A"\n', 1, "the front matter has no end."),
        ("+++\ntitle = A\n+++\n", 2, "the TOML can't be read: Invalid value."),
        ('+++\ntitle = "A"\ntitle = "B"\n+++\n', 1, "read: Cannot overwrite a value."),
        ("+++\ntitle = " + "[" * 5000 + "\n+++\n", 1, "the TOML can't be read"),
    ],
)
def test_mistake_in_toml_is_reported(text: str, line: int, problem: str) -> None:
    with pytest.raises(Problem) as raised:
        parse_header(text)
    assert problem in raised.value.problem
    assert raised.value.line == line
