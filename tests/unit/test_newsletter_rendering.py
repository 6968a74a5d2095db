"""Letters: HTML that mail programs hold, links that lead somewhere, texts left as written."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from rubric.model.newsletter import UNSUBSCRIBE_SLOT
from rubric.newsletter.addresses import Addresses
from rubric.newsletter.body import to_mail_html
from rubric.newsletter.colours import lighten
from rubric.newsletter.rendering import _with_charset_first, render
from rubric.newsletter.typography import typography_of
from tests.building import ROOT
from tests.cases import cases
from tests.letters import make_issue, make_localizer, make_options, make_site, render_issue

GOLDEN = ROOT / "tests/golden/newsletter"
LITERALS = '{{ name }} {% if %} *|FNAME|* {$unsubscribe} %%{x} <b> & "q"'


def links(html: str) -> list[str]:
    return [str(link) for link in lxml_html.fromstring(html).xpath("//a/@href")]


@cases("lang", ["ru", "zh-hant"])
def test_html_is_the_golden_one(lang):
    assert render_issue(lang).html == (GOLDEN / f"{lang}.html").read_text("utf-8")


def test_same_issue_gives_the_same_letter():
    first, second = render_issue("ru"), render_issue("ru")
    assert (first.html, first.text) == (second.html, second.text)


@cases(("lang", "tag"), [("ru", "ru"), ("zh-hant", "zh-Hant")])
def test_language_and_direction_stand_on_the_page_and_inside_of_it(lang, tag):
    """Webmail drops <html>."""
    page = lxml_html.fromstring(render_issue(lang).html)
    assert (page.get("lang"), page.get("dir")) == (tag, "ltr")
    assert page.xpath("//body/div[@dir='ltr']/@lang") == [tag]


def test_no_comment_reaches_the_letter():
    assert "<!--" not in render_issue("ru").html


def test_own_links_are_absolute_and_marked_once():
    own = [url for url in links(render_issue("ru").html) if "/ru/tea/" in url]
    assert own
    for url in own:
        assert url.startswith("https://circle.example/blog/ru/tea/?")
        assert parse_qs(urlsplit(url).query) == {
            "utm_source": ["newsletter"],
            "utm_medium": ["email"],
            "utm_campaign": ["weekly-ru-7"],
        }
    assert any(urlsplit(url).fragment == "why" for url in own)


def test_other_links_calendars_and_slots_are_not_marked():
    urls = links(render_issue("ru").html)
    assert "https://tickets.example/evening?x=1&y=2" in urls
    assert "https://books.example/p?a=1" in urls
    assert "https://circle.example/blog/ru/events/meetup/event.ics" in urls
    assert urls.count(UNSUBSCRIBE_SLOT) == 1


def test_without_marks_links_are_bare():
    assert not [url for url in links(render_issue("ru", utm={}).html) if "utm_" in url]


@cases(
    ("url", "with_utm"),
    [
        ("https://a.example/b/x/?q=1#f", "https://a.example/b/x/?q=1&utm_source=n#f"),
        ("https://a.example/b", "https://a.example/b?utm_source=n"),
        ("https://a.example/b/x/?utm_source=o", "https://a.example/b/x/?utm_source=o"),
        ("https://a.example/b/map.pdf", "https://a.example/b/map.pdf"),
        ("https://a.example/bb/", "https://a.example/bb/"),
        ("https://a.example.org/b/", "https://a.example.org/b/"),
        ("mailto:x@a.example", "mailto:x@a.example"),
        ("{{ tag }}", "{{ tag }}"),
    ],
)
def test_marks_keep_query_and_fragment(url, with_utm):
    assert Addresses(make_site("https://a.example/b"), {"source": "n"}).with_utm(url) == with_utm


def test_feedback_names_issue_list_and_language():
    urls = [url for url in links(render_issue("zh-hant").html) if "rating=" in url]
    queries = [parse_qs(urlsplit(url).query) for url in urls]
    assert [query["rating"] for query in queries] == [[str(n)] for n in range(1, 6)]
    assert {urlsplit(url).path for url in urls} == {"/blog/zh-hant/newsletter/thanks/"}
    assert all(
        (query["issue"], query["list"], query["lang"])
        == (["tuesday"], ["weekly-zh-hant"], ["zh-Hant"])
        for query in queries
    )


def test_own_collector_of_feedback_keeps_its_query():
    html = render_issue("ru", feedback_url="https://poll.example/?p=9").html
    assert "https://poll.example/?p=9&issue=tuesday&list=weekly-ru&lang=ru&rating=5" in links(html)


def test_browser_link_is_the_archive():
    archive = "https://circle.example/blog/ru/newsletter/tuesday/"
    assert archive in links(render_issue("ru").html)


def test_picture_fits_the_letter():
    (image,) = lxml_html.fromstring(render_issue("ru").html).xpath("//img")
    assert image.get("src") == "https://circle.example/blog/images/tea.jpg"
    assert (image.get("width"), image.get("height")) == ("536", "302")
    assert image.get("alt") == "Чайник 茶壺"


def test_cancelled_event_says_so_and_offers_nothing():
    html = render_issue("ru").html
    assert "Отменено" in html
    assert not [url for url in links(html) if "workshop/event.ics" in url]


def test_event_without_time_left_takes_no_registrations():
    issue = make_issue("ru")
    late = replace(issue, date=issue.events[1].listing.event.starts_at)
    html = render(late, make_site(), make_localizer("ru"), make_options()).html
    assert "https://tickets.example/evening?x=1&y=2" not in links(html)


def test_whole_texts_take_the_place_of_excerpts():
    issue = make_issue("ru")
    whole = replace(issue, list=replace(issue.list, is_full=True))
    rendering = render(whole, make_site(), make_localizer("ru"), make_options())
    assert "Целиком 全文 #x" in lxml_html.fromstring(rendering.html).text_content()
    assert "Целиком 全文 #x" in rendering.text
    assert "Начальник купил" not in rendering.html


@cases("place", ["subject", "body", "note", "title", "venue"])
def test_author_s_slot_is_refused(place):
    issue = make_issue("ru")
    entry = issue.posts[0].listing.entry
    if place == "subject":
        issue = replace(issue, subject=f"x {UNSUBSCRIBE_SLOT}")
    elif place == "body":
        issue.entry.html = issue.entry.body + UNSUBSCRIBE_SLOT
    elif place == "note":
        issue = replace(issue, posts=(replace(issue.posts[0], note=UNSUBSCRIBE_SLOT),))
    elif place == "title":
        entry.title = UNSUBSCRIBE_SLOT
    else:
        event = issue.events[0].listing.event
        issue.events[0].listing.entry.event = replace(
            event, place=replace(event.place, venue=UNSUBSCRIBE_SLOT)
        )
    with pytest.raises(ValueError, match=r"^content/ru/.*\.md: contains “rubric-slot-.*Remove it"):
        render(issue, make_site(), make_localizer("ru"), make_options())


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), max_size=40))
def test_whatever_a_title_holds_readers_see_it(nasty):
    """Also template marks: providers' exports escape them, so they stay as they are here."""
    title = f"A {LITERALS}{nasty} Z"
    issue = make_issue("ru")
    issue.posts[0].listing.entry.title = title
    issue = replace(issue, subject=title, preheader=title)
    rendering = render(issue, make_site(), make_localizer("ru"), make_options())
    page = lxml_html.fromstring(rendering.html)
    assert page.xpath("//td/h2")[0].text_content() == title
    assert page.xpath("//title")[0].text_content() == title
    assert "".join(title.split()) in "".join(rendering.text.split())  # lines may break in it
    assert rendering.subject == title
    assert not page.xpath("//b")


def test_body_keeps_what_is_escaped():
    body = to_mail_html(
        "<p>&lt;b&gt; &#123;&#123; x }} <a href='/r?a=1&amp;b=2' id='q'>y</a><br/></p>",
        page="ru/x/",
        addresses=Addresses(make_site("https://a.example")),
        measure=lambda path: None,
        width=500,
    )
    assert body == ('<p>&lt;b&gt; {{ x }} <a href="https://a.example/r?a=1&amp;b=2">y</a><br></p>')


def test_body_has_no_template_syntax_in_names() -> None:
    body = to_mail_html(
        "<p {{x}} {%y%} lang=ru>z<!-- c --></p>",
        page="ru/x/",
        addresses=Addresses(make_site("https://a.example")),
        measure=lambda path: None,
        width=500,
    )
    assert body == '<p lang="ru">z</p>'


def test_anchors_lead_to_the_page_they_stand_on():
    body = to_mail_html(
        '<a href="#fn:1">1</a>',
        page="ru/x/",
        addresses=Addresses(make_site("https://a.example")),
        measure=lambda path: None,
        width=500,
    )
    assert body == '<a href="https://a.example/ru/x/#fn:1">1</a>'


def test_colours_in_the_dark_are_lighter_but_not_white():
    assert lighten("#000000") == "#7a7a7a"
    assert lighten("#ffffff") == "#ffffff"


@cases(("tag", "quote"), [("ru-KZ", "«"), ("zh-Hant-TW", "｢"), ("en", "“")])
def test_type_follows_the_language(tag, quote):
    assert typography_of(tag).quote == quote


def test_templates_speak_through_the_catalogue():
    """No word of a language stands in a template itself."""

    class Words(HTMLParser):
        found = ""

        def handle_data(self, data):
            self.found += data

    for path in sorted((ROOT / "theme/templates/newsletter").glob("*.html")):
        code = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
        source = code.sub("", path.read_text("utf-8"))
        reader = Words()
        reader.feed(source)
        assert re.findall(r"[^\W\d_]+", reader.found.replace("\u034f", "")) == [], path.name


@cases("lang", ["ru", "zh-hant"])
def test_encoding_is_declared_where_browsers_look_for_it(lang):
    """In the first 1,024 bytes, and once."""
    page = render_issue(lang).html.encode()
    assert b'<meta charset="utf-8">' in page[:1024]
    assert page.count(b"charset") == 1


@cases(
    "head",
    ["<head>", "<HEAD lang=ru>", '<head><meta charset="UTF-8">', "<head>\n<meta CHARSET=utf-8 >"],
)
def test_declared_encoding_moves_before_style_sheets(head):
    page = f"<!doctype html><html>{head}<style>{'x' * 2000}</style></head><body>я</body></html>"
    moved = _with_charset_first(page).encode()
    assert b'<meta charset="utf-8">' in moved[:1024]
    assert moved.lower().count(b"charset") == 1
