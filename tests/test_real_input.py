"""Texts that were not written for this site: a channel's export and articles of a blog.

The same checks run on a small fixture in that shape and, where they are at hand, on real
texts beside the project, which are not part of it.
"""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import feedparser
import pytest

from rubric.importers.channel import import_telegram
from rubric.model.tag import parse_tag
from rubric.model.typography import plain_spaces, typeset, typography_of
from tests.building import ROOT, SITE, Build, build
from tests.pages import Page, read_feeds, read_pages

FIXTURE = ROOT / "tests" / "sites" / "telegram"
SHARED = ROOT.parent / "shared" / "real"
ZONE = ZoneInfo("Asia/Almaty")
FEEDS = {"authority": "service-circle.example", "since": "2026", "items": 1000}
HASHTAG = re.compile(r"#(\w+)")


@dataclass(frozen=True)
class Source:
    """A text as it came: its language, hashtags, and how its file begins."""

    lang: str
    address: str
    title: str
    hashtags: frozenset[str]


@dataclass(frozen=True)
class Imported:
    """A site made of texts from elsewhere, and what these were."""

    site: Build
    sources: list[Source]
    quotations: int

    def pages(self) -> dict[Source, Page]:
        return {source: read_pages(self.site)[source.address] for source in self.sources}


def header_of(path: Path) -> dict[str, str]:
    """The fields of a file's front matter, unquoted."""
    _, header, _ = path.read_text("utf-8").split("---\n", 2)
    fields = dict(line.split(": ", 1) for line in header.splitlines())
    return {name: value.strip().strip('"') for name, value in fields.items()}


def articles(folder: Path) -> list[Source]:
    found = []
    for path in sorted(folder.glob("*/*.md")):
        fields, lang = header_of(path), path.parent.name
        last = path.read_text("utf-8").strip().splitlines()[-1]
        hashtags = frozenset(HASHTAG.findall(last))
        found.append(Source(lang, f"{lang}/{fields['slug']}/", fields["title"], hashtags))
    return found


def messages(export: Path, posts: Path) -> list[Source]:
    """The messages with words, and where the importer put each."""
    chat: dict[str, Any] = json.loads(export.read_text("utf-8"))
    files = {fields["translation_key"]: fields for fields in map(header_of, posts.glob("*.md"))}
    worded = [m for m in chat["messages"] if m["type"] == "message" and m["text_entities"]]
    worded = [m for m in worded if "".join(part["text"] for part in m["text_entities"])]
    assert len(files) == len(worded)
    found = []
    for message in worded:
        fields = files[f"telegram/{chat['id']}/{message['id']}"]
        tags = [part["text"][1:] for part in message["text_entities"] if part["type"] == "hashtag"]
        title = json.loads(f'"{fields["title"]}"')
        found.append(Source("ru", f"ru/{fields['slug']}/", title, frozenset(tags)))
    return found


@pytest.fixture(scope="module", params=["fixture", "shared"])
def imported(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Imported:
    folder, quotations = {"fixture": (FIXTURE, 2), "shared": (SHARED, 3)}[request.param]
    if not folder.is_dir():
        pytest.skip(f"there are no real texts in {folder.relative_to(ROOT.parent)}")
    temporary = tmp_path_factory.mktemp(request.param)
    content = temporary / "content"
    for lang in ("zh-hans", "zh-hant"):
        shutil.copytree(folder / "posts" / lang, content / lang / "posts")
    shutil.copy(SITE / "rubrics.toml", content)
    import_telegram(folder / "channel", content, "ru", ZONE)
    sources = articles(folder / "posts")
    sources += messages(folder / "channel" / "result.json", content / "ru/posts/telegram")
    site = build(content, temporary / "output", FEEDS=FEEDS)
    return Imported(site, sources, quotations)


def test_texts_from_elsewhere_build_without_a_warning(imported: Imported):
    assert imported.site.status == 0, imported.site.told
    assert "WARNING" not in imported.site.told


def test_every_text_has_its_page(imported: Imported):
    assert len(imported.sources) >= 7
    for source, page in imported.pages().items():
        assert page.one("/html").get("lang").lower() == source.lang
        title = typeset(source.title, typography_of(source.lang))
        assert page.texts("//h1") == [" ".join(title.split())]
        assert page.is_indexed
        assert not page.is_fallback
        assert page.find('//*[@class="prose"]//p | //figure//blockquote'), page.address


def test_every_text_is_on_the_pages_of_its_hashtags(imported: Imported):
    pages = read_pages(imported.site)
    for source, page in imported.pages().items():
        tags = {f"{source.lang}/tags/{parse_tag(name).slug}/" for name in source.hashtags}
        assert tags, page.address
        assert set(page.links('//ul[@class="tags"]//a')) == tags
        for address in tags:
            assert source.address in pages[address].links("//article//a"), address


def test_hashtags_leave_the_text(imported: Imported):
    for source, page in imported.pages().items():
        for name in source.hashtags:
            assert f"#{name}" not in "".join(page.texts('//*[@class="prose"]')), page.address


def test_every_text_is_in_the_feeds_of_its_edition_and_rubrics(imported: Imported):
    feeds = {
        name: {entry.link for entry in feedparser.parse(data).entries}
        for name, data in read_feeds(imported.site).items()
    }
    for source in imported.sources:
        homes = [f"{source.lang}/"]
        homes += [f"{source.lang}/tags/{parse_tag(name).slug}/" for name in source.hashtags]
        for home in homes:
            for ending in ("feed.rss.xml", "feed.atom.xml"):
                links = feeds[home + ending]
                assert f"http://localhost:8000/{source.address}" in links, home + ending
    for lang in ("ru", "zh-hans", "zh-hant"):
        own = [source for source in imported.sources if source.lang == lang]
        assert len(feeds[f"{lang}/feed.rss.xml"]) == len(own)


def test_feeds_of_texts_from_elsewhere_parse(imported: Imported):
    for name, data in read_feeds(imported.site).items():
        assert not feedparser.parse(data).bozo, name


def test_quotations_are_recognized_as_quotations(imported: Imported):
    """All with the quotes' hashtag, and nothing else."""
    pages = imported.pages()
    quotes = {source for source, page in pages.items() if page.find('//body[@class="page-quote"]')}
    assert quotes == {source for source in pages if "servicequotes" in source.hashtags}
    assert len(quotes) == imported.quotations
    for source in quotes:
        (quotation,) = pages[source].structured
        assert quotation["@type"] == "Quotation"
        assert quotation["creator"]["name"]
        assert not quotation["text"].startswith(("«", "“", '"'))


def test_what_a_channel_wrote_is_shown_as_written(tmp_path: Path):
    """Words that look like Markdown or HTML are words; links and bold stay what they were."""
    content = tmp_path / "content"
    import_telegram(FIXTURE / "channel", content, "ru", ZONE)
    shutil.copy(SITE / "rubrics.toml", content)
    site = build(content, tmp_path / "output")
    assert site.status == 0, site.told
    sources = messages(FIXTURE / "channel" / "result.json", content / "ru/posts/telegram")
    pages = [read_pages(site)[source.address] for source in sources]
    (odd,) = [page for page in pages if "ночная_смена" in "".join(page.texts("//ul"))]
    shown = " ".join([*odd.texts("//h1"), *odd.texts('//*[@class="prose"]')])
    for words in ("_не курсив_ & <не тег>: 2 < 3", "1. Не список", "# не заголовок"):
        assert words in shown
    assert odd.find('//*[@class="prose"]//*[self::em or self::ol or self::h1]') == []
    (recipe,) = [page for page in pages if "Две ложки" in "".join(page.texts("//h1"))]
    assert recipe.texts('//*[@class="prose"]//strong') == ["сделайте раньше срока"]
    link = recipe.one('//*[@class="prose"]//a[not(@class)]')
    assert (plain_spaces(link.text), link.get("href")) == ("в памятке", "https://example.org/memo")
    (event,) = [page for page in pages if "вечер забытых вопросов" in "".join(page.texts("//h1"))]
    assert event.one('//*[@class="prose"]//a').get("href") == "https://example.org/evening"


def test_an_import_run_twice_builds_the_same_site(tmp_path: Path):
    content = tmp_path / "content"
    import_telegram(FIXTURE / "channel", content, "ru", ZONE)
    first = build(content, tmp_path / "first")
    import_telegram(FIXTURE / "channel", content, "ru", ZONE)
    second = build(content, tmp_path / "second")
    assert first.status == second.status == 0
    assert first.files() == second.files()
