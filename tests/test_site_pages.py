"""What pages say: about themselves, each other, and the texts they show."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import html5lib
import pytest
from PIL import Image

import pelicanconf
from rubric.model.typography import plain_spaces
from tests.building import SITE, Build, build, write_site
from tests.cases import cases
from tests.pages import (
    LANGUAGES,
    SITEURL,
    Page,
    address_of,
    invalid_pages,
    languages,
    parse_xml,
    read_feeds,
    read_pages,
    write_text,
)

RUBRICS = (SITE / "rubrics.toml").read_text("utf-8")
ENTRY = "//article[starts-with(@class, 'entry')]"
EDITIONS = pelicanconf.EDITIONS
TAGS = {lang: options["tag"] for lang, options in LANGUAGES.items()}

CARD_TITLES = "//main//*[contains(@class, 'card-title')]"


def site_of(folder: Path, files: dict[str, str], **settings) -> Build:
    """Build a small site and see that it was built."""
    site = build(write_site(folder, files), folder / "output", **settings)
    assert site.status == 0, site.told
    return site


def words_of(site: Build, word: str) -> set[str]:
    """The files a word is told in."""
    return {name for name, data in site.files().items() if word.encode() in data}


def tag_pages(site: Build, lang: str) -> set[str]:
    """The slugs of an edition's tag pages."""
    found = (re.fullmatch(f"{lang}/tags/([^/]+)/", address) for address in read_pages(site))
    return {match[1] for match in found if match}


# HTML ----------------------------------------------------------------------------------


def test_every_page_is_valid_html(own_site: Build):
    assert invalid_pages(own_site) == {}


def test_no_id_stands_twice_on_a_page(own_site: Build):
    for page in read_pages(own_site).values():
        ids = page.find("//@id")
        assert len(ids) == len(set(ids)), page.address


def test_every_page_has_one_main_heading(own_site: Build):
    counts = {page.address: len(page.find("//h1")) for page in read_pages(own_site).values()}
    assert {address: count for address, count in counts.items() if count != 1} == {}


def heads(site: Build) -> list[Page]:
    """Every page that is shown; redirects are left at once."""
    pages = read_pages(site).values()
    return [page for page in pages if not page.find('//meta[@http-equiv="refresh"]')]


def same_titles(site: Build) -> dict[tuple[str, str], list[str]]:
    """Addresses of pages of one language that share a title and aren't fallbacks."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for page in heads(site):
        if not page.is_fallback and not page.address.endswith("404.html"):
            found[page.lang, page.one("//head/title").text].append(page.address)
    return {key: addresses for key, addresses in found.items() if len(addresses) > 1}


def test_every_page_has_a_title_and_a_description(own_site: Build):
    for page in heads(own_site):
        assert page.one("//head/title").text.strip()
        assert page.one('//meta[@name="description"]/@content').strip(), page.address
        assert all(
            text.strip() for text in page.find('//meta[@property="og:description"]/@content')
        )


def test_no_two_pages_have_the_same_title(own_site: Build):
    assert same_titles(own_site) == {}


NAMESAKES = {
    "rubrics.toml": """[events]
colour = "#0d6558"
icon = "event"
label = {en = "Events", ru = "События", zh-hans = "活动", zh-hant = "活動"}
""",
    "en/posts/one.md": write_text("One", tags=["events", "Singapore", "Archive", "Ann"]),
    "en/posts/by-ann.md": write_text("Two", authors=["Ann"]),
    **{f"en/posts/{n}.md": write_text(f"Post {n}", tags=["many"]) for n in range(5)},
    "en/groups/one.md": write_text("City", city="Singapore", country="SG"),
    "en/groups/two.md": write_text("Land", city="London", country="GB"),
    "en/groups/three.md": write_text(
        "Lake", city="London", country="CA", latitude=43, longitude=-81
    ),
}


def test_namesakes_have_different_titles(tmp_path):
    """A rubric and a section, a tag and a place, a country and its city, pages of one list."""
    site = site_of(tmp_path, NAMESAKES, EDITIONS={**EDITIONS, "page_size": 2})
    assert same_titles(site) == {}
    titles = {page.address: page.one("//head/title").text for page in heads(site)}
    headings = {page.address: page.texts("//h1") for page in heads(site)}
    assert titles["en/events/"].startswith("Events — ")
    assert titles["en/tags/events/"].startswith("Events (#events) — ")
    assert titles["en/tags/singapore/"].startswith("#Singapore — ")
    assert titles["en/places/sg/"].startswith("Singapore — ")
    assert titles["en/places/singapore/"].startswith("Singapore, Singapore — ")
    assert titles["en/tags/many/page/2/"].startswith("#many — Page 2 — ")
    assert titles["en/authors/ann/"].startswith("Ann — ")
    assert headings["en/tags/events/"] == ["Events"]
    assert headings["en/places/singapore/"] == ["Singapore"]


def test_browsers_find_an_icon_at_the_root(own_site: Build):
    icon = own_site.files()["favicon.ico"]
    with Image.open(BytesIO(icon)) as image:
        assert image.format == "ICO"
        assert {(16, 16), (32, 32), (48, 48)} <= image.info["sizes"]
    for page in heads(own_site):
        (ico, svg) = page.links('//link[@rel="icon"]')
        assert ico == "favicon.ico"
        assert svg in own_site.files()


def test_an_icon_of_the_content_replaces_the_theme_s(tmp_path):
    (tmp_path / "content/images").mkdir(parents=True)
    (tmp_path / "content/images/own.ico").write_bytes(b"own")
    settings = {"EXTRA_PATH_METADATA": {"images/own.ico": {"path": "favicon.ico"}}}
    site = site_of(tmp_path, {"en/posts/p.md": write_text("P")}, **settings)
    assert site.files()["favicon.ico"] == b"own"


def test_a_text_without_words_has_a_description(tmp_path):
    site = site_of(tmp_path, {"en/posts/photo.md": write_text("Photo", "")})
    page = read_pages(site)["en/photo/"]
    assert page.one('//meta[@name="description"]/@content') == "Service Circle: Photo"


def test_notes_end_with_one_full_stop(tmp_path):
    """A month in Russian ends with a full stop of its own: «ноябрь 2023 г.»."""
    settings = {"EDITIONS": {**EDITIONS, "old_after_days": 365}}
    answers = {f"{lang}/pages/faq.md": write_text("FAQ", "## A?\n\nB.", kind="faq", tags=["a"])
               for lang in LANGUAGES}  # fmt: skip
    old = {f"{lang}/posts/{tag}.md": write_text("Old", "Text", date="2023-11-05", tags=[tag])
           for lang in LANGUAGES for tag in ("a", "b")}  # fmt: skip
    site = site_of(tmp_path, answers | old, **settings)
    for lang in LANGUAGES:
        for address in (f"{lang}/a/", f"{lang}/b/"):
            (note,) = read_pages(site)[address].texts('//*[@class="notice"]')
            assert "2023" in note
            assert not re.search(r"[.。…:：]\s*[.。]", note), note


def test_pictures_have_alternative_text(tmp_path):
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'
    text = write_text(
        "Picture", "![In the text](/images/a.svg)", image="images/a.svg", image_alt="Big"
    )
    site = site_of(tmp_path, {"images/a.svg": svg, "en/posts/p.md": text})
    pictures = read_pages(site)["en/p/"].find("//article//img")
    assert [img.get("alt") for img in pictures] == ["Big", "In the text"]


def test_pages_keep_the_place_of_pictures(tmp_path):
    """In texts and above them; a picture that changes its size changes its pages."""
    (tmp_path / "content/images").mkdir(parents=True)
    files = {
        "en/posts/p.md": write_text(
            "P", "![In](/images/in.png)", image="images/top.jpg", image_alt="Top"
        ),
        "en/pages/q.md": write_text("Q", '<img src="/images/in.png" width="5" alt="">'),
    }
    Image.new("RGB", (64, 48)).save(tmp_path / "content/images/top.jpg")
    for width in (40, 20):
        Image.new("RGB", (width, 30)).save(tmp_path / "content/images/in.png")
        pages = read_pages(site_of(tmp_path, files))
        images = pages["en/p/"].find("//article//img")
        assert [(i.get("width"), i.get("height")) for i in images] == [
            ("64", "48"),
            (str(width), "30"),
        ]
        (own,) = pages["en/q/"].find("//article//img")
        assert (own.get("width"), own.get("height")) == ("5", None)


# Languages -----------------------------------------------------------------------------


def test_a_page_is_in_the_language_of_its_address(own_site: Build):
    for page in read_pages(own_site).values():
        html = page.one("/html")
        assert html.get("lang") == TAGS[page.lang or "en"], page.address
        assert html.get("dir") == "ltr"


def test_a_fallback_carries_the_language_of_its_text(own_site: Build):
    fallbacks = [page for page in read_pages(own_site).values() if page.is_fallback]
    assert fallbacks
    for page in fallbacks:
        original = TAGS[page.canonical.partition("/")[0]]
        assert page.one("//h1").get("lang") == original
        bodies = page.find(f"{ENTRY}//*[@class='prose'] | {ENTRY}/figure/blockquote")
        assert bodies
        assert {body.get("lang") for body in bodies} == {original}, page.address


def test_a_card_of_another_language_says_so(own_site: Build):
    """In an edition's lists, titles of texts of another language carry its tag."""
    seen = set()
    for page in read_pages(own_site).values():
        for link in page.find('//*[contains(@class, "card-title")]//a'):
            target = read_pages(own_site)[address_of(link.get("href"))]
            lang = link.xpath("string(ancestor-or-self::*[@lang][1]/@lang)")
            assert lang == TAGS[target.canonical.partition("/")[0]], (page.address, target.address)
            seen.add(lang != TAGS[page.lang])
    assert seen == {True, False}


@pytest.fixture(scope="module")
def arabic_site(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """English texts that an Arabic edition shows in full."""
    arabic = {
        "tag": "ar",
        "locale": "ar",
        "name": "العربية",
        "site_name": "دائرة الخدمة",
        "tagline": "قصص.",
        "dir": "rtl",
        "fallback": "full",
        "chain": ["en"],
    }
    settings = {"en": LANGUAGES["en"] | {"chain": ["ar"]}, "ar": arabic}
    event = {"start": "2027-01-10 18:00", "timezone": "Asia/Almaty", "city": "Almaty"}
    files = {
        "en/posts/post.md": write_text("Post", summary="About."),
        "en/posts/quote.md": write_text("Quote", "Own words.", quote="Said.", by="Somebody"),
        "en/events/event.md": write_text("Event", **event),
        "en/groups/group.md": write_text("Group", city="Almaty"),
        "en/pages/about.md": write_text("Page"),
        "ar/posts/own.md": write_text("نص"),
    }
    folder = tmp_path_factory.mktemp("arabic")
    return site_of(folder, files, LANGUAGES=settings, NEWSLETTER={})


def test_an_edition_written_from_right_to_left_says_so(arabic_site: Build):
    assert read_pages(arabic_site)["ar/"].one("/html").get("dir") == "rtl"
    assert read_pages(arabic_site)["en/"].one("/html").get("dir") == "ltr"


@cases("kind", ["post", "quote", "event", "group", "about"])
def test_a_text_from_left_to_right_keeps_its_direction_there(arabic_site: Build, kind: str):
    """Every element in another language than its page also has that language's direction."""
    folder = {"event": "events/", "group": "groups/"}.get(kind, "")
    page = read_pages(arabic_site)[f"ar/{folder}{kind}/"]
    foreign = page.find('//main//*[@lang="en"]')
    assert {el.tag for el in foreign} >= {"h1", "div"}
    assert [el.tag for el in foreign if el.get("dir") != "ltr" and el.tag != "a"] == []


def test_pages_name_all_their_translations_and_no_more(own_site: Build):
    """Translations lie at the same address below each language: texts, tags and lists alike."""
    pages = read_pages(own_site)
    versions: dict[str, dict[str, str]] = defaultdict(dict)
    for page in pages.values():
        if page.lang and page.is_indexed:
            versions[page.rest][str(TAGS[page.lang])] = f"{SITEURL}/{page.address}"
    assert {len(group) for group in versions.values()} == {1, 2, 3, 4}
    for page in pages.values():
        if page.lang and page.is_indexed:
            named = {
                lang: address_of(href) for lang, href in page.alternates if lang != "x-default"
            }
            expected = {lang: address_of(url) for lang, url in versions[page.rest].items()}
            assert named == expected, page.address


def test_alternate_links_are_reciprocal_absolute_and_lead_to_pages(own_site: Build):
    pages = read_pages(own_site)
    for page in pages.values():
        if not page.alternates:
            continue
        langs = [lang for lang, _ in page.alternates]
        assert len(langs) == len(set(langs))
        assert langs.count("x-default") == 1, page.address
        for lang, href in page.alternates:
            assert href.startswith(f"{SITEURL}/")
            assert ".." not in href
            target = pages[address_of(href)]
            assert target.is_indexed
            assert not target.is_fallback
            if lang != "x-default":
                assert dict(target.alternates) == dict(page.alternates), page.address
        assert page.address in {address_of(href) for _, href in page.alternates}


def test_the_default_of_home_pages_is_the_language_chooser(own_site: Build):
    pages = read_pages(own_site)
    for address in ("", *(f"{lang}/" for lang in LANGUAGES)):
        named = dict(pages[address].alternates)
        assert named["x-default"] == f"{SITEURL}/"
        assert set(named) == {*TAGS.values(), "x-default"}


def test_the_default_of_a_text_is_the_first_language_it_has(own_site: Build):
    pages = read_pages(own_site)
    assert dict(pages["ru/angry-review/"].alternates)["x-default"] == f"{SITEURL}/en/angry-review/"
    assert dict(pages["ru/night-shift-tea/"].alternates)["x-default"] == (
        f"{SITEURL}/ru/night-shift-tea/"
    )


def test_a_fallback_leaves_search_engines_to_the_original(own_site: Build):
    pages = read_pages(own_site)
    fallbacks = [page for page in pages.values() if page.is_fallback]
    assert {page.lang for page in fallbacks} == {"zh-hant"}
    for page in fallbacks:
        assert page.alternates == [], page.address
        assert not page.is_indexed
        original = pages[page.canonical]
        assert original.canonical == original.address
        assert original.is_indexed


def test_canonical_links_are_absolute_and_encoded(own_site: Build):
    for page in read_pages(own_site).values():
        href = page.one('//link[@rel="canonical"]/@href')
        assert href.startswith(f"{SITEURL}/")
        assert href.isascii()


def test_not_found_pages_are_not_indexed(own_site: Build):
    pages = [page for page in read_pages(own_site).values() if page.address.endswith("404.html")]
    assert len(pages) == len(LANGUAGES) + 1
    for page in pages:
        assert not page.is_indexed
        assert page.alternates == []


def test_the_switcher_leads_to_the_same_page_or_else_home(own_site: Build):
    pages = read_pages(own_site)
    outcomes = set()
    for page in pages.values():
        if not page.lang:
            continue
        expected = {
            lang: f"{lang}/{page.rest}" if f"{lang}/{page.rest}" in pages else f"{lang}/"
            for lang in LANGUAGES
        }
        assert page.language_links == expected, page.address
        outcomes |= {target == f"{lang}/{page.rest}" for lang, target in expected.items()}
    assert outcomes == {True, False}


def test_the_switcher_marks_the_language_one_reads(own_site: Build):
    for page in read_pages(own_site).values():
        if page.lang:
            current = page.one('//*[contains(@class, "languages")]//*[@aria-current]')
            assert current.get("data-language") == page.lang


def test_names_of_languages_in_the_switcher_are_in_their_language(own_site: Build):
    for page in read_pages(own_site).values():
        for link in page.find('//*[contains(@class, "languages")]//a'):
            lang = link.get("data-language")
            assert link.get("lang") == link.get("hreflang") == TAGS[lang]
            assert link.text_content().startswith(LANGUAGES[lang]["name"])


# Fallback ------------------------------------------------------------------------------

LONELY = {
    "en/posts/lonely.md": write_text("Lonely", tags=["alone"], summary="Nobody translated it."),
    "ru/posts/other.md": write_text("Другое"),
}


def test_hide_shows_nothing_of_other_languages(tmp_path):
    site = site_of(tmp_path, LONELY, LANGUAGES=languages(ru={"fallback": "hide"}))
    pages = read_pages(site)
    told = {name for name in words_of(site, "Lonely") if name.startswith("ru/")}
    assert told == set()
    assert "ru/lonely/" not in pages
    assert tag_pages(site, "ru") == set()
    assert pages["en/lonely/"].language_links["ru"] == "ru/"


def test_list_shows_a_card_that_leads_to_the_original(tmp_path):
    site = site_of(tmp_path, LONELY, LANGUAGES=languages(ru={"fallback": "list"}))
    pages = read_pages(site)
    assert "en/lonely/" in pages["ru/"].links("//*[contains(@class, 'card-title')]/a")
    assert "ru/lonely/" not in pages
    assert pages["ru/tags/alone/"].links("//*[contains(@class, 'card-title')]/a") == ["en/lonely/"]
    assert pages["en/lonely/"].language_links["ru"] == "ru/"


def test_full_shows_the_original_on_a_page_of_the_edition(tmp_path):
    site = site_of(tmp_path, LONELY, LANGUAGES=languages(ru={"fallback": "full"}))
    pages = read_pages(site)
    assert "ru/lonely/" in pages["ru/"].links("//*[contains(@class, 'card-title')]/a")
    page = pages["ru/lonely/"]
    assert page.one("/html").get("lang") == "ru"
    assert page.one("//h1").get("lang") == "en"
    assert page.canonical == "en/lonely/"
    assert page.links('//*[@class="notice"]/a') == ["en/lonely/"]
    assert pages["en/lonely/"].language_links["ru"] == "ru/lonely/"


def test_a_fallback_is_in_no_feed_of_the_edition(tmp_path):
    site = site_of(tmp_path, LONELY, LANGUAGES=languages(ru={"fallback": "full"}))
    feeds = {name for name in read_feeds(site) if name in words_of(site, "Lonely")}
    assert feeds
    assert {name.partition("/")[0] for name in feeds} == {"en"}


@pytest.fixture(scope="module")
def chained_site(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Texts in fewer and fewer languages of zh-hant's chain zh-hans, en, ru."""
    files = {}
    for name, langs in {"a": "zh-hans en ru", "b": "en ru", "c": "ru", "d": "zh-hant ru"}.items():
        for lang in langs.split():
            files[f"{lang}/posts/{name}.md"] = write_text(f"{name} {lang}")
    return site_of(tmp_path_factory.mktemp("chain"), files)


@cases(("name", "lang"), [("a", "zh-hans"), ("b", "en"), ("c", "ru"), ("d", "zh-hant")])
def test_a_chain_finds_the_nearest_language(chained_site: Build, name: str, lang: str):
    page = read_pages(chained_site)[f"zh-hant/{name}/"]
    assert page.canonical == f"{lang}/{name}/"
    assert page.texts("//h1") == [f"{name} {lang}"]


def test_each_edition_lists_a_text_once(chained_site: Build):
    for lang in LANGUAGES:
        titles = read_pages(chained_site)[f"{lang}/"].texts(CARD_TITLES)
        assert sorted(title[0] for title in titles) == ["a", "b", "c", "d"], lang


def test_a_fallback_leaves_the_address_to_a_text_of_the_edition(tmp_path):
    """Two different texts may have the same slug in two languages."""
    files = {
        "en/posts/about-tea.md": write_text("English tea", slug="tea"),
        "zh-hant/posts/tea.md": write_text("茶"),
    }
    pages = read_pages(site_of(tmp_path, files))
    assert pages["zh-hant/tea/"].texts("//h1") == ["茶"]
    assert set(pages["zh-hant/"].links("//*[contains(@class, 'card-title')]/a")) == {
        "zh-hant/tea/",
        "en/tea/",
    }


# What is published ---------------------------------------------------------------------

PUBLISHED = int(datetime.fromisoformat("2026-12-01T10:00+05:00").timestamp())
TIMED = {
    "en/posts/timed.md": write_text("Timed", "See #inside.\n\n#later", date="2026-12-01 10:00"),
    "en/posts/early.md": write_text("Early", "See #inside."),
}


def test_a_second_before_its_time_a_post_is_a_draft(tmp_path):
    site = site_of(tmp_path, TIMED, now=PUBLISHED - 1)
    assert words_of(site, "Timed") == {
        "en/drafts/index.html",
        "en/drafts/posts/timed/index.html",
    }
    assert tag_pages(site, "en") == {"inside"}
    page = read_pages(site)["en/drafts/posts/timed/"]
    assert not page.is_indexed
    assert page.alternates == []


def test_at_its_time_it_is_published(tmp_path):
    site = site_of(tmp_path, TIMED, now=PUBLISHED)
    pages = read_pages(site)
    assert "en/timed/" in pages["en/"].links("//*[contains(@class, 'card-title')]/a")
    assert not [address for address in pages if "/drafts/" in address]
    assert tag_pages(site, "en") == {"inside", "later"}
    assert "Timed" in read_feeds(site)["en/feed.rss.xml"].decode()
    assert pages["en/timed/"].is_indexed


@pytest.fixture(scope="module")
def unlisted_site(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """One post that is listed and others that must not be."""
    event: dict[str, Any] = {"start": "2027-01-10 18:00", "timezone": "Asia/Almaty"}
    hidden: dict[str, Any] = {"tags": ["secretly"], "authors": ["Nobody Known"], "series": "Parts"}
    files = {
        "en/posts/shown.md": write_text("Shown", "See #openly.", series="Parts"),
        "en/posts/draft.md": write_text("Unlisted draft", "#secretly", status="draft", **hidden),
        "en/posts/hidden.md": write_text("Unlisted hidden", status="hidden", **hidden),
        "en/posts/future.md": write_text("Unlisted future", date="2099-01-01", **hidden),
        "en/posts/undated.md": "---\ntitle: Unlisted undated\n---\n#secretly\n",
        "en/events/draft.md": write_text("Unlisted event", status="draft", **event),
        "en/pages/unlisted.md": write_text("Unlisted page", status="hidden"),
        "ru/posts/shown.md": write_text("Unlisted translation", status="draft"),
        "zh-hans/posts/draft.md": write_text("已发布", tags=["公开"]),
    }
    return site_of(tmp_path_factory.mktemp("unlisted"), files)


def test_drafts_hidden_and_future_texts_are_told_on_their_own_page_alone(unlisted_site: Build):
    assert words_of(unlisted_site, "Unlisted") == {
        "en/drafts/posts/draft/index.html",
        "en/drafts/posts/future/index.html",
        "en/drafts/posts/undated/index.html",
        "en/drafts/events/draft/index.html",
        "en/drafts/index.html",
        "en/hidden/index.html",
        "en/unlisted/index.html",
        "ru/drafts/index.html",
        "ru/drafts/posts/shown/index.html",
    }


@cases(
    ("address", "title"),
    [
        ("en/drafts/posts/draft/", "Unlisted draft"),
        ("en/drafts/posts/undated/", "Unlisted undated"),
        ("en/drafts/events/draft/", "Unlisted event"),
        ("ru/drafts/posts/shown/", "Unlisted translation"),
        ("en/hidden/", "Unlisted hidden"),
        ("en/unlisted/", "Unlisted page"),
    ],
)
def test_an_unlisted_text_has_its_page(unlisted_site: Build, address: str, title: str):
    page = read_pages(unlisted_site)[address]
    assert page.texts("//h1") == [title]
    assert page.canonical == address
    assert not page.is_indexed
    assert page.alternates == []


def test_tag_and_author_pages_exist_exactly_where_posts_do(unlisted_site: Build):
    assert tag_pages(unlisted_site, "en") == {"openly"}
    assert tag_pages(unlisted_site, "zh-hans") == {"openly", "公开"}
    assert not [address for address in read_pages(unlisted_site) if "/authors/" in address]


def test_an_unpublished_translation_is_no_alternate(unlisted_site: Build):
    pages = read_pages(unlisted_site)
    assert set(dict(pages["en/shown/"].alternates)) == {"en", "x-default"}
    assert pages["en/shown/"].language_links["ru"] == "ru/"
    assert set(dict(pages["zh-hans/draft/"].alternates)) == {"zh-Hans", "x-default"}


def test_own_tag_pages_exist_exactly_where_posts_do(own_site: Build):
    """A tag page lists something, and whatever a text is tagged with has its page."""
    pages = read_pages(own_site)
    for lang in LANGUAGES:
        for slug in tag_pages(own_site, lang):
            page = pages[f"{lang}/tags/{slug}/"]
            assert page.find('//article[contains(@class, "card")]'), page.address
    for page in pages.values():
        for link in page.links('//ul[@class="tags"]//a | //a[@class="hashtag"]'):
            assert link in pages, page.address


# Tags, quotes, series, pages of lists ---------------------------------------------------


@pytest.fixture(scope="module")
def tagged_site(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Hashtags in texts, quotations and what only looks like one."""
    files = {
        "rubrics.toml": RUBRICS,
        "en/posts/tagged.md": write_text(
            "Tagged",
            "Ask #Support about `#code` and C# or #1.\n\n# Not a tag\n\n#servicefacts #Night_Shift",
        ),
        "en/posts/same.md": write_text(
            "Same", "Said.\n\n#support", tags=["SUPPORT", "night shift"]
        ),
        "en/posts/said.md": write_text("Said", "“Short is good.”\n\nAnn Author\n\n#servicequotes"),
        "en/posts/by.md": write_text("By", by="Ben Author", quote="“Shorter.”", source="A book"),
        "en/posts/opens.md": write_text(
            "Opens",
            "“Hello,” she said, and the shop went quiet.\n\nThen she left.\n\n#servicequotes",
        ),
        "ru/posts/said.md": write_text("Сказано", "«Кратко».\n\nАнна Автор\n\n#servicequotes"),
        "zh-hans/posts/said.md": write_text("说", "“短就好。”\n\n——安作者\n\n#servicequotes"),
        "zh-hant/posts/said.md": write_text("說", "「短就好。」\n\n安作者\n\n#servicequotes"),
    }
    return site_of(tmp_path_factory.mktemp("tagged"), files)


def test_hashtags_at_the_end_leave_the_text_and_become_tags(tagged_site: Build):
    page = read_pages(tagged_site)["en/tagged/"]
    assert "servicefacts" not in page.one('//*[@class="prose"]').text_content()
    names = [name.lstrip("#") for name in page.texts('//ul[@class="tags"]//a')]
    assert sorted(names) == ["Facts", "Night_Shift", "Support"]


def test_a_hashtag_in_a_sentence_links_its_page(tagged_site: Build):
    page = read_pages(tagged_site)["en/tagged/"]
    assert page.texts('//a[@class="hashtag"]') == ["#Support"]
    assert page.links('//a[@class="hashtag"]') == ["en/tags/support/"]
    assert page.texts("//code") == ["#code"]


def test_spellings_of_a_tag_share_one_page(tagged_site: Build):
    pages = read_pages(tagged_site)
    assert tag_pages(tagged_site, "en") == {
        "support", "night-shift", "servicefacts", "servicequotes"
    }  # fmt: skip
    for slug in ("support", "night-shift"):
        links = pages[f"en/tags/{slug}/"].links("//*[contains(@class, 'card-title')]/a")
        assert sorted(links) == ["en/same/", "en/tagged/"]


@cases(
    ("address", "text", "by"),
    [
        ("en/said/", "Short is good.", "Ann Author"),
        ("en/by/", "Shorter.", "Ben Author"),
        ("ru/said/", "Кратко.", "Анна Автор"),
        ("zh-hans/said/", "短就好。", "安作者"),
        ("zh-hant/said/", "短就好。", "安作者"),
    ],
)
def test_quotations_are_recognized(tagged_site: Build, address: str, text: str, by: str):
    page = read_pages(tagged_site)[address]
    assert page.texts(f"{ENTRY}/figure/blockquote") == [text]
    assert page.texts(f"{ENTRY}/figure//*[@class='by']") == [by]
    (quotation,) = page.structured
    assert quotation["@type"] == "Quotation"
    assert quotation["creator"]["name"] == by


def test_a_story_that_opens_with_speech_is_no_quotation(tagged_site: Build):
    page = read_pages(tagged_site)["en/opens/"]
    assert page.find(f"{ENTRY}//figure") == []
    assert "the shop went quiet" in page.one('//*[@class="prose"]').text_content()


def test_a_tag_leads_to_the_same_tag_in_another_language(tagged_site: Build):
    pages = read_pages(tagged_site)
    for lang in LANGUAGES:
        language_links = pages[f"{lang}/tags/servicequotes/"].language_links
        assert language_links == {other: f"{other}/tags/servicequotes/" for other in LANGUAGES}


@pytest.fixture(scope="module")
def long_site(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Twenty-one Russian posts under tags that count 1, 2, 5, 11 and 21 of them."""
    files = {
        f"ru/posts/p{number:02}.md": write_text(
            f"Запись {number}",
            date=f"2026-10-{number:02} 10:00",
            tags=[f"из{count}" for count in (1, 2, 5, 11, 21) if number <= count],
            authors=["Анна Автор"],
        )
        for number in range(1, 22)
    }
    pages = {"page_size": 4, "home_posts": 9, "home_events": 3}
    folder = tmp_path_factory.mktemp("long")
    return site_of(folder, files, EDITIONS=pages, LANGUAGES=languages(en={"fallback": "hide"}))


@cases(
    ("count", "words"),
    [
        (1, "1 публикация"),
        (2, "2 публикации"),
        (5, "5 публикаций"),
        (11, "11 публикаций"),
        (21, "21 публикация"),
    ],
)
def test_russian_counts_have_their_form(long_site: Build, count: int, words: str):
    page = read_pages(long_site)[f"ru/tags/из{count}/"]
    assert page.texts('//header//*[@class="byline"]/span') == [words]


@cases(
    ("folder", "count"),
    [("tags/из21", 21), ("authors/анна-автор", 21), ("tags/из5", 5), ("tags/из2", 2)],
)
def test_long_lists_are_split(long_site: Build, folder: str, count: int):
    """Each text stands on exactly one page, newest first, and pages lead to each other."""
    pages = read_pages(long_site)
    first = f"ru/{folder}/"
    urls = [first, *(f"{first}page/{number}/" for number in range(2, -(-count // 4) + 1))]
    assert {address for address in pages if address.startswith(first)} == set(urls)
    titles = [title for url in urls for title in pages[url].texts(CARD_TITLES)]
    assert titles == [f"Запись {number}" for number in range(count, 0, -1)]
    for before, url, after in zip([None, *urls], urls, [*urls[1:], None], strict=False):
        assert pages[url].links('//a[@rel="prev"]') == ([before] if before else [])
        assert pages[url].links('//a[@rel="next"]') == ([after] if after else [])


def test_later_pages_are_their_own_canonical_and_no_translation(long_site: Build):
    page = read_pages(long_site)["ru/tags/из21/page/2/"]
    assert page.canonical == page.address
    assert page.alternates == []
    assert page.language_links["zh-hant"] == "zh-hant/tags/из21/"


def test_the_home_page_shows_as_many_posts_as_set(long_site: Build):
    assert len(read_pages(long_site)["ru/"].find(CARD_TITLES)) == 9


def test_the_archive_has_every_post(long_site: Build):
    links = read_pages(long_site)["ru/archive/2026/"].links("//ol//a")
    assert links == [f"ru/p{number:02}/" for number in range(21, 0, -1)]


def test_parts_of_a_series_are_in_order(tmp_path):
    """By their number, whatever their dates; the part one reads is marked, not linked."""
    files = {
        f"en/posts/{name}.md": write_text(name, date=date, series="Tea", series_part=part)
        for name, date, part in [
            ("three", "2026-10-01", 3),
            ("one", "2026-10-03", 1),
            ("two", "2026-10-02", 2),
        ]
    }
    files["en/posts/alone.md"] = write_text("alone", series="Coffee", series_part=1)
    files["ru/posts/two.md"] = write_text("два", series="Чай", series_part=2)
    pages = read_pages(site_of(tmp_path, files))
    series = '//nav[@class="series"]'
    for name in ("one", "two", "three"):
        page = pages[f"en/{name}/"]
        assert page.texts(f"{series}//li") == ["one", "two", "three"]
        assert page.texts(f'{series}//*[@aria-current="page"]') == [name]
        assert f"en/{name}/" not in page.links(f"{series}//a")
    ways = {
        name: [pages[f"en/{name}/"].links(f'{series}//a[@rel="{rel}"]') for rel in ("prev", "next")]
        for name in ("one", "two", "three")
    }
    assert ways == {
        "one": [[], ["en/two/"]],
        "two": [["en/one/"], ["en/three/"]],
        "three": [["en/two/"], []],
    }
    assert "Part 2 of 3" in pages["en/two/"].texts(f"{series}/p")[0]
    assert pages["en/alone/"].find(series) == []
    assert pages["ru/two/"].find(series) == []
    assert pages["zh-hant/one/"].texts(f"{series}//li") == ["one", "two", "three"]


def test_posts_show_how_long_they_take_to_read(tmp_path):
    files = {
        "en/posts/long.md": write_text("Long", "word " * 390, modified="2026-11-20"),
        "en/posts/short.md": write_text("Short", "Word."),
        "ru/posts/long.md": write_text("Долго", "слово " * 184 * 5),
        "zh-hans/posts/long.md": write_text("长", "字" * 255 * 3),
        "en/pages/about.md": write_text("About", "word " * 390),
    }
    pages = read_pages(site_of(tmp_path, files))

    def byline(address: str) -> str:
        return " ".join(pages[address].texts('//header/p[@class="byline"]'))

    assert "2 minutes to read" in byline("en/long/")
    assert "updated 20 November 2026" in byline("en/long/")
    assert "1 minute to read" in byline("en/short/")
    assert "5 минут чтения" in byline("ru/long/")
    assert "阅读约 3 分钟" in byline("zh-hans/long/")
    assert "2 minutes to read" in byline("zh-hant/long/") or "分鐘" in byline("zh-hant/long/")
    assert "to read" not in byline("en/about/")


def test_former_addresses_lead_to_the_text(tmp_path):
    files = {
        "en/posts/new.md": write_text("New", aliases=["/2020/old/", "en/older", "/p.html"]),
        "ru/posts/new.md": write_text("Новое", aliases=["/ru/было/"]),
    }
    site = site_of(tmp_path, files)
    pages = read_pages(site)
    expected = {"2020/old/": "en/new/", "en/older/": "en/new/", "p.html": "en/new/"}
    for alias, target in {**expected, "ru/было/": "ru/new/"}.items():
        page = pages[alias]
        refresh = page.one('//meta[@http-equiv="refresh"]').get("content")
        assert address_of(refresh.partition("url=")[2]) == page.canonical == target
        assert page.links("//body//a") == [target]
        assert not page.is_indexed
    linked = {
        link for page in pages.values() for link in page.links('//a[starts-with(@href, "/")]')
    }
    assert linked.isdisjoint([*expected, "ru/было/"])


# Dates, structured data, privacy ---------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "5 November 2026"),
        ("ru", "5 ноября 2026 г."),
        ("zh-hans", "2026年11月5日"),
        ("zh-hant", "2026年11月5日"),
    ],
)
def test_dates_are_written_as_the_language_does(tmp_path, lang: str, words: str):
    text = write_text("Dated", date="2026-11-05 23:30")
    page = read_pages(site_of(tmp_path, {f"{lang}/posts/p.md": text}))[f"{lang}/p/"]
    time = page.one('//header//p[@class="byline"]/time')
    assert " ".join(time.text.split()) == words
    assert time.get("datetime") == "2026-11-05T23:30:00+05:00"


def test_months_stand_alone_in_the_nominative(own_site: Build):
    page = read_pages(own_site)["ru/archive/2026/"]
    assert page.texts("//h2")[0].startswith("ноябрь 2026")
    assert read_pages(own_site)["zh-hans/archive/2026/"].texts("//h2")[0] == "2026年11月"


REQUIRED = {
    "BlogPosting": {"headline", "url", "datePublished", "inLanguage", "author", "publisher"},
    "Quotation": {"text", "url", "inLanguage", "creator", "spokenByCharacter"},
    "Event": {
        "name",
        "url",
        "startDate",
        "location",
        "eventStatus",
        "eventAttendanceMode",
        "organizer",
    },
    "Organization": {"name", "url"},
    "ProfilePage": {"mainEntity"},
    "FAQPage": {"url", "inLanguage", "mainEntity"},
    "WebSite": {"name", "url", "inLanguage"},
}


def test_structured_data_has_what_its_type_requires(own_site: Build):
    seen = set()
    for page in read_pages(own_site).values():
        for thing in page.structured:
            seen.add(thing["@type"])
            assert thing["@context"] == "https://schema.org"
            assert REQUIRED[thing["@type"]] <= thing.keys(), page.address
            url = thing.get("url")
            assert url is None or address_of(url) == page.canonical, page.address
    assert seen == set(REQUIRED)


def test_every_text_has_structured_data_of_its_kind(own_site: Build):
    kinds = {"post": "BlogPosting", "story": "BlogPosting", "quote": "Quotation", "event": "Event"}
    for page in read_pages(own_site).values():
        kind = page.one("/html/body").get("class").removeprefix("page-")
        if kind in kinds:
            assert [thing["@type"] for thing in page.structured] == [kinds[kind]], page.address


def test_structured_events_are_complete(own_site: Build):
    """Google's rules for events: zoned times, an address a place, an address of a call."""
    events = [
        thing
        for page in read_pages(own_site).values()
        for thing in page.structured
        if thing["@type"] == "Event"
    ]
    assert events
    for event in events:
        starts_at = datetime.fromisoformat(event["startDate"])
        assert starts_at.tzinfo or "T" not in event["startDate"]
        if "endDate" in event:
            assert datetime.fromisoformat(event["endDate"]) >= starts_at
        assert event["eventStatus"].startswith("https://schema.org/Event")
        for place in event["location"]:
            if place["@type"] == "Place":
                assert place["name"]
                assert place["address"]["addressLocality"]
            else:
                assert place["url"].startswith("https://")
        for offer in [event["offers"]] if "offers" in event else []:
            assert {"url", "price", "availability"} <= offer.keys()


def test_structured_texts_say_what_the_page_says(own_site: Build):
    for page in read_pages(own_site).values():
        for thing in page.structured:
            if thing["@type"] == "BlogPosting":
                assert [plain_spaces(thing["headline"])] == page.texts("//h1")
                times = page.find("//header//time/@datetime")
                assert thing["datePublished"] in times


def test_a_private_link_is_nowhere(own_site: Build):
    """The demo's clinic has a `join_url`, which only its organisers may know."""
    source = (SITE / "en/events/open-complaint-clinic.md").read_text("utf-8")
    link = re.search(r"^join_url: https://(\S+)$", source, re.MULTILINE)
    assert link
    assert words_of(own_site, link[1]) == set()
    assert words_of(own_site, "secret-clinic") == set()


# Untrusted text --------------------------------------------------------------------------

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>&amp;</title>"


@pytest.fixture(scope="module")
def evil_site(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Texts whose front matter has markup in every field that takes words."""

    def table(label: str) -> str:
        return f'[evil]\ncolour = "#123456"\nicon = "quote"\n{label}\n'

    texts = "".join(f"{lang} = '''{EVIL}'''\n" for lang in LANGUAGES)
    event: dict[str, Any] = {
        "start": "2027-01-10 18:00",
        "timezone": "Asia/Almaty",
        "registration": "https://example.org/?a=1&b='x'",
        "speakers": [EVIL],
        "city": EVIL,
        "venue": EVIL,
        "street": EVIL,
        "access": EVIL,
        "promo_code": EVIL,
        "promo_text": EVIL,
        "promo_until": "2027-01-09",
        "price": 5,
        "currency": "EUR",
    }
    words: dict[str, Any] = {"summary": EVIL, "tags": [EVIL], "authors": [EVIL]}
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'
    picture = {"image": "images/a.svg", "image_alt": EVIL, "image_credit": EVIL}
    quote = {"quote": EVIL, "by": EVIL, "role": EVIL, "source": EVIL}
    quote["source_url"] = "https://example.org/?a=1&b='x'"
    files = {
        "images/a.svg": svg,
        "rubrics.toml": table(f"[evil.label]\n{texts}[evil.description]\n{texts}"),
        "authors.toml": f"[mallory]\n[mallory.name]\n{texts}[mallory.bio]\n{texts}",
        "en/posts/post.md": write_text(EVIL, "#evil", series=EVIL, **words, **picture),
        "en/posts/next.md": write_text("Next", "#evil", series=EVIL, authors=["mallory"]),
        "en/posts/quote.md": write_text(EVIL, "#evil", **quote, **words),
        "en/events/event.md": write_text(EVIL, **event, **words),
        "en/groups/group.md": write_text(
            EVIL, city=EVIL, timezone="Asia/Almaty", organisers=[EVIL]
        ),
        "en/pages/about.md": write_text(EVIL, summary=EVIL),
    }
    # Markdown in summaries would remove what looks like tags, see the next test.
    return site_of(tmp_path_factory.mktemp("evil"), files, FORMATTED_FIELDS=[])


def test_summaries_in_markdown_have_no_markup(tmp_path: Path):
    files = {
        "en/posts/post.md": write_text("Post", summary=EVIL),
        "en/posts/bold.md": write_text("Bold", summary="**Tea** & a < b, List<int> [x](y://z)"),
    }
    pages = read_pages(site_of(tmp_path, files))
    for name, expected in {"post": "\"'> &", "bold": "Tea & a < b, List<int> x"}.items():
        description = pages[f"en/{name}/"].one('//meta[@name="description"]').get("content")
        assert description == expected


def test_markup_in_words_is_text_on_every_page(evil_site: Build):
    pages = read_pages(evil_site)
    for page in pages.values():
        assert page.find('//script[not(@src)][not(@type="application/ld+json")]') == []
        assert page.find('//@*[starts-with(name(), "on")]') == []
        assert page.find('//img[@src="x"]') == [], page.address
        for script in page.find('//script[@type="application/ld+json"]'):
            assert "<" not in script.text
    for address in ("en/post/", "en/events/event/", "en/groups/group/", "en/about/"):
        assert pages[address].one("//h1").text_content() == EVIL
        assert pages[address].one('//meta[@name="description"]').get("content") == EVIL or (
            "groups" in address
        )


def test_markup_in_words_keeps_pages_valid(evil_site: Build):
    for name, data in evil_site.files().items():
        if name.endswith(".html"):
            parser = html5lib.HTMLParser()
            parser.parse(data.decode("utf-8"))
            assert parser.errors == [], name


def test_markup_in_words_is_shown_as_written(evil_site: Build):
    pages = read_pages(evil_site)
    quote, event = pages["en/quote/"], pages["en/events/event/"]
    shown = " ".join(EVIL.split())
    assert quote.texts("//figure//blockquote/p") == [shown]
    assert quote.texts('//figcaption/*[@class="by"]') == [shown]
    assert quote.one("//cite/a").get("href") == "https://example.org/?a=1&b='x'"
    assert event.one('//a[@class="button"]').get("href") == "https://example.org/?a=1&b='x'"
    assert shown in event.texts("//dl//code")
    assert pages["en/post/"].one("//figure/img").get("alt") == EVIL
    assert f"#{shown}" in pages["en/post/"].texts('//ul[@class="tags"]//a')
    assert pages["en/tags/evil/"].one("//h1").text_content() == EVIL


def test_markup_in_words_survives_structured_data(evil_site: Build):
    pages = read_pages(evil_site)
    (posting,) = pages["en/post/"].structured
    assert posting["headline"] == posting["description"] == EVIL
    (quotation,) = pages["en/quote/"].structured
    assert quotation["text"] == quotation["creator"]["name"] == EVIL


def test_markup_in_words_is_escaped_twice_in_feeds(evil_site: Build):
    """Once for XML; once more in content, which is HTML."""
    feeds = read_feeds(evil_site)
    assert feeds
    for name, data in feeds.items():
        tree = parse_xml(data)
        titles = tree.xpath("//item/title | //*[local-name()='entry']/*[local-name()='title']")
        assert {title.text for title in titles} <= {EVIL, "Next"}, name
        contents = tree.xpath("//*[local-name()='encoded' or local-name()='content']/text()")
        assert not [text for text in contents if "<script" in text or "<img src=x" in text], name


def test_titles_in_atom_are_plain_text(evil_site: Build):
    """Without a type they are text (RFC 4287, 3.1.1), so readers show markup as written."""
    tree = parse_xml(read_feeds(evil_site)["en/feed.atom.xml"])
    kinds = tree.xpath("//*[local-name()='title' or local-name()='summary']/@type")
    assert set(kinds) <= {"text"}


def test_descriptions_in_rss_show_markup_as_written(evil_site: Build):
    """Readers take RSS descriptions for HTML (RSS 2.0, description)."""
    tree = parse_xml(read_feeds(evil_site)["en/feed.rss.xml"])
    texts = [text for text in tree.xpath("//item/description/text()") if "alert" in text]
    assert texts
    assert not [text for text in texts if "<script" in text]
