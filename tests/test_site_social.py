"""What a page looks like where it is shared: its tags, and the picture they name."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from PIL import Image

from rubric.model.typography import typeset, typography_of
from rubric.social.tags import territorial
from tests.building import Build, build, write_site
from tests.cases import cases
from tests.pages import SITEURL, Page, address_of, read_pages, write_text

ALWAYS = {"og:title", "og:type", "og:url", "og:site_name", "og:locale", "twitter:card"}


def tags(page: Page) -> dict[str, list[str]]:
    """Contents by property or name, in their order."""
    found: dict[str, list[str]] = {}
    for meta in page.find("//meta[@property] | //meta[starts-with(@name, 'twitter:')]"):
        found.setdefault(meta.get("property") or meta.get("name"), []).append(meta.get("content"))
    return found


def shared(site: Build) -> dict[str, Page]:
    """Every page that is no redirect and no 404."""
    pages = read_pages(site)
    return {
        a: p
        for a, p in pages.items()
        if "404" not in a and not p.find("//meta[@http-equiv='refresh']")
    }


def picture(site: Build, page: Page) -> Image.Image:
    (url,) = tags(page)["og:image"]
    content = site.files()[address_of(url)]
    assert len(content) < 60_000
    with Image.open(BytesIO(content)) as image:
        image.load()
    return image


def test_every_page_has_its_tags_and_none_is_empty(own_site: Build):
    pages = shared(own_site)
    assert len(pages) > 100
    for address, page in pages.items():
        found = tags(page)
        assert found.keys() >= ALWAYS, address
        assert all(content.strip() for contents in found.values() for content in contents), address
        assert found["og:url"] == page.find('//link[@rel="canonical"]/@href')
        once = found.keys() - {"og:locale:alternate", "article:author", "article:tag"}
        assert [name for name in once if len(found[name]) != 1] == [], address


def test_every_page_names_a_picture_of_the_site_that_is_there(own_site: Build):
    for page in shared(own_site).values():
        found = tags(page)
        assert found["twitter:card"] == ["summary_large_image"]
        image = picture(own_site, page)
        size = (found["og:image:width"], found["og:image:height"])
        assert size == ([str(image.width)], [str(image.height)]) == (["1200"], ["630"])
        assert urlsplit(found["og:image"][0]).netloc == urlsplit(SITEURL).netloc
        assert found["og:image:alt"][0]


def test_each_text_has_a_picture_of_its_own(own_site: Build):
    kinds = {"post", "story", "quote", "event", "group"}
    own = [
        page
        for page in shared(own_site).values()
        if page.one("//body/@class").removeprefix("page-") in kinds and page.is_indexed
    ]
    images = {tags(page)["og:image"][0] for page in own}
    assert len(images) == len(own) > 60
    for page in own:
        folder, _, name = address_of(tags(page)["og:image"][0]).rpartition("/")
        assert f"{folder}/" == page.address
        assert name.startswith("card-")


def test_lists_share_the_picture_of_their_edition(own_site: Build):
    pages = read_pages(own_site)
    for lang in ("en", "ru", "zh-hans", "zh-hant"):
        home = tags(pages[f"{lang}/"])["og:image"]
        assert tags(pages[f"{lang}/archive/"])["og:image"] == home
        assert address_of(home[0]).startswith(f"{lang}/card-")


def test_no_picture_is_left_that_no_page_names(own_site: Build):
    named = {address_of(tags(page)["og:image"][0]) for page in shared(own_site).values()}
    written = {name for name in own_site.files() if "/card-" in name}
    assert written == named


@cases(
    ("locale", "expected"),
    [
        ("en_GB", "en_GB"),
        ("ru", "ru_RU"),
        ("zh_Hans", "zh_CN"),
        ("zh_Hant", "zh_TW"),
        ("zh_Hant_HK", "zh_HK"),
    ],
)
def test_locales_are_language_and_territory(locale: str, expected: str):
    assert territorial(locale) == expected


HARD = {
    "long": "Word " * 59 + "end",
    "emoji": "🎉🎉👩\u200d👩\u200d👧",
    "rtl": "\u202bשלום עולם\u202c and hello",
    "script": '</script><script>alert(1)</script> & "quotes"',
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("social")


def built(folder: Path, name: str, **options: Any) -> Build:
    place = {"venue": "Bookshop", "city": "Almaty", "country": "KZ", "timezone": "Asia/Almaty"}
    files = {
        **{f"en/posts/{n}.md": write_text(title, slug=n) for n, title in HARD.items()},
        "en/posts/said.md": write_text(
            "Said", "", kind="quote", quote="Once. " * 333, by="Ann <b>Gone</b>"
        ),
        "en/posts/text.md": write_text(
            "Text", "#Topic", authors=["Ann Gone"], modified="2026-11-02 10:00", summary="In short."
        ),
        "en/posts/draft.md": write_text("Draft", status="draft"),
        "en/posts/hidden.md": write_text("Hidden", status="hidden"),
        "ru/posts/text.md": write_text("Текст"),
        "en/events/off.md": write_text(
            "Evening", start="2027-01-14 18:30", event_status="cancelled", **place
        ),
        "en/groups/circle.md": write_text(
            "Circle",
            city="Almaty",
            country="KZ",
            timezone="Asia/Almaty",
            languages=["ru"],
            meets="FREQ=MONTHLY;BYDAY=2TH",
            meets_at="18:30",
        ),
    }
    social = {"images": True, "cache": str(folder / "cache"), **options}
    site = build(write_site(folder, files), folder / name, SOCIAL_IMAGES=social)
    assert site.status == 0, site.told
    return site


@pytest.fixture(scope="module")
def site(folder: Path) -> Build:
    return built(folder, "output")


def test_pictures_are_drawn_of_any_words(site: Build):
    pages = read_pages(site)
    for name in (*HARD, "said", "hidden", "events/off", "groups/circle"):
        page = pages[f"en/{name}/"]
        assert picture(site, page).size == (1200, 630)
        assert address_of(tags(page)["og:image"][0]).startswith(page.address)


def test_words_stay_words_in_tags(site: Build):
    page = read_pages(site)["en/script/"]
    shown = typeset(HARD["script"], typography_of("en"))
    assert tags(page)["og:title"] == [shown]
    assert shown in tags(page)["og:image:alt"][0]
    assert not page.find("//script[contains(., 'alert')][not(@type)]")


def test_an_article_tells_when_who_and_what_about(site: Build):
    found = tags(read_pages(site)["en/text/"])
    assert found["og:type"] == ["article"]
    assert found["og:description"] == ["In short."]
    assert found["article:published_time"] == ["2026-11-01T10:00:00+05:00"]
    assert found["article:modified_time"] == ["2026-11-02T10:00:00+05:00"]
    assert found["article:author"] == [f"{SITEURL}/en/authors/ann-gone/"]
    assert found["article:tag"] == ["Topic"]
    assert (found["og:locale"], found["og:locale:alternate"]) == (["en_GB"], ["ru_RU"])


def test_a_profile_and_a_list_are_no_articles(site: Build):
    pages = read_pages(site)
    assert tags(pages["en/authors/ann-gone/"])["og:type"] == ["profile"]
    assert tags(pages["en/archive/"])["og:type"] == ["website"]


def test_pictures_say_in_words_what_they_show(site: Build):
    pages = read_pages(site)
    alt = {
        name: tags(pages[f"en/{name}/"])["og:image:alt"][0]
        for name in ("said", "events/off", "groups/circle")
    }
    assert "Once. Once." in alt["said"]
    for words in ("Evening", "Cancelled", "14 January 2027", "18:30", "UTC+05:00", "Bookshop"):
        assert words in alt["events/off"]
    for words in ("Almaty", "Kazakhstan", "18:30", "Russian"):
        assert words in alt["groups/circle"]
    assert tags(pages["en/events/off/"])["og:title"] == ["Cancelled: Evening"]


def test_a_draft_has_no_picture_of_its_own(site: Build):
    assert not [name for name in site.files() if name.startswith("en/draft/card-")]


def test_a_second_build_draws_nothing(site: Build, folder: Path):
    """What is kept is served as it is: a picture swapped in the cache comes out again."""
    kept = sorted((folder / "cache").rglob("*.png"))
    mark, other = kept[0].read_bytes(), kept[1].read_bytes()
    kept[0].write_bytes(other)
    before = {path: path.stat().st_mtime_ns for path in kept}
    again = built(folder, "again")
    assert {path: path.stat().st_mtime_ns for path in kept} == before
    images = [data for name, data in again.files().items() if "/card-" in name]
    assert mark not in images
    assert images.count(other) == 2
    kept[0].write_bytes(mark)


def test_a_torn_picture_is_mended(site: Build, folder: Path):
    (path, *_) = sorted((folder / "cache").rglob("*.png"))
    whole = path.read_bytes()
    path.write_bytes(whole[:1000])
    mended = built(folder, "mended")
    assert path.read_bytes() == whole
    before, after = site.files(), mended.files()
    assert {n: d for n, d in after.items() if "/card-" in n} == {
        n: d for n, d in before.items() if "/card-" in n
    }


def test_pictures_can_be_left_out(folder: Path):
    site = built(folder, "plain", images=False)
    assert not [name for name in site.files() if "/card-" in name]
    for page in shared(site).values():
        found = tags(page)
        assert found["twitter:card"] == ["summary"]
        assert "og:image" not in found


@pytest.mark.parametrize(("folders", "names"), [([], "English, Русский, 简体中文, 繁體中文")])
def test_without_fonts_pages_show_a_default_image(tmp_path: Path, folders: list[str], names: str):
    content = write_site(tmp_path, {"en/posts/a.md": write_text("A")})
    cache = str(tmp_path / "cache")
    options = {"images": True, "cache": cache, "fonts": folders}
    site = build(content, tmp_path / "output", SOCIAL_IMAGES=options)
    assert site.status == 0, site.told
    lines = [line for line in site.told.splitlines() if "fonts" in line]
    assert len(lines) == 1
    assert lines[0].startswith(f"No fonts for social images in: {names}.")
    pages = shared(site)
    urls = {tuple(tags(page)["og:image"]) for page in pages.values()}
    assert len(urls) == 1
    assert picture(site, pages["en/a/"]).size == (1200, 630)
    assert all(tags(page)["og:image:alt"][0] for page in pages.values())
    # As soon as there are fonts, images are drawn.
    again = build(content, site.output, SOCIAL_IMAGES={"images": True, "cache": cache})
    assert again.status == 0, again.told
    urls = {tuple(tags(page)["og:image"]) for page in shared(again).values()}
    assert len(urls) == 5
