"""Links, names and marks of texts that are right, as pages, feeds and the search show them."""

from __future__ import annotations

from pathlib import Path
from unicodedata import normalize

import pytest

from tests.building import Build, build, write_site
from tests.cases import cases
from tests.pages import parse_html, read_json_feeds, read_pages, write_text
from tests.test_site_links import dead_links

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'
RIGHT_LINKS = """\
[a text](second.md#closing), [a tag](/en/tags/desk/), [a feed](/en/feed.rss.xml),
[a tag's feed](/en/tags/desk/feed.atom.xml), [a calendar](/en/events/calendar.ics), [an
event](/en/events/meetup/event.ics), [a former address](/old/second/), [no slash](/en/second),
[a page's file](/en/second/index.html), [beside this page](../second/), [as text](../second),
[home](/), [a query](second.md?from=here#closing), [a list](/en/events/), [top](#top).[^1]

[a file](plan.pdf), [percent](%D0%BF%D0%BB%D0%B0%D0%BD%20B.pdf), [sign](100%.pdf),
[download](/files/any.thing), [readme](/files/README.md), [a subscription](webcal://example.org/a),
[mail](mailto:a@example.org), [phone](tel:+77001234567)

<p><a href="second.md#closing">A text</a> <a href='plan.pdf'>a file</a> <A HREF=plan.pdf>b</A>
<img src="photo.svg" srcset="photo.svg 1x, /images/desk.svg 2x" alt="Desk"></p>

<video src="clip.mp4" poster="/images/desk.svg" controls></video>

<script type="application/ld+json">{"@context": "https://schema.org"}</script>

<form action="/en/search/"><input name="q"></form>

#desk

[^1]: A note.
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Build:
    event = {"start": "2026-12-10 18:30", "timezone": "Asia/Almaty", "city": "Almaty"}
    second = write_text("Second", "Text #desk.\n\n## Closing\n", aliases=["/old/second/"])
    files = {
        "en/posts/first.md": write_text("First", RIGHT_LINKS),
        "en/posts/second.md": second,
        "en/events/meetup.md": write_text("Meetup", "Come.", country="KZ", **event),
        "en/posts/note.md": write_text("Note", "We moved [^1], gladly.[^b] It helped.[^1]\n\n"
            "[^1]: To the window.\n[^b]: Very."),
        "zh-hans/posts/zhuo.md": write_text("桌子", "服务第一。[^a]客户第二。\n\n[^a]: 注。"),
        "ru/posts/keycap.md": write_text("Знак", "Рубрики: #️⃣новости, а так #⃣тоже и #E_ и #E."),
        **dict.fromkeys(("en/posts/plan.pdf", "en/posts/план B.pdf", "en/posts/100%.pdf"), "PDF"),
        **dict.fromkeys(("files/any.thing", "files/README.md", "en/posts/clip.mp4"), "Bytes"),
        **dict.fromkeys(("en/posts/photo.svg", "images/desk.svg"), SVG),
    }  # fmt: skip
    folder = tmp_path_factory.mktemp("references")
    built = build(write_site(folder, files), folder / "output")
    assert built.status == 0, built.told
    return built


def test_right_links_of_every_form_are_accepted(site: Build) -> None:
    """Servers redirect from an address without a slash; `#top` is the top of every page."""
    assert {link for _, link in dead_links(site)} == {"/en/second", "#top"}


def test_links_in_html_are_resolved_as_those_in_markdown(site: Build) -> None:
    page = read_pages(site)["en/first/"]
    assert page.find('//a[text()="A text"]/@href') == ["/en/second/#closing"]
    assert page.find('//a[text()="a file"]/@href') == ["/en/posts/plan.pdf"] * 2
    assert page.find('//a[text()="b"]/@href') == ["/en/posts/plan.pdf"]
    assert page.find('//img[@alt="Desk"]/@srcset') == [
        "/en/posts/photo.svg 1x, /images/desk.svg 2x"
    ]
    assert page.find("//video/@src") == ["/en/posts/clip.mp4"]


def test_downloads_of_any_type_are_published(site: Build) -> None:
    files = site.files()
    assert files["files/any.thing"] == files["files/README.md"] == b"Bytes"


def test_every_url_of_a_feed_is_absolute(site: Build) -> None:
    """Feed readers know no address that `srcset` could be relative to."""
    feed = read_json_feeds(site)["en/feed.json"]
    items = feed["items"]
    (content,) = [item["content_html"] for item in items if item["title"] == "First"]
    html = parse_html(content)
    urls = html.xpath("//@href | //@src | //@poster")
    for value in html.xpath("//@srcset"):
        urls += [candidate.split()[0] for candidate in value.split(", ")]
    assert len(urls) > 20
    assert [url for url in urls if not url.startswith(("http", "mailto:", "tel:", "webcal:"))] == []
    host = feed["home_page_url"].removesuffix("/en/")
    assert f"{host}/images/desk.svg 2x" in html.xpath("//@srcset")[0]


def test_footnote_marks_are_no_part_of_summaries(site: Build) -> None:
    for name, data in site.files().items():
        if name.startswith(("en/feed", "zh-hans/feed", "theme/")):
            continue
        text = data.decode("utf-8", errors="replace")
        assert "moved1" not in text, name
        assert "gladly.2" not in text, name
        assert "第一。1" not in text, name
    page = read_pages(site)["en/note/"]
    assert page.find('//meta[@name="description"]/@content') == ["We moved, gladly. It helped."]
    assert read_pages(site)["zh-hans/zhuo/"].find('//meta[@name="description"]/@content') == [
        "服务第一。客户第二。"
    ]


def test_search_has_footnotes_without_their_marks(site: Build) -> None:
    """The text of a note is found; its number and the arrow back are not shown."""
    index = "".join(
        data.decode() for name, data in site.files().items() if "/search/" in f"/{name}"
        and name.endswith(".json")
    )  # fmt: skip
    assert "To the window." in index
    assert "↩" not in index
    assert "gladly.2" not in index


def test_keycap_of_a_hash_stays_as_written(site: Build) -> None:
    page = read_pages(site)["ru/keycap/"]
    (paragraph,) = [text for text in page.texts("//p") if text.startswith("Рубрики")]
    assert paragraph == "Рубрики: #️⃣новости, а так #⃣тоже и #E_ и #E."
    assert page.texts('//p//a[@class="hashtag"]') == ["#E_", "#E"]
    assert {"ru/tags/e/", "ru/tags/e_/"} <= read_pages(site).keys()


def nfd(text: str) -> str:
    return normalize("NFD", text)


NAMES = ["чай", "ёлка", "café", "tiếng-việt", "がぎぐ"]


@pytest.fixture(scope="module")
def macos_site(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """A folder whose names are in NFD, as archives and disks of macOS have them."""
    links = "".join(f"[{name}]({name}.md), ![{name}](/images/{name}.svg)\n" for name in NAMES)
    links += "[percent](%D0%B8%CC%86од.md) [folder](../posts/йод/в-папке.md#й)\n"
    files = {
        "en/posts/links.md": write_text("Links", links, image="images/чай.svg", image_alt="Чай"),
        nfd("en/posts/йод.md"): write_text("Iodine", nfd("Text #йод.")),
        nfd("en/posts/йод/в-папке.md"): write_text("Folder", nfd("## Й\n\nText #йод.")),
        nfd("en/groups/йога.md"): write_text("Yoga", "We meet.", city="Almaty", country="KZ",
            timezone="Asia/Almaty"),
        "en/posts/about.md": write_text("About", "Text.", group="йога", authors=["Зоя Ёлкина"]),
        "authors.toml": nfd('["зоя"]\nname.en = "Зоя Ёлкина"\n'),
        **{nfd(f"en/posts/{name}.md"): write_text(name, "Text.") for name in NAMES},
        **{nfd(f"images/{name}.svg"): SVG for name in NAMES},
    }  # fmt: skip
    folder = tmp_path_factory.mktemp("macos")
    built = build(write_site(folder, files), folder / "output")
    assert built.status == 0, built.told
    return built


@cases("name", NAMES)
def test_names_are_compared_and_published_in_nfc(macos_site: Build, name: str) -> None:
    files = macos_site.files()
    assert f"en/{name}/index.html" in files
    assert f"images/{name}.svg" in files


def test_links_to_names_in_nfd_lead_somewhere(macos_site: Build) -> None:
    assert dead_links(macos_site) == set()
    assert [name for name in macos_site.files() if name != normalize("NFC", name)] == []


def test_tags_authors_and_groups_are_compared_in_nfc(macos_site: Build) -> None:
    pages = read_pages(macos_site)
    assert "en/tags/йод/" in pages
    assert "en/authors/зоя/" in pages
    assert "About" in " ".join(pages["en/groups/йога/"].texts("//main//a"))


def test_errors_show_names_in_nfc(tmp_path: Path) -> None:
    text = write_text("A", "[b](нет.md)")
    result = build(write_site(tmp_path, {nfd("ru/posts/чай.md"): text}), tmp_path / "output")
    line = result.told.splitlines()[1]
    assert line.startswith("content/ru/posts/чай.md:")
    assert "“нет.md”, which doesn't exist" in line
