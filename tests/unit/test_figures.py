"""Figures, galleries and recordings that Markdown makes of images."""

from __future__ import annotations

from typing import Any

from lxml import html as lxml_html
from markdown import Markdown

import pelicanconf
from rubric.markup.figures import parse_caption
from rubric.model.references import survey
from tests.cases import cases

MARKDOWN: dict[str, Any] = pelicanconf.MARKDOWN


def convert(text: str) -> lxml_html.HtmlElement:
    page = Markdown(**MARKDOWN).convert(text)
    return lxml_html.fragment_fromstring(page, create_parent="div")


@cases(
    ("title", "caption", "credit"),
    [
        ("Our desk | Photo: Ann", "Our desk", "Photo: Ann"),
        ("Our desk", "Our desk", ""),
        ("| Photo: Ann", "", "Photo: Ann"),
        ("Tea | coffee | Photo: Ann", "Tea | coffee", "Photo: Ann"),
        ("", "", ""),
    ],
)
def test_a_title_has_a_caption_and_a_credit(title: str, caption: str, credit: str) -> None:
    assert parse_caption(title) == (caption, credit)


@cases(
    ("text", "path"),
    [
        ("![A](a.jpg)", "figure/img"),
        ("Before\n\n![A](a.jpg)\n\nAfter", "figure/img"),
        ("- ![A](a.jpg)\n- two", "ul/li/figure/img"),
        ("- ![A](a.jpg)\n  - inner", "ul/li/figure/img"),
        ("1. Text\n\n   ![A](a.jpg)", "ol/li/figure/img"),
        ("> ![A](a.jpg)", "blockquote/figure/img"),
        ("[![A](a.jpg)](b.md)", "figure/a/img"),
        ("![A][a]\n\n[a]: a.jpg", "figure/img"),
        ("Text ![A](a.jpg)", "p/img"),
        ("![A](a.jpg) text", "p/img"),
        ("- ![A](a.jpg) text", "ul/li/img"),
        ("[![A](a.jpg) text](b.md)", "p/a/img"),
    ],
)
def test_only_an_image_alone_is_a_figure(text: str, path: str) -> None:
    assert len(convert(text).xpath(f"./{path}")) == 1


def test_caption_and_credit_are_text() -> None:
    page = convert('![A](a.jpg "Tea & <b>cups</b> | Photo: *Ann*")')
    assert page.xpath("string(.//figcaption)") == "Tea & <b>cups</b> Photo: *Ann*"
    assert page.xpath("string(.//small[@class='credit'])") == "Photo: *Ann*"
    assert page.xpath("//img/@title") == []


def test_attributes_of_an_image_are_those_of_its_figure() -> None:
    (figure,) = convert("![A](a.jpg){.wide id=desk}").xpath("./figure")
    assert (figure.get("class"), figure.get("id")) == ("picture wide", "desk")


def test_several_images_are_a_gallery() -> None:
    page = convert('![A](a.jpg "First")\n![B](b.jpg)  \n[![C](c.jpg)](c.md)')
    assert len(page.xpath("./div[@class='gallery']/figure")) == 3
    assert page.xpath("string(.//figcaption)") == "First"


@cases(("file", "kind"), [("talk.mp3", "audio"), ("talk.mp4", "video"), ("/files/t.webm", "video")])
def test_recordings_are_not_loaded_before_they_are_played(file: str, kind: str) -> None:
    page = convert(f'![A talk]({file} "In May | Ann")')
    (player,) = page.xpath(f"./figure[@class='recording']/{kind}")
    assert (player.get("preload"), player.get("aria-label")) == ("none", "A talk")
    assert page.xpath("string(.//figcaption)") == "A talk In May Ann"
    assert page.xpath(".//figcaption/a/@href") == page.xpath(f".//{kind}/@src")


@cases(
    ("text", "alt"),
    [
        ("![A desk](a.jpg)", "A desk"),
        ("![](a.jpg)", None),
        ("![ ](a.jpg)", ""),
        ("Text ![](a.jpg)", None),
        ('<img src="a.jpg">', None),
        ('<img src="a.jpg" alt="">', ""),
        ('<img src="a.jpg" alt="&quot;">', '"'),
    ],
)
def test_a_missing_alternative_differs_from_an_empty_one(text: str, alt: str | None) -> None:
    (image,) = survey(Markdown(**MARKDOWN).convert(text)).images
    assert image.alt == alt
