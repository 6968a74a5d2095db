"""SVG and HTML files that could run scripts are errors; drawings without them are published."""

from __future__ import annotations

import gzip
from itertools import pairwise

import pytest

from rubric.files.publishing import to_publish
from rubric.files.rejection import FileRejected
from tests.cases import cases

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">\n{}</svg>'
)
XHTML = 'xmlns:h="http://www.w3.org/1999/xhtml"'


@cases(
    "inner",
    [
        "<script>alert(1)</script>",
        '<script xlink:href="https://example.org/x.js"/>',
        f"<h:script {XHTML}>alert(1)</h:script>",
        '<rect onload="alert(1)"/>',
        '<rect ONCLICK="alert(1)"/>',
        '<a xlink:href="javascript:alert(1)"><text>x</text></a>',
        '<a href=" java&#10;script:alert(1)"><text>x</text></a>',
        '<a href="&#106;avascript:alert(1)"><text>x</text></a>',
        '<a href="data:text/html,&lt;script&gt;"><text>x</text></a>',
        '<use href="data:image/svg+xml;base64,AAAA#x"/>',
        '<set attributeName="onmouseover" to="alert(1)"/>',
        '<a><animate attributeName="href" values="#;javascript:alert(1)"/></a>',
        f'<foreignObject><h:iframe {XHTML} src="x"/></foreignObject>',
        f'<foreignObject><h:embed {XHTML} src="x"/></foreignObject>',
        f'<foreignObject><h:img {XHTML} src="x" onerror="alert(1)"/></foreignObject>',
        '<handler type="text/javascript">alert(1)</handler>',
    ],
)
def test_a_drawing_with_a_script_is_an_error(inner: str):
    with pytest.raises(FileRejected, match="has a script") as caught:
        to_publish("images/logo.svg", SVG.format(inner).encode())
    assert caught.value.line == 2


@cases(
    ("data", "problem"),
    [
        (b"<svg><rect></svg>", "is not well-formed XML: mismatched tag"),
        (b"", "is not well-formed XML"),
        (b"\x89PNG", "is not well-formed XML"),
        (SVG.format("&unknown;").encode(), "is not well-formed XML: undefined entity"),
        (
            b'<?xml-stylesheet type="text/xsl" href="x.xsl"?>' + SVG.format("").encode(),
            "a style sheet that may be a program",
        ),
        (
            b"<!DOCTYPE svg [<!ENTITY a '<script/>'>]>" + SVG.format("&a;").encode(),
            "has a script",
        ),
        (SVG.format("<script/>").encode("utf-16"), "has a script"),
    ],
)
def test_a_drawing_that_hides_something_is_an_error(data: bytes, problem: str):
    with pytest.raises(FileRejected, match=problem):
        to_publish("images/logo.SVG", data)


def test_a_drawing_of_endless_entities_is_an_error():
    names = "abcdefghij"
    entities = "".join(
        f"<!ENTITY {name} '{f'&{before};' * 10}'>" for before, name in pairwise(names)
    )
    bomb = f"<!DOCTYPE svg [<!ENTITY a '{'x' * 100}'>{entities}]>" + SVG.format("&j;")
    with pytest.raises(FileRejected, match="is not well-formed XML"):
        to_publish("images/logo.svg", bomb.encode())


@cases(
    "inner",
    [
        '<rect width="9" style="fill: red"/>',
        "<style>rect { fill: red }</style>",
        '<a href="https://example.org/?x=javascript"><text>javascript: the good parts</text></a>',
        '<image href="data:image/png;base64,AAAA"/>',
        '<image href="data:image/svg+xml;base64,AAAA"/>',
        '<use href="#a"/>',
        f"<foreignObject><h:div {XHTML}>A label</h:div></foreignObject>",
        '<animate attributeName="x" values="0;9"/>',
        "<metadata>one = two</metadata>",
        "<text>&lt;script&gt;</text>",
    ],
)
def test_a_drawing_without_scripts_is_published_as_it_is(inner: str):
    data = SVG.format(inner).encode()
    assert to_publish("images/logo.svg", data) == data


def test_a_compressed_drawing_is_an_error():
    with pytest.raises(FileRejected, match="is compressed"):
        to_publish("images/logo.svgz", gzip.compress(SVG.format("").encode()))


@cases(
    "text",
    [
        "<script>alert(1)</script>",
        "<SCRIPT SRC=x></SCRIPT>",
        "<!-- <script>x</script> -->",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href='javascript:alert(1)' href='/en/'>x</a>",
        "<iframe src=/en/></iframe>",
        "<object data=x></object>",
        "<base href=https://example.org>",
        "<meta http-equiv=refresh content='0; url=javascript:alert(1)'>",
        "<form action=javascript:alert(1)>",
    ],
)
def test_a_page_with_a_script_is_an_error(text: str):
    with pytest.raises(FileRejected, match="has a script"):
        to_publish("images/page.html", f"<!doctype html>\n<p>x</p>{text}".encode())


def test_a_page_in_utf_16_is_an_error():
    with pytest.raises(FileRejected, match="is not UTF-8"):
        to_publish("images/page.htm", "<script>alert(1)</script>".encode("utf-16"))


def test_a_page_without_scripts_is_published():
    data = b"<!doctype html><title>google-site-verification</title><p>one = two</p>"
    assert to_publish("google1234.html", data) == data
