"""A kind of text that a plugin adds, as docs/kinds.md has it: one record and two templates."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feedparser
import jsonschema
import pytest
from lxml import etree
from PIL import Image

import pelicanconf
from rubric import pipeline
from rubric.model.errors import BuildFailed
from rubric.model.kinds import BUILT_IN, POST, Kind
from rubric.model.media import MediaMetadata, parse_clock
from rubric.model.metadata import PostMetadata
from rubric.site.theme import check_theme
from tests.building import ROOT, Build, build
from tests.cases import cases
from tests.pages import parse_xml, read_pages, write_text
from tests.test_site_search import rows
from tools.new import write_new
from tools.reference import reference, schemas

ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
NAMESPACES = {"itunes": ITUNES, "atom": "http://www.w3.org/2005/Atom"}
DOCUMENT = (ROOT / "docs/kinds.md").read_text("utf-8")
FILES = dict(re.findall(r"`my_\w+/(\S+)`:\n\n```\w+\n(.*?)```", DOCUMENT, re.DOTALL))
SHOW = {"category": ["Business", "Careers"], "image": "images/show.png"}
LANGUAGES = {"en": {**pelicanconf.LANGUAGES["en"], "chain": []}}
SOUND = b"ID3\x04" + bytes(4996)
REMOTE = "https://media.example.org/second.mp3?from=feed"
EPISODE = {"date": "2026-11-02", "media": "files/first.mp3", "duration": "1:02:03", "episode": 1}


def write_site(folder: Path, texts: Mapping[str, str]) -> Path:
    """A site with the plugin and the templates of the documentation; returns its content."""
    for name, text in FILES.items():
        path = folder / ("plugins" if name.endswith(".py") else "templates") / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    content = folder / "content"
    for name, text in texts.items():
        path = content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (content / "files").mkdir(exist_ok=True)
    (content / "files/first.mp3").write_bytes(SOUND)
    (content / "files/empty.mp3").touch()
    (content / "files/notes.xyz").write_bytes(b"?")
    (content / "images").mkdir(exist_ok=True)
    Image.new("RGB", (1400, 1400)).save(content / "images/show.png")
    Image.new("RGB", (1400, 900)).save(content / "images/wide.png")
    return content


def build_site(folder: Path, output: str = "output", **settings: Any) -> Build:
    given: dict[str, Any] = {
        "LANGUAGES": LANGUAGES,
        "PLUGIN_PATHS": [str(folder / "plugins")],
        "PLUGINS": [*pelicanconf.PLUGINS, "podcast"],
        "THEME_TEMPLATES_OVERRIDES": [str(folder / "templates")],
        "FEEDS": {**pelicanconf.FEEDS, "podcast": SHOW},
    }
    return build(folder / "content", folder / output, **{**given, **settings})


TEXTS = {
    "en/podcasts/first.md": write_text(
        "The first call", "We talk about it. #podcast", **EPISODE, authors=["Ann"], guests=["Ada"]
    ),
    "en/podcasts/second.md": write_text(
        "The second call",
        "Again. #podcast",
        date="2026-11-09",
        media=REMOTE,
        media_size=1234567,
        duration="62:03",
        explicit="true",
        image="images/wide.png",
        image_alt="Two cups",
    ),
    "en/podcasts/next.md": write_text("Next", "Soon.", status="draft", media="files/first.mp3"),
    "en/posts/words.md": write_text("Words", "Without a recording. #desk", date="2026-11-03"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("podcast")
    write_site(folder, TEXTS)
    return folder


@pytest.fixture(scope="module")
def site(folder: Path) -> Build:
    made = build_site(folder)
    assert made.status == 0, made.told
    return made


# The site ---------------------------------------------------------------------------------------


def test_an_episode_has_a_page_of_its_template(site: Build):
    page = read_pages(site)["en/podcasts/first/"]
    assert page.one("//h1").text == "The first call"
    assert page.one("//audio/@src") == "/files/first.mp3"
    assert "1:02:03" in page.one("//main").text_content()
    assert (site.output / "files/first.mp3").read_bytes() == SOUND
    # Pages load nothing from other sites.
    remote = read_pages(site)["en/podcasts/second/"]
    assert remote.find("//audio") == []
    assert remote.find(f'//main//a[@href="{REMOTE}"]')


@cases("address", ["en/", "en/tags/podcast/", "en/authors/ann/"])
def test_lists_show_the_card_of_the_kind(site: Build, address: str):
    card = read_pages(site)[address].one(
        '//article[contains(@class, "card-podcast")][.//a[@href="/en/podcasts/first/"]]'
    )
    assert "1:02:03" in card.text_content()


def test_the_archive_and_the_sitemap_have_episodes(site: Build):
    assert read_pages(site)["en/archive/"].find('//a[@href="/en/podcasts/first/"]')
    assert "/en/podcasts/first/</loc>" in site.page("sitemap.xml")


def test_the_search_finds_episodes_and_filters_by_their_label(site: Build):
    found = {row[0]: row for row in rows(site, "en")}
    assert found["/en/podcasts/first/"][1] == "The first call"
    assert "We talk about it." in found["/en/podcasts/first/"][-1]
    options = read_pages(site)["en/search/"].find('//select[@name="kind"]/option')
    assert ("podcast", "Episodes") in {(each.get("value"), each.text) for each in options}


def test_structured_data_are_of_the_type_of_the_record(site: Build):
    (episode,) = read_pages(site)["en/podcasts/first/"].structured
    assert episode["@type"] == "PodcastEpisode"
    assert episode["name"] == "The first call"
    assert episode["episodeNumber"] == 1
    assert episode["associatedMedia"] == {
        "@type": "AudioObject",
        "contentUrl": f"{pelicanconf.SITEURL}/files/first.mp3",
        "encodingFormat": "audio/mpeg",
        "contentSize": str(len(SOUND)),
        "duration": "PT1H2M3S",
    }


# Feeds ------------------------------------------------------------------------------------------

FEEDS = ["en/", "en/tags/podcast/"]


@cases("home", FEEDS)
def test_rss_is_a_podcast(site: Build, home: str):
    text = site.page(f"{home}feed.rss.xml")
    feed = feedparser.parse(text)
    assert not feed.bozo
    by_title = {entry.title: entry for entry in feed.entries}
    first, second = by_title["The first call"], by_title["The second call"]
    (sound,) = first.enclosures
    assert sound == {
        "href": f"{pelicanconf.SITEURL}/files/first.mp3",
        "length": str(len(SOUND)),
        "type": "audio/mpeg",
    }
    assert (first.itunes_duration, first.itunes_episode) == ("3723", "1")
    # An item has one enclosure, also if the text has an image.
    assert [each.href for each in second.enclosures] == [REMOTE]
    assert re.search(r"/pictures/wide-1200\.\w+\.jpg$", second.media_content[0]["url"])
    channel = parse_xml(text.encode()).find("channel")
    for name in ("title", "link", "description", "language"):
        assert channel.findtext(name)
    found = {name: channel.find(f"itunes:{name}", NAMESPACES) for name in ("author", "explicit")}
    assert found["author"].text == LANGUAGES["en"]["site_name"]
    assert found["explicit"].text == "false"
    assert [each.get("text") for each in channel.iterfind(".//itunes:category", NAMESPACES)] == [
        "Business",
        "Careers",
    ]
    image = channel.find("itunes:image", NAMESPACES)
    assert image.get("href") == f"{pelicanconf.SITEURL}/images/show.png"
    assert channel.find("itunes:owner", NAMESPACES) is None
    told = {
        item.findtext("title"): item.findtext("itunes:explicit", None, NAMESPACES)
        for item in channel.iterfind("item")
    }
    assert told == {"The first call": "false", "The second call": "true"} | (
        {"Words": None} if home == "en/" else {}
    )
    for item in channel.iterfind("item"):
        assert item.findtext("guid").startswith("tag:")
        assert item.findtext("pubDate")


@cases("home", FEEDS)
def test_atom_links_the_recording(site: Build, home: str):
    tree = parse_xml(site.page(f"{home}feed.atom.xml").encode())
    schema = etree.RelaxNG(etree.parse(ROOT / "tests/schemas/atom.rng"))
    schema.assertValid(tree)
    (link,) = tree.xpath(
        '//atom:entry[atom:title="The first call"]/atom:link[@rel="enclosure"]',
        namespaces=NAMESPACES,
    )
    assert dict(link.attrib) == {
        "href": f"{pelicanconf.SITEURL}/files/first.mp3",
        "rel": "enclosure",
        "type": "audio/mpeg",
        "length": str(len(SOUND)),
        "title": "The first call",
    }


@cases("home", FEEDS)
def test_json_feed_attaches_the_recording(site: Build, home: str):
    feed = json.loads(site.page(f"{home}feed.json"))
    schema = json.loads((ROOT / "tests/schemas/jsonfeed-1.1.schema.json").read_text("utf-8"))
    jsonschema.validate(feed, schema)
    items = {item["title"]: item for item in feed["items"]}
    assert items["The first call"]["attachments"] == [
        {
            "url": f"{pelicanconf.SITEURL}/files/first.mp3",
            "mime_type": "audio/mpeg",
            "size_in_bytes": len(SOUND),
            "duration_in_seconds": 3723,
        }
    ]
    recording, picture = items["The second call"]["attachments"]
    assert (recording["url"], recording["size_in_bytes"]) == (REMOTE, 1234567)
    assert picture["mime_type"] == "image/jpeg"


def test_a_feed_without_recordings_is_no_podcast(site: Build):
    assert "itunes" not in site.page("en/tags/desk/feed.rss.xml")
    assert "itunes" not in site.page("en/events/feed.rss.xml")


def test_an_owner_is_named_only_with_an_address(folder: Path):
    show = {**SHOW, "author": "Two of us", "owner_email": "we@example.org", "explicit": True}
    made = build_site(folder, "owner", FEEDS={**pelicanconf.FEEDS, "podcast": show})
    assert made.status == 0, made.told
    channel = parse_xml(made.page("en/feed.rss.xml").encode()).find("channel")
    assert channel.findtext("itunes:author", None, NAMESPACES) == "Two of us"
    assert channel.findtext("itunes:owner/itunes:email", None, NAMESPACES) == "we@example.org"
    assert channel.findtext("itunes:owner/itunes:name", None, NAMESPACES) == "Two of us"
    told = {each.text for each in channel.iterfind(".//itunes:explicit", NAMESPACES)}
    assert told == {"true"}


# Builds -----------------------------------------------------------------------------------------


def test_a_later_build_is_the_same_as_a_clean_one(tmp_path: Path):
    """Texts of the kind are kept in the store; the size of a file is found at each build."""
    content = write_site(tmp_path, TEXTS)
    assert build_site(tmp_path).status == 0
    again = build_site(tmp_path)
    assert again.status == 0, again.told
    assert "0 of them parsed" in again.told or "parsed" not in again.told, again.told
    (content / "files/first.mp3").write_bytes(SOUND * 2)
    later, clean = build_site(tmp_path), build_site(tmp_path, "clean")
    assert later.status == clean.status == 0
    assert later.files() == clean.files()
    assert f'length="{2 * len(SOUND)}"' in later.page("en/feed.rss.xml")


def test_a_draft_s_file_is_not_published(tmp_path: Path):
    texts = {"en/podcasts/next.md": TEXTS["en/podcasts/next.md"]}
    write_site(tmp_path, texts)
    made = build_site(tmp_path, DRAFTS={"show": False}, FEEDS=pelicanconf.FEEDS)
    assert made.status == 0, made.told
    assert not (made.output / "files/first.mp3").exists()


# Mistakes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"guest": "Ada"}, "guest: is not a field here. Did you mean guests?"),
        ({"media": "files/frist.mp3"}, "Did you mean “files/first.mp3”?"),
        ({"media": "files/absent.ogg"}, "media: there is no file “files/absent.ogg”."),
        ({"media": "files/empty.mp3"}, "media: “files/empty.mp3” is empty."),
        ({"media": "files/notes.xyz"}, "media: “files/notes.xyz” has no known type."),
        ({"media": ""}, "media: is missing."),
        ({"media": "http://a.example/b.mp3"}, "media: “http://a.example/b.mp3” is no https"),
        ({"media": "https://a.example/b.mp3"}, "media_size: is missing"),
        ({"media": "https://a.example/b", "media_size": "9"}, "has no known type."),
        ({"media_size": "9"}, "media_size: “9” is not the size of the file, which is 5000."),
        ({"media_type": "text/plain"}, "media_type: “text/plain” is no type of audio or video."),
        ({"duration": "62"}, "duration: “62” is not a length of a recording."),
        ({"duration": "1:62:03"}, "duration: “1:62:03” is not a length of a recording."),
        ({"episode": "0"}, "episode: “0” is too small."),
        ({"kind": "post"}, "kind: “post” contradicts the folder, whose texts are of kind podcast."),
        ({"kind": "poem"}, "kind: “poem” is unknown. Choose post,"),
    ],
)
def test_front_matter_is_checked(tmp_path: Path, fields: dict[str, str], told: str):
    text = write_text("The first call", "Hello.", **{**EPISODE, **fields})
    write_site(tmp_path, {"en/podcasts/first.md": text})
    made = build_site(tmp_path)
    assert made.status == 1
    assert "content/en/podcasts/first.md:" in made.told
    assert told in made.told


@cases(
    ("show", "told"),
    [
        ({}, 'FEEDS["podcast"]["category"]: is missing'),
        ({}, 'FEEDS["podcast"]["image"]: is missing'),
        ({"category": ["Bisness"]}, "Did you mean “Business”?"),
        ({"category": ["Business", "Career"]}, "Did you mean “Careers”?"),
        ({"category": ["History", "Rome"]}, "has too many names."),
        ({"image": "images/none.png"}, "there is no published file “images/none.png”."),
        ({"image": "images/wide.png"}, "“images/wide.png” has 1400 × 900 pixels."),
        ({"image": "files/first.mp3"}, "“files/first.mp3” is no JPEG or PNG."),
        ({"owner_email": "we"}, "“we” is not an e-mail address."),
        ({"categories": ["Business"]}, "podcast has no option “categories”."),
        ({"explicit": "no"}, 'podcast["explicit"] is True or False.'),
    ],
)
def test_the_options_of_podcasts_are_checked(folder: Path, show: dict[str, Any], told: str):
    given = {**SHOW, **show} if show else {}
    made = build_site(folder, "refused", FEEDS={**pelicanconf.FEEDS, "podcast": given})
    assert made.status == 1
    assert told in made.told.replace(": : ", ": ")


def test_a_missing_template_is_named(tmp_path: Path):
    write_site(tmp_path, TEXTS)
    (tmp_path / "templates/partials/card_podcast.html").unlink()
    made = build_site(tmp_path)
    assert made.status == 1
    assert "the kind “podcast” has no template partials/card_podcast.html." in made.told


# Records ----------------------------------------------------------------------------------------


@cases(
    ("record", "told"),
    [
        ({"id": "Pod cast"}, "the id “Pod cast” is no name"),
        ({"id": "post"}, "there is a kind “post” already"),
        ({"folder": "../x"}, "the folder “../x” is no name of a folder"),
        ({"path": "/x"}, "the path “/x” is no part of an address"),
        ({"section": "events"}, "the section “events” has its own kinds. Choose posts or pages."),
        ({"model": object}, "the model is no subclass of Metadata"),
        ({"schema_type": "Podcast Episode"}, "“Podcast Episode” is no type of schema.org"),
    ],
)
def test_a_wrong_record_is_an_error(record: dict[str, Any], told: str):
    kind = Kind(**{"id": "x", "folder": "xs", "model": PostMetadata, **record})
    with pytest.raises(ValueError, match=re.escape(told)):
        BUILT_IN.add(kind)


def test_a_kind_cannot_have_the_template_of_other_pages():
    kinds = BUILT_IN.add(Kind(id="x", folder="xs", model=PostMetadata, template="tags"))
    (error,) = check_theme(ROOT / "theme", [], kinds=kinds)
    assert "the kind “x” has the template tags.html, which other pages have." in str(error)


@pytest.fixture
def podcast(tmp_path: Path) -> Iterator[Kind]:
    """The record of the documentation's plugin."""
    path = tmp_path / "podcast.py"
    path.write_text(FILES["podcast.py"], "utf-8")
    spec = importlib.util.spec_from_file_location("a_podcast", path)
    assert spec
    assert spec.loader
    module = sys.modules["a_podcast"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    yield module.PODCAST
    del sys.modules["a_podcast"]


def test_a_kind_belongs_to_sites_with_its_plugin(podcast: Kind):
    pipeline.add_kind(podcast, plugin="a_podcast")
    assert podcast in pipeline.select(["rubric.site", "a_podcast"]).kinds.records
    assert pipeline.select(["rubric.site"]).kinds == BUILT_IN


def test_two_plugins_cannot_add_the_same_kind():
    for name in ("one", "two"):
        kind = Kind(id="twice", folder=name, model=PostMetadata)
        pipeline.add_kind(kind, plugin=f"a_plugin_{name}")
    with pytest.raises(BuildFailed, match="a_plugin_two adds the kind “twice”, but there is"):
        pipeline.select(["a_plugin_one", "a_plugin_two"])


def test_tasks_know_an_added_kind(podcast: Kind, tmp_path: Path):
    kinds = BUILT_IN.add(podcast)
    (tmp_path / "content/en").mkdir(parents=True)
    now = datetime(2026, 11, 1, tzinfo=UTC)
    path = write_new(tmp_path / "content", "podcast", "en", "Third", now, kinds=kinds)
    assert path == tmp_path / "content/en/podcasts/third.md"
    assert "\nmedia: files/\nduration: \n" in path.read_text("utf-8")
    assert "## Podcast\n" in reference(kinds)
    assert "| `guests` | Who is interviewed. |" in reference(kinds)
    schema = json.loads(schemas(kinds)["podcast"])
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate({"title": "A", "media": "files/a.mp3", "duration": "62:03"}, schema)
    assert schema["properties"]["kind"]["anyOf"][0]["enum"] == ["podcast"]


def test_the_records_of_built_in_kinds_are_complete():
    assert [kind.id for kind in BUILT_IN.of_folder("posts")] == ["post", "story", "quote"]
    assert [kind.id for kind in BUILT_IN.of_folder("pages")] == ["page", "faq"]
    assert str(POST) == POST.id == "post"
    assert not any(kind.has_media for kind in BUILT_IN)


@cases(("written", "seconds"), [("1:02:03", 3723), ("62:03", 3723), ("0:30", 30), ("100:00", 6000)])
def test_lengths_are_read(written: str, seconds: int):
    assert parse_clock(written).total_seconds() == seconds


@cases("written", ["", "5", "1:2:3", "0:00", "1:60", "1:60:00", "-1:00", "1h"])
def test_other_lengths_are_refused(written: str):
    with pytest.raises(ValueError, match="is not a length of a recording"):
        parse_clock(written)


def test_a_recording_is_required_of_kinds_that_have_one():
    assert MediaMetadata.model_fields["media"].is_required()
