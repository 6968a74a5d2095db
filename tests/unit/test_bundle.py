"""The style sheet: joined in the order of its layers, small, named by its content."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubric.assets.bundle import bundle_styles, hashed_name, minify_css, rubric_colours
from rubric.model.rubric import Rubric
from tests.cases import cases

STORIES = Rubric("servicestories", "#b4472e", "story", {}, {})


def test_sheets_are_joined_in_the_order_of_their_layers() -> None:
    sheets = {
        "base": "p { margin: 0 }",
        "tokens": ":root { --gap: 1rem }",
        "layers": "@layer tokens, base;",
    }
    css = bundle_styles(sheets, [STORIES])
    order = [
        css.index(part)
        for part in ("@layer tokens,base;", "@layer tokens{", "--gap", "@layer base{", "p{", "data")
    ]
    assert order == sorted(order)
    assert css.count("{") == css.count("}")


@cases(
    ("sheets", "told"),
    [
        ({}, "has no “@layer"),
        ({"layers": "/* nothing */"}, "has no “@layer"),
        ({"layers": "@layer base;"}, "without a sheet: ['base']"),
        ({"layers": "@layer base;", "base": "", "extra": ""}, "without a layer: ['extra']"),
    ],
)
def test_layers_and_sheets_must_agree(sheets: dict[str, str], told: str) -> None:
    with pytest.raises(ValueError, match="layers") as error:
        bundle_styles(sheets, [])
    assert told in str(error.value)


def test_rubric_has_its_colour() -> None:
    assert "--rubric:#b4472e" in rubric_colours([STORIES])
    assert rubric_colours([]) == ""


@cases(
    ("css", "small"),
    [
        ("a { b: c; }\n\n/* note\n more */ d > e { f: g }", "a{b: c}d > e{f: g}"),
        ("a { width: calc(1rem + 2px) }", "a{width: calc(1rem + 2px)}"),
        ("@media (min-width: 40em) { a b { c: d } }", "@media (min-width: 40em){a b{c: d}}"),
        ("a , b { c: d , e }", "a,b{c: d,e}"),
        ("a :not(b) { c: d }", "a :not(b){c: d}"),
        ("", ""),
    ],
)
def test_space_without_meaning_is_taken_out(css: str, small: str) -> None:
    assert minify_css(css) == small


@given(st.text(alphabet="ab{};:,> \n#()", max_size=80))
def test_nothing_but_space_and_last_semicolons_is_taken_out(css: str) -> None:
    def told(text: str) -> str:
        return "".join(text.split()).replace(";", "")

    assert told(minify_css(css)) == told(css)


def test_name_changes_with_the_content_alone() -> None:
    assert hashed_name("site.css", b"a") == hashed_name("site.css", b"a")
    assert hashed_name("site.css", b"a") != hashed_name("site.css", b"b")
    stem, digest, suffix = hashed_name("site.css", b"a").split(".")
    assert (stem, len(digest), suffix) == ("site", 8, "css")
    assert hashed_name("a.b.js", b"").endswith(".js")
