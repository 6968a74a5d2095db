"""The search of a built site: what is in its index, what never is, and its page."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from tests.building import SITE, Build, build, write_site
from tests.cases import cases
from tests.pages import LANGUAGES, languages, read_pages, write_text

FOLDER = "search/index/"
DIGITS = [chr(code) for code in range(33, 127) if chr(code) not in '"\\']


@cache
def rows(site: Build, lang: str) -> list[list[Any]]:
    """What results show of every document of an edition, newest first: title, URL and so on,
    then the text.
    """
    root = json.loads((site.output / read_index(site, lang)).read_bytes())
    slots = [corpus["slots"] for corpus in root["corpora"]]
    found = {}
    for place, corpus in enumerate(root["corpora"]):
        names = [corpus["chunks"][at : at + 9] for at in range(0, len(corpus["chunks"]), 9)]
        for name in names:
            for slot, _, text, _, shown in json.loads(
                (site.output / FOLDER / f"{name}.json").read_bytes()
            ):
                if lang in shown:
                    tag = corpus["tag"] if corpus["lang"] != lang else ""
                    found[sum(slots[:place]) + slot] = [*shown[lang][:3], tag, shown[lang][3], text]
    width, order = root["width"], root["order"]
    numbers = [order[at : at + width] for at in range(0, len(order), width)]
    return [found[number_of(digits)] for digits in numbers]


def number_of(digits: str) -> int:
    number = 0
    for digit in digits:
        number = number * len(DIGITS) + DIGITS.index(digit)
    return number


def read_index(site: Build, lang: str) -> str:
    form = read_pages(site)[f"{lang}/search/"].one('//form[contains(@class, "search")]')
    address: str = form.get("data-index")
    return address.removeprefix("/")


def shards(site: Build) -> dict[str, bytes]:
    return {name: data for name, data in site.files().items() if name.startswith(FOLDER)}


def site_of(tmp_path: Path, files: dict[str, str], name: str = "out", **settings: Any) -> Build:
    texts = {"rubrics.toml": (SITE / "rubrics.toml").read_text("utf-8"), **files}
    site = build(write_site(tmp_path, texts), tmp_path / name, **settings)
    assert site.status == 0, site.told
    return site


@cases("lang", LANGUAGES)
def test_everything_an_edition_shows_is_found(own_site: Build, lang: str):
    """Each entry's page of the edition has a row, fallbacks under their own address too."""
    kinds = ("post", "story", "quote", "event", "group", "page", "issue")
    pages = {
        f"/{page.address}"
        for page in read_pages(own_site).values()
        if page.lang == lang and page.find("//body")[0].get("class").removeprefix("page-") in kinds
    }
    drafts = {f"/{p.address}" for p in read_pages(own_site).values() if not p.is_indexed}
    assert len(pages) > 20
    assert pages - drafts - {row[0] for row in rows(own_site, lang)} == set()


@cases("lang", LANGUAGES)
def test_every_found_address_is_a_page(own_site: Build, lang: str):
    from urllib.parse import unquote

    addresses = {unquote(row[0]).removeprefix("/") for row in rows(own_site, lang)}
    assert addresses - set(read_pages(own_site)) == set()


def test_drafts_hidden_and_future_texts_are_in_no_file_of_the_index(tmp_path: Path):
    secret = "Zyzzyva 秘密字句"
    files = {
        "en/posts/open.md": write_text("Open", "Quokka 公开字句"),
        "en/posts/draft.md": write_text("Draft", secret, status="draft"),
        "en/posts/hidden.md": write_text("Hidden", secret, status="hidden"),
        "en/posts/future.md": write_text("Future", secret, date="2031-01-01"),
        "en/posts/undated.md": f"---\ntitle: Undated\n---\n{secret}\n",
        "zh-hans/posts/draft.md": write_text("草稿", secret, status="draft"),
    }
    index = b"\n".join(shards(site_of(tmp_path, files)).values()).decode()
    assert "Quokka" in index
    assert "quokka" in index
    assert "公开" in index
    for word in ("Zyzzyva", "zyzzyva", "秘密", "秘", "Undated", "undat", "Future", "Hidden"):
        assert word not in index, word


def test_the_index_is_the_same_at_every_build(tmp_path: Path):
    first = build(SITE, tmp_path / "one")
    second = build(SITE, tmp_path / "two")
    assert len(shards(first)) > 30
    assert shards(first) == shards(second)


def test_a_changed_text_changes_only_files_that_have_it(tmp_path: Path):
    """Names are a hash of the content; what does not change stays in the readers' caches."""
    texts = {f"en/posts/p{n}.md": write_text(f"P{n}", f"alpha{n} " * 400) for n in range(30)}
    before = shards(site_of(tmp_path, texts, "one"))
    texts["en/posts/p0.md"] = write_text("P0", "omega " * 400)
    after = shards(site_of(tmp_path, texts, "two"))
    assert 2 <= len(set(after) - set(before)) < len(before) / 2


def test_an_untranslated_text_is_indexed_once_for_all_editions(tmp_path: Path):
    site = site_of(tmp_path, {"en/posts/only.md": write_text("Only", "Text " * 400)})
    found = [json.loads((site.output / read_index(site, lang)).read_bytes()) for lang in LANGUAGES]
    corpora = [root["corpora"] for root in found if root["corpora"]]
    assert len(corpora) == 4
    assert all(each == corpora[0] for each in corpora)
    assert len(shards(site)) == 4 + 4 + 2 + 1  # manifests; columns; terms and texts; the stemmer


def test_an_edit_leaves_the_index_that_a_clean_build_makes(tmp_path: Path):
    """A text is edited, one added, one becomes a draft, one is deleted, one gets another name."""
    texts = {
        f"{lang}/posts/p{n}.md": write_text(f"P{n}", f"{word}{n} " * 40)
        for n in range(10)
        for lang, word in (("en", "alpha"), ("zh-hans", "客户"))
    }
    site_of(tmp_path, texts, "edited")
    texts["en/posts/p3.md"] = write_text("P3", "omega " * 40)
    texts["en/posts/p99.md"] = write_text("P99", "sigma " * 40)
    texts["en/posts/p5.md"] = write_text("P5", "alpha5 zyzzyva", status="draft")
    texts["en/posts/p77.md"] = texts.pop("en/posts/p7.md")
    del texts["zh-hans/posts/p4.md"]
    for name in ("en/posts/p7.md", "zh-hans/posts/p4.md"):
        (tmp_path / "content" / name).unlink()
    edited, clean = (shards(site_of(tmp_path, texts, name)) for name in ("edited", "clean"))
    assert edited == clean
    whole = b"".join(edited.values()).decode()
    assert "omega" in whole
    assert [word for word in ("alpha3", "alpha5", "zyzzyva", "户4") if word in whole] == []


def test_fallbacks_are_found_under_the_edition_s_own_address(tmp_path: Path):
    files = {"zh-hans/posts/only.md": write_text("只有简体", "客户服务")}
    site = site_of(tmp_path, files, LANGUAGES=languages())
    row = rows(site, "zh-hant")[0]
    assert row[:4] == ["/zh-hant/only/", "只有简体", row[2], "zh-Hans"]
    assert rows(site, "en") == []  # its chain has no Chinese


def test_markup_never_comes_out_of_the_index(tmp_path: Path):
    title = "<b>Bold</b> & “quoted” </script>"
    site = site_of(tmp_path, {"en/posts/odd.md": write_text(title, "a < b, `<i>` & ]]>")})
    row = rows(site, "en")[0]
    assert row[1] == title
    assert "a < b, <i> & ]]>" in row[5]


@cases("lang", LANGUAGES)
def test_the_page_says_how_to_find_things_without_script(own_site: Build, lang: str):
    page = read_pages(own_site)[f"{lang}/search/"]
    form = page.one('//form[contains(@class, "search")]')
    assert (form.get("method"), form.get("action")) == ("get", f"/{lang}/search/")
    assert page.one('//input[@name="q"]').get("type") == "search"
    assert page.texts("//noscript//p")[0]
    ways = set(page.links('//section[contains(@class, "search-help")]//a'))
    assert {f"{lang}/tags/", f"{lang}/archive/", f"{lang}/events/", f"{lang}/groups/"} <= ways


@cases("lang", LANGUAGES)
def test_every_page_of_an_edition_leads_to_its_search(own_site: Build, lang: str):
    for page in read_pages(own_site).values():
        if page.lang == lang and page.find('//header[contains(@class, "masthead")]'):
            assert page.links('//li[contains(@class, "to-search")]/a') == [f"{lang}/search/"]


def test_filters_offer_what_there_is(own_site: Build):
    page = read_pages(own_site)["ru/search/"]
    names = page.find('//div[contains(@class, "search-facets")]//select/@name')
    assert names == ["rubric", "kind", "year", "group"]
    groups = page.find('//select[@name="group"]/option/@value')
    assert {"berlin"} < set(groups)
    assert page.texts('//select[@name="kind"]/option') == [
        "не важно", "Статьи", "Истории", "Цитаты", "События", "Группы",
        "Вопросы и ответы", "Письма рассылки", "Другие страницы",
    ]  # fmt: skip


def test_only_the_search_page_loads_its_script_and_none_its_index(own_site: Build):
    for page in read_pages(own_site).values():
        scripts = page.find("//script/@src")
        is_search = page.rest == "search/" and page.lang
        assert any("/search." in script for script in scripts) is bool(is_search)
        assert not any("search_index" in script for script in scripts)
        assert page.find('//link[contains(@href, "search/index")]') == []


def test_the_scripts_of_the_search_are_small(own_site: Build):
    names = re.compile(r"theme/search.*\.js")
    sizes = {n: len(d) for n, d in own_site.files().items() if names.fullmatch(n)}
    assert len(sizes) == 2
    assert max(sizes.values()) < 14 * 1024


def test_a_site_below_a_path_has_its_index_there(tmp_path: Path):
    files = {"en/posts/a.md": write_text("A", "Text")}
    site = site_of(tmp_path, files, SITEURL="https://example.org/blog")
    form = read_page(site, "en/search/")
    assert form.get("data-index").startswith("/blog/search/index/")
    assert form.get("action") == "/blog/en/search/"
    assert (site.output / form.get("data-index").removeprefix("/blog/")).is_file()


def read_page(site: Build, address: str) -> Any:
    return read_pages(site)[address].one('//form[contains(@class, "search")]')
