"""A language in another script and direction is an entry, a folder and a catalogue."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import feedparser
import pytest
from PIL import Image, features

from rubric.model.script import SCRIPTS
from rubric.social.font_files import find_fonts
from tests.arabic import ARABIC, SITE, TRANSLATED, build_arabic, make_catalogue, make_theme
from tests.building import Build
from tests.pages import Page, parse_html, read_feeds, read_json_feeds, read_pages

HAS_FONTS = features.check("raqm") and not find_fonts(scripts=[SCRIPTS["Arab"]]).missing(
    SCRIPTS["Arab"]
)
needs_fonts = pytest.mark.skipif(not HAS_FONTS, reason="no Noto Sans Arabic, or Pillow lacks Raqm")


@pytest.fixture(scope="module")
def theme(tmp_path_factory: pytest.TempPathFactory) -> str:
    return make_theme(tmp_path_factory.mktemp("theme"), make_catalogue())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, theme: str) -> Build:
    folder = tmp_path_factory.mktemp("arabic")
    images = {"images": True, "cache": str(folder / "cache")}
    built = build_arabic(folder, theme, SOCIAL_IMAGES=images)
    assert built.status == 0, built.told
    return built


def arabic_pages(site: Build) -> Iterator[Page]:
    for address, page in read_pages(site).items():
        if address.startswith("ar/") and not page.find('//meta[@http-equiv="refresh"]'):
            yield page


def notices(told: str) -> list[str]:
    return [line.partition("Notice: ")[2] or line for line in told.splitlines() if "ar.po" in line]


# Pages


def test_every_arabic_page_runs_from_right_to_left(site: Build):
    pages = list(arabic_pages(site))
    assert len(pages) > 15
    roots = [(page.address, dict(page.one("/html").attrib)) for page in pages]
    assert [r for r in roots if (r[1]["lang"], r[1]["dir"]) != ("ar", "rtl")] == []
    english = read_pages(site)["en/quiet-monday/"].one("/html")
    assert (english.get("lang"), english.get("dir")) == ("en", "ltr")


def test_english_on_an_arabic_page_keeps_its_direction(site: Build):
    card = read_pages(site)["ar/"].one('//main//*[@lang="en"][contains(@class, "card")]')
    assert card.get("dir") == "ltr"


def test_translated_messages_are_arabic_and_others_english(site: Build):
    page = read_pages(site)["ar/"]
    assert page.one('//a[@class="skip"]').text == TRANSLATED["Skip to content"]
    assert page.find(f'//nav//a[normalize-space()="{TRANSLATED["Events"]}"]')


def test_dates_and_numbers_are_of_cldr(site: Build):
    page = read_pages(site)["ar/quiet-monday/"]
    assert "5 نوفمبر 2026" in page.one("//time[@datetime]/text()")
    event = read_pages(site)["ar/events/meetup/"].tree.text_content()
    assert "الخميس، 10 ديسمبر 2026، 6:30 م" in event


def test_arabic_separators_part_tags(site: Build):
    links = read_pages(site)["ar/quiet-monday/"].links('//main//*[contains(@class, "tags")]//a')
    names = {link.removeprefix("ar/tags/").strip("/") for link in links}
    assert {"أسلوب", "رسائل", "هاتف"} <= names


def test_hashtags_end_at_an_arabic_comma(site: Build):
    page = read_pages(site)["ar/quiet-monday/"]
    assert page.links('//a[@class="hashtag"]') == ["ar/tags/خدمة-العملاء/", "ar/tags/شكوى/"]
    assert "ar/tags/خدمة-العملاء/" in read_pages(site)


def test_a_summary_ends_at_an_arabic_question_mark(site: Build):
    description = read_pages(site)["ar/quiet-monday/"].one('//meta[@name="description"]/@content')
    assert description.endswith("مرة أخرى؟")
    assert len(description) <= 220


def test_style_sheets_have_no_left_and_right(site: Build):
    """Logical properties, so that one style sheet serves both directions."""
    (name,) = [name for name in site.files() if name.endswith(".css") and "site" in name]
    css = site.files()[name].decode()
    side = "(?:left|right)"
    names = rf"(?:margin|padding|border|inset)-{side}|[;{{\s]{side}:"
    values = rf"(?:float|clear|text-align):\s*{side}"
    assert re.findall(f"{names}|{values}", css) == []
    assert ":dir(rtl)" in css


# Feeds and newsletters


def test_feeds_say_language_and_direction(site: Build):
    feeds = read_feeds(site)
    for address in ("ar/feed.rss.xml", "ar/feed.atom.xml"):
        parsed = feedparser.parse(feeds[address])
        assert parsed.feed.language == "ar"
        (item,) = [e for e in parsed.entries if e.title == "اثنين هادئ جدًّا"]
        html = item.content[0].value
        (root,) = parse_html(html.encode()).xpath("//body/div")
        assert dict(root.attrib) == {"lang": "ar", "dir": "rtl"}
    (item,) = [i for i in read_json_feeds(site)["ar/feed.json"]["items"] if "اثنين" in i["title"]]
    assert item["content_html"].startswith('<div lang="ar" dir="rtl">')
    english = feedparser.parse(feeds["en/feed.rss.xml"]).entries[0]
    assert "dir=" not in english.content[0].value


def test_newsletters_run_from_right_to_left(site: Build):
    folder = site.output.parent / "exports/newsletter/ar/weekly-2026-11-20"
    html = (folder / "issue.html").read_text("utf-8")
    root = parse_html(html.encode())
    assert [(e.get("lang"), e.get("dir")) for e in root.xpath("/html | //div[@lang]")] == [
        ("ar", "rtl"),
        ("ar", "rtl"),
    ]
    assert "border-right: 4px" in html
    note = root.xpath('string(//td[starts-with(@class, "note")]/@style)')
    assert "padding: 0 14px 0 0" in note
    assert "0 0 0 14px" not in note
    assert not re.search(r"border-left|align=\"right\"", html)
    assert "«" in root.xpath('string(//*[@class="quote-mark"])')


# Search


def test_arabic_has_a_stemmer_in_python_and_in_browsers(site: Build):
    index = read_index(site)
    (corpus,) = [c for c in index["corpora"] if c["lang"] == "ar"]
    assert "ArabicStemmer" in (site.output / "search/index" / corpus["stemmer"]).read_text("utf-8")


def test_words_are_indexed_without_harakat(site: Build):
    index = read_index(site)
    (corpus,) = [c for c in index["corpora"] if c["lang"] == "ar"]
    names = [corpus["shards"][at : at + 9] for at in range(0, len(corpus["shards"]), 9)]
    shards = [json.loads((site.output / f"search/index/{n}.json").read_bytes()) for n in names]
    forms = {
        form[1:] if form.startswith("=") else stem + form
        for shard in shards
        for stem, row in shard.items()
        for form in row[0].split(" ")
    }
    assert {"محمد", "العميل", "خدمه", "شكوي", "هاديء", "هادي"} & forms >= {"محمد", "العميل", "شكوي"}
    assert not [form for form in forms if re.search("[\u064b-\u0652\u0670\u0640أإآىة]", form)]


def read_index(site: Build) -> dict[str, Any]:
    form = read_pages(site)["ar/search/"].one('//form[contains(@class, "search")]')
    root: dict[str, Any] = json.loads((site.output / form.get("data-index")[1:]).read_bytes())
    return root


# Images


@needs_fonts
def test_social_images_are_drawn_from_right_to_left(site: Build):
    """The coloured edge is on the side where lines begin, and there is a title to read."""
    arabic, english = (image_of(site, f"{lang}/quiet-monday/") for lang in ("ar", "en"))
    assert arabic.getpixel((1195, 300)) == english.getpixel((5, 300))
    assert arabic.getpixel((5, 20)) != arabic.getpixel((1195, 300))
    assert ink_in(arabic, (500, 140, 1116, 500)) > 2000
    assert "No fonts" not in site.told


def image_of(site: Build, address: str) -> Image.Image:
    url = read_pages(site)[address].one('//meta[@property="og:image"]/@content')
    path = site.output / re.sub(r"^https?://[^/]+/", "", url)
    return Image.open(BytesIO(path.read_bytes())).convert("RGB")


def ink_in(image: Image.Image, box: tuple[int, int, int, int]) -> int:
    return sum(image.crop(box).convert("L").histogram()[:90])


def test_without_an_arabic_font_there_is_the_default_image(tmp_path: Path, theme: str):
    images = {"images": True, "cache": str(tmp_path / "cache"), "fonts": ["packages"]}
    if not find_fonts(["packages"], [SCRIPTS["Arab"]]).missing(SCRIPTS["Arab"]):
        pytest.skip("a font for Arabic is installed as a package")
    site = build_arabic(tmp_path, theme, SOCIAL_IMAGES=images)
    assert site.status == 0, site.told
    (line,) = [line for line in site.told.splitlines() if "No fonts" in line]
    assert "No fonts for social images in: العربية." in line
    assert "Install Noto Sans Arabic;" in line
    addresses = ("ar/", "ar/quiet-monday/", "ar/events/meetup/")
    shown = {
        read_pages(site)[address].one('//meta[@property="og:image"]/@content')
        for address in addresses
    }
    assert len(shown) == 1


# What is missing is named


def test_messages_without_translation_are_named(site: Build):
    (line,) = [line for line in site.told.splitlines() if "without a translation" in line]
    assert re.search(r"ar\.po \(العربية\) lacks \d+ of \d+: “", line)
    assert "invoke catalogues" in line


def test_a_language_without_catalogue_is_named(tmp_path: Path):
    theme = make_theme(tmp_path, None)
    site = build_arabic(tmp_path, theme)
    assert site.status == 0, site.told
    (line,) = [line for line in site.told.splitlines() if "without a translation" in line]
    assert "there is no ar.po (العربية)" in line
    assert read_pages(site)["ar/"].one('//a[@class="skip"]').text == "Skip to content"


def test_rhythms_in_words_are_shown_as_written_and_named(site: Build):
    assert "أول خميس من كل شهر، 18:30" in read_pages(site)["ar/groups/almaty/"].tree.text_content()
    (line,) = [line for line in site.told.splitlines() if "rhythms" in line.lower()]
    assert "العربية" in line


def test_a_missing_stemmer_is_named(tmp_path: Path, theme: str):
    """Kazakh has none in Snowball; Arabic and English have."""
    kazakh = {**ARABIC, "tag": "kk", "locale": "kk", "name": "Қазақша", "chain": []}
    languages = {**SITE["LANGUAGES"], "kk": kazakh}
    (tmp_path / "content/kk/posts").mkdir(parents=True)
    text = "---\ntitle: Тыныш дүйсенбі\ndate: 2026-11-01\n---\nЕшкім қоңырау шалмады.\n"
    (tmp_path / "content/kk/posts/a.md").write_text(text, "utf-8")
    site = build_arabic(tmp_path, theme, LANGUAGES=languages)
    assert site.status == 0, site.told
    (line,) = [line for line in site.told.splitlines() if "stemmer" in line]
    assert "No stemmer for the search in: Қазақша." in line
