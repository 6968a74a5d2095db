"""The page that shows letters before they leave."""

from __future__ import annotations

from lxml import html as lxml_html

from tests.letters import render_issue
from tools.newsletter_preview import preview_page, write_preview


def test_preview_shows_both_widths_in_light_and_dark():
    letter = render_issue("ru")
    page = lxml_html.fromstring(preview_page([letter]))
    frames = page.xpath("//iframe")
    assert [frame.get("title") for frame in frames] == [
        *("390 px, light", "390 px, dark", "700 px, light", "700 px, dark"),
    ]
    assert {frame.get("sandbox") for frame in frames} == {"allow-popups"}
    assert "@media not all{" in frames[0].get("srcdoc").replace(" {", "{")
    assert "@media all{" in frames[1].get("srcdoc").replace(" {", "{")
    assert not [frame for frame in frames if "rubric-slot" in frame.get("srcdoc")]


def test_preview_shows_text_and_source_as_they_are():
    letter = render_issue("zh-hant")
    text, source = lxml_html.fromstring(preview_page([letter])).xpath("//pre")
    assert text.text_content() == letter.text
    assert source.text_content() == letter.html


def test_preview_is_written_where_told(tmp_path):
    path = write_preview(tmp_path / "new" / "folder", [render_issue("ru")])
    assert path == tmp_path / "new/folder/index.html"
    assert "Тихий понедельник" in path.read_text("utf-8")
