"""Each optional feature can be left out of PLUGINS; nothing of it remains, and no link is dead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from PIL import Image

import pelicanconf
from rubric.model.features import FEATURES, FeatureName
from rubric.model.setting_rules import PLUGIN_ORDER, PLUGINS_NEEDED
from tests.building import ROOT, Build, build, write_site
from tests.pages import SITEURL, read_pages, write_text
from tests.test_site_links import dead_links
from tools.checking import check_site, lock_site

CONF = f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom pelicanconf import *\n"
LISTED = "Every Friday"  # words of the mailing list in pelicanconf.py
LINKS = """
The [next evening](../events/evening.md) of [our group](/en/groups/tea-circle/) is on
[all lists](/en/events/), and in [a calendar](/en/events/calendar.ics). Read the
[letters](/en/newsletter/) and the [first one](../newsletter/first.md), [search](/en/search/),
or [follow](/en/follow/): there is [a feed](/en/feed.rss.xml "RSS") for [all](/feeds.opml). Also
[tea](tea.md), [the questions](../pages/questions.md), #tea and <a href="/en/events/">HTML</a>.
"""
GROUP: dict[str, Any] = {"city": "Almaty", "country": "KZ", "latitude": 43.24, "longitude": 76.9}
EVENT: dict[str, Any] = {"timezone": "Asia/Almaty", "venue": "Tea house", **GROUP}
UNDRAWN = {"images": False}  # drawing them takes most of the time
SITE = {
    "rubrics.toml": '[stories]\ncolour = "#b4472e"\nicon = "story"\n'
    'label = { en = "Stories", ru = "Истории", zh-hans = "故事", zh-hant = "故事" }\n',
    "en/posts/tea.md": write_text("Tea", LINKS, tags=["tea"], aliases=["/en/old/"]),
    "en/posts/photo.md": write_text("Photo", "![A desk](/images/desk.jpg)"),
    "ru/posts/tea.md": write_text("Чай", "#stories #tea", authors=["Anna"], group="tea-circle"),
    "en/posts/report.md": write_text("Report", "It was good. #tea", authors=["Anna"]),
    "en/posts/withdrawn.md": write_text("Withdrawn", gone=True),
    "en/pages/questions.md": write_text(
        "Questions", "## Why?\n\nSee [events](/en/events/)."
    ).replace("---\n", "---\nkind: faq\n", 1),
    "en/events/evening.md": write_text(
        "Evening of oolong",
        "#tea #stories",
        start="2026-12-10 18:30",
        group="tea-circle",
        registration="https://example.org/register",
        **EVENT,
    ),
    "en/events/past.md": write_text(
        "Evening of sencha", start="2026-10-10 18:30", recap="report", **EVENT
    ),
    "en/groups/tea-circle.md": write_text(
        "Circle of cups",
        timezone="Asia/Almaty",
        languages=["en"],
        organisers=["Anna"],
        meets="FREQ=MONTHLY;BYDAY=2TH",
        meets_at="18:30",
        **GROUP,
    ),
    "en/newsletter/first.md": write_text(
        "Letter of leaves", list="weekly-en", posts=["posts/tea"], events=["events/evening"]
    ),
}


@dataclass(frozen=True, slots=True)
class Traces:
    """What a site has of a feature: names of files, XPaths of elements, and words of pages."""

    files: tuple[str, ...] = ()
    elements: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


TRACES: dict[FeatureName, Traces] = {
    "events": Traces(
        (
            *(r"\w[\w-]*/events/", r"\w[\w-]*/groups/", r"\w[\w-]*/places/"),
            *(r"theme/events\.", r"theme/finder\.", r"theme/more_cards\."),
        ),
        ("//*[@data-upcoming]", "//a[contains(@href, '/events/')]", "//*[@id='next']"),
        ("Evening of oolong", "Evening of sencha", "Circle of cups", "Find a group", "All events"),
    ),
    "newsletter": Traces(
        (r"\w[\w-]*/newsletter/", r"\.\./exports/newsletter/"),
        ("//form[@method='post']", "//a[contains(@href, '/newsletter/')]"),
        ("Letter of leaves", LISTED, "news.service-circle.example"),
    ),
    "search": Traces(
        (r"\w[\w-]*/search/", "search/index/", "theme/search"),
        ("//li[@class='to-search']", "//form[@class='search']"),
        ("SearchAction",),
    ),
    "images": Traces(
        (r"pictures/", r"theme/(?:lightbox|embeds)\."),
        ("//picture", "//a[@class='enlarge']", "//dialog", "//div[@class='card-picture']"),
    ),
    "feeds": Traces(
        (
            *(r".*feed\.rss\.xml", r".*feed\.atom\.xml", r".*feed\.json"),
            *(r"feeds\.opml", ".*/follow/", "theme/feed-"),
        ),
        ("//link[@type='application/rss+xml']", "//a[contains(@href, '/follow/')]"),
        ("Rather by RSS",),
    ),
    "places": Traces((r".*cities\.json",), ("//*[@data-gazetteer]", "//*[@class='map-frame']")),
    "calendars": Traces(
        (r".*\.ics$",),
        ("//link[@type='text/calendar']", "//a[starts-with(@href, 'webcal:')]"),
        ("Into your calendar",),
    ),
    "redirects": Traces(
        (
            *("_redirects", r".*410\.html", "en/old/", "en/withdrawn/"),
            r"\.\./exports/redirects\.nginx\.map",
        ),
        ("//meta[@http-equiv='refresh']",),
    ),
    "structured_data": Traces((), ("//script[@type='application/ld+json']",)),
    "social": Traces((r".*card-\w+\.png",), ("//meta[starts-with(@property, 'og:')]",)),
    "sitemap": Traces((r"sitemap.*\.xml", r"robots\.txt")),
}


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The texts, with locks of everything that was once published."""
    folder = write_site(tmp_path_factory.mktemp("optional"), SITE)
    (folder / "images").mkdir()
    Image.new("RGB", (1400, 700), "teal").save(folder / "images/desk.jpg")
    withdrawn = folder / "en/posts/withdrawn.md"
    text = withdrawn.read_text("utf-8")
    withdrawn.write_text(text.replace("gone: true\n", ""), encoding="utf-8")
    assert [*lock_site(folder, ROOT / "pelicanconf.py")]
    withdrawn.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def whole(content: Path, tmp_path_factory: pytest.TempPathFactory) -> Build:
    return build(content, tmp_path_factory.mktemp("whole") / "output")


def without(*missing: str) -> list[str]:
    return [name for name in pelicanconf.PLUGINS if name.removeprefix("rubric.") not in missing]


def files_of(site: Build) -> dict[str, bytes]:
    """The files of a site, and those that it writes beside the output."""
    beside = site.output.parent
    exports = (path for path in sorted((beside / "exports").rglob("*")) if path.is_file())
    return site.files() | {
        f"../{path.relative_to(beside).as_posix()}": path.read_bytes() for path in exports
    }


def traces_of(site: Build, name: FeatureName) -> Iterator[str]:
    """What a site has of a feature."""
    traces, files = TRACES[name], files_of(site)
    yield from (file for file in files for part in traces.files if re.match(part, file))
    for address, page in read_pages(site).items():
        yield from (f"{address}: {path}" for path in traces.elements if page.find(path))
    for file, data in files.items():
        if file.endswith((".html", ".xml", ".json", ".ics", ".opml", ".txt")):
            yield from (f"{file}: {words}" for words in traces.words if words in data.decode())


def dead_addresses(site: Build) -> set[tuple[str, str]]:
    """(file, URL) of everything within the site that is named in any file and not there."""
    files = files_of(site)
    absolute = re.compile(re.escape(SITEURL) + r"(/[^\s\"'<>\\,)\]]*)")
    rooted = re.compile(r"""="(/[^/"][^"]*)\"""")
    dead = set()
    for name, data in files.items():
        if name.endswith((".html", ".xml", ".json", ".ics", ".opml", ".txt")):
            text = data.decode().replace("\r\n ", "")
            found = absolute.findall(text) + (rooted.findall(text) if ".html" in name else [])
            # A `srcset` has several links.
            found = [each.split()[0] for link in found for each in link.split(", ")]
            for link in found:
                address = unquote(urlsplit(link).path.lstrip("/"))
                file = f"{address}index.html" if address.endswith("/") or not address else address
                if file not in files:
                    dead.add((name, link))
    return dead


def empty_parts(site: Build) -> list[str]:
    """Sections with a heading and nothing else, lists and menus without an item."""
    empty = (
        "//section[not(*[not(self::h1 or self::h2 or self::h3)])]",
        "//aside[not(*)]",
        "//ul[not(li)]",
        "//nav[not(.//a)]",
        "//div[@class='cards' and not(*)]",
    )
    pages = read_pages(site).items()
    # Search fills its list of results, and events move to past ones, by script.
    return [
        f"{address}: {path}"
        for address, page in pages
        for path in empty
        if page.find(f"{path}[not(@hidden)]")
    ]


def check_sound(site: Build) -> None:
    assert site.status == 0, site.told
    assert dead_links(site) == set()
    assert dead_addresses(site) == set()
    assert empty_parts(site) == []


def test_the_site_has_every_feature(whole: Build):
    """Guards the tests below, which look for the same traces."""
    check_sound(whole)
    assert "not in PLUGINS" not in whole.told
    assert TRACES.keys() == FEATURES.keys()
    for name, traces in TRACES.items():
        found = "\n".join(traces_of(whole, name))
        for part in traces.elements + traces.words:
            assert part in found, (name, part)
        for part in traces.files:
            assert any(re.match(part, file) for file in files_of(whole)), (name, part)


@pytest.mark.parametrize("name", FEATURES)
def test_a_feature_leaves_nothing_behind(name: FeatureName, content: Path, tmp_path: Path):
    site = build(content, tmp_path / "output", PLUGINS=without(name), SOCIAL_IMAGES=UNDRAWN)
    check_sound(site)
    assert [*traces_of(site, name)] == []
    others = {"events": ("places", "calendars")}.get(name, ())
    for other in FEATURES:
        if other != name and other not in others:
            assert [*traces_of(site, other)], other


def test_unpublished_texts_and_links_are_named(content: Path, tmp_path: Path):
    site = build(content, tmp_path / "output", PLUGINS=without("events"), SOCIAL_IMAGES=UNDRAWN)
    reason = "because rubric.events is not in PLUGINS"
    assert f"Not published, {reason}: 3 texts in events and groups." in site.told
    assert f"Links shown as words, {reason}: 5. The first is “../events/evening.md”" in site.told
    text = site.page("en/tea/")
    assert "The <span>next evening</span> of" in " ".join(text.split())
    assert "and <span>HTML</span>." in text
    assert ">letters</a>" in text


def test_all_features_and_their_settings_can_be_left_out(content: Path, tmp_path: Path):
    """What remains is a blog in several languages."""
    settings = tmp_path / "settings.py"
    owned = "CALENDARS, EVENTS, FEEDS, FOLLOW, NEWSLETTER, REDIRECTS, SEARCH, SITEMAPS"
    given = f"PLUGINS = {list(PLUGINS_NEEDED)!r}\ndel {owned}, SOCIAL_IMAGES\n"
    settings.write_text(f"{CONF}{given}", encoding="utf-8")
    site = build(content, tmp_path / "output", settings_file=settings)
    check_sound(site)
    assert {name: [*traces_of(site, name)] for name in FEATURES} == {n: [] for n in FEATURES}
    menu = read_pages(site)["en/"].texts("//header//li/a[not(@data-language)]")
    assert menu == ["Topics", "Archive"]
    assert read_pages(site)["en/"].texts("//footer//a") == ["Questions"]
    assert "form-action 'self'\"" in site.page("en/")
    assert ">Tea<" in site.page("zh-hant/archive/")


def test_a_feature_can_be_left_out_later(content: Path, tmp_path: Path):
    """The next build removes its files."""
    output = tmp_path / "output"
    assert build(content, output, SOCIAL_IMAGES=UNDRAWN).status == 0
    plugins = without("search", "calendars")
    site = build(content, output, PLUGINS=plugins, SOCIAL_IMAGES=UNDRAWN)
    check_sound(site)
    assert [*traces_of(site, "search"), *traces_of(site, "calendars")] == []


def test_tasks_leave_locks_of_missing_features_alone(content: Path, tmp_path: Path):
    settings = tmp_path / "settings.py"
    settings.write_text(f"{CONF}PLUGINS = {list(PLUGINS_NEEDED)!r}\n", encoding="utf-8")
    locks = [content / "events.lock", content / "addresses.lock"]
    before = [path.read_bytes() for path in locks]
    told = [*lock_site(content, settings)]
    assert [line.partition(" is not written")[1] != "" for line in told] == [True, True], told
    assert [path.read_bytes() for path in locks] == before
    assert check_site(content, settings) == ([], [])


@pytest.mark.parametrize("name", ["rubric.editions", "rubric.files"])
def test_core_plugins_are_needed(name: str, tmp_path: Path):
    content = write_site(tmp_path, {"en/posts/tea.md": write_text("Tea")})
    plugins = [plugin for plugin in pelicanconf.PLUGINS if plugin != name]
    site = build(content, tmp_path / "output", PLUGINS=plugins)
    assert site.status != 0
    assert f"PLUGINS: lacks {name}." in site.told


def test_plugins_have_one_order(tmp_path: Path):
    """Features that make pages come before those that describe all pages."""
    assert list(PLUGIN_ORDER) == pelicanconf.PLUGINS
    content = write_site(tmp_path, {"en/posts/tea.md": write_text("Tea")})
    plugins = [*without("search")[:-3], "rubric.search", *pelicanconf.PLUGINS[-3:]]
    site = build(content, tmp_path / "output", PLUGINS=plugins)
    assert site.status != 0
    assert "PLUGINS: has rubric.sitemap before rubric.search." in site.told
    assert not site.output.exists()
