"""The newsletter's pages, its feed and its draft task, on built sites."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import feedparser
import pytest

import pelicanconf
from rubric.model.newsletter import UNSUBSCRIBE_SLOT
from tests.building import NOW, ROOT, SITE, Build, build, write_site
from tests.pages import LANGUAGES, Page, read_feeds, read_pages, write_text

SETTINGS: dict[str, Any] = pelicanconf.NEWSLETTER
LISTS = SETTINGS["lists"]
OWN = {options["lang"]: options for options in LISTS.values()}
ISSUES = ("weekly-2026-11-06", "weekly-2026-11-20")


def each_language() -> pytest.MarkDecorator:
    return pytest.mark.parametrize("lang", LANGUAGES)


def invoke_draft(content: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "invoke", "newsletter.draft", "--content", str(content)]
    return subprocess.run(
        [*command, *arguments],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


# Pages


@each_language()
def test_list_page_has_every_issue_newest_first(own_site: Build, lang: str):
    page = read_pages(own_site)[f"{lang}/newsletter/"]
    links = page.links('//ul[@class="issues"]//a')
    assert links == [f"{lang}/newsletter/{name}/" for name in reversed(ISSUES)]


@each_language()
@pytest.mark.parametrize("place", ["", "newsletter/", f"newsletter/{ISSUES[0]}/"])
def test_form_posts_to_the_provider_and_says_what_one_agrees_to(
    own_site: Build, lang: str, place: str
):
    page = read_pages(own_site)[f"{lang}/{place}"]
    form = page.one('//form[@method="post"]')
    assert form.get("action") == OWN[lang]["form_action"]
    field = form.xpath('.//input[@type="email"]')[0]
    assert field.get("name") == OWN[lang]["form_field"]
    assert field.get("required") is not None
    assert form.xpath(".//label/@for") == [field.get("id")]
    (consent,) = form.xpath(f'.//*[@id="{field.get("aria-describedby")}"]')
    assert OWN[lang]["sender_name"] in consent.text_content()
    feeds = page.links('//section[contains(@class, "newsletter-form")]//a[@type]')
    assert feeds == [f"{lang}/{'newsletter/' if place else ''}feed.rss.xml"]


@each_language()
def test_issue_page_shows_posts_events_and_notes(own_site: Build, lang: str):
    page = read_pages(own_site)[f"{lang}/newsletter/{ISSUES[1]}/"]
    posts = page.links('//section[@aria-labelledby="posts"]//*[self::h3 or self::blockquote]//a')
    events = page.links('//section[@aria-labelledby="events"]//h3/a')
    assert len(posts) == 4
    assert f"{lang}/quiet-monday/" in posts
    names = ["almaty-december-meetup", "open-complaint-clinic", "taipei-spring-salon"]
    assert events == [f"{lang}/events/{name}/" for name in names]
    assert all(page.texts('//*[@class="piece-note"]'))
    assert page.texts('//*[@class="prose"]')[0]


@each_language()
def test_first_issue_tells_the_cancellation(own_site: Build, lang: str):
    page = read_pages(own_site)[f"{lang}/newsletter/{ISSUES[0]}/"]
    (card,) = page.find('//section[@aria-labelledby="events"]//article')
    assert card.get("data-status") == "cancelled"


def test_no_page_of_the_archive_has_a_slot_for_a_provider(own_site: Build):
    for address, page in read_pages(own_site).items():
        if "/newsletter/" in address:
            text = page.tree.text_content()
            assert UNSUBSCRIBE_SLOT not in text, address


@each_language()
def test_issues_are_in_no_list_but_their_own(own_site: Build, lang: str):
    issue = f"{lang}/newsletter/{ISSUES[0]}/"
    linking = {
        page.address
        for page in read_pages(own_site).values()
        if issue
        in page.links(
            '//main//a[@href][not(starts-with(@href, "http"))]'
            '[not(starts-with(@href, "webcal"))]'
            '[not(starts-with(@href, "mailto"))]'
            '[not(starts-with(@href, "#"))]'
        )
    }
    assert linking == {f"{lang}/newsletter/"}
    for name, data in read_feeds(own_site).items():
        assert (issue.encode() in data) == name.startswith(f"{lang}/newsletter/feed."), name


@each_language()
def test_feed_of_issues_is_read_newest_first_with_the_introduction(own_site: Build, lang: str):
    for ending in ("rss.xml", "atom.xml"):
        feed = feedparser.parse(read_feeds(own_site)[f"{lang}/newsletter/feed.{ending}"])
        assert not feed.bozo
        links = [entry.link.rpartition("/newsletter/")[2] for entry in feed.entries]
        assert links == [f"{name}/" for name in reversed(ISSUES)]
        assert all(entry.content[0].value.strip() for entry in feed.entries)


@each_language()
def test_thank_you_page_is_there_and_not_indexed(own_site: Build, lang: str):
    page: Page = read_pages(own_site)[f"{lang}/newsletter/thanks/"]
    assert not page.is_indexed
    assert page.language_links == {other: f"{other}/newsletter/thanks/" for other in LANGUAGES}


def test_draft_issue_has_a_page_of_its_own_and_is_listed_nowhere(tmp_path: Path):
    files = {
        "en/posts/p.md": write_text("Post"),
        "en/newsletter/next.md": write_text(
            "Next", list="weekly-en", posts=["posts/p"], status="draft"
        ),
    }
    site = build(write_site(tmp_path, files), tmp_path / "output")
    assert site.status == 0, site.told
    pages = read_pages(site)
    assert "en/drafts/newsletter/next/" in pages
    assert pages["en/newsletter/"].links('//ul[@class="issues"]//a') == []


def test_edition_without_list_and_issue_has_no_newsletter(tmp_path: Path):
    files = {"en/posts/p.md": write_text("Post"), "ru/posts/p.md": write_text("Post")}
    lists = {"lists": {"weekly-en": LISTS["weekly-en"]}}
    site = build(write_site(tmp_path, files), tmp_path / "output", NEWSLETTER=lists)
    assert site.status == 0, site.told
    pages = read_pages(site)
    assert "en/newsletter/" in pages
    assert "ru/newsletter/" not in pages
    assert pages["ru/"].find('//form[@method="post"] | //a[contains(@href, "newsletter")]') == []


def test_policy_allows_forms_of_configured_hosts_alone(tmp_path: Path):
    content = write_site(tmp_path, {"en/posts/p.md": write_text("Post")})
    form = {**LISTS["weekly-en"], "form_action": "https://a.example:8443/x?list=1"}
    site = build(content, tmp_path / "output", NEWSLETTER={"lists": {"weekly-en": form}})
    (policy,) = read_pages(site)["en/p/"].find("//meta[@http-equiv]/@content")
    assert policy.endswith("form-action 'self' https://a.example:8443")


# The task


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SITE, tmp_path / "content"))


def test_nothing_new_writes_nothing_and_says_so_in_a_line(copied: Path):
    before = sorted(copied.rglob("*"))
    run = invoke_draft(copied, "--list", "weekly-en", "--now", str(NOW))
    assert run.returncode == 0, run.stderr
    assert run.stdout == (
        "weekly-en: no news for 2026-11-20 09:00 – 2026-11-22 17:00, so no issue was written.\n"
    )
    assert sorted(copied.rglob("*")) == before


def test_same_now_writes_the_same_bytes_and_a_site_that_builds(copied: Path, tmp_path: Path):
    shutil.rmtree(copied / "ru/newsletter")
    (copied / "addresses.lock").unlink()  # as if those letters had never been published
    path = copied / "ru/newsletter/weekly-2026-11-20.md"
    arguments = ("--list", "weekly-ru", "--until", "2026-11-20", "--now", str(NOW))
    texts = []
    for _ in range(2):
        run = invoke_draft(copied, *arguments)
        assert run.returncode == 0, run.stderr
        assert str(path) in run.stdout
        texts.append(path.read_bytes())
        path.unlink()
    assert texts[0] == texts[1]
    path.write_bytes(texts[0])
    site = build(copied, tmp_path / "output")
    assert site.status == 0, site.told
    assert "ru/drafts/newsletter/weekly-2026-11-20/" in read_pages(site)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ["--list", "weekly-rus"],
            "There is no mailing list “weekly-rus” in NEWSLETTER. Did you mean weekly-ru?",
        ),
        (["--list", "weekly-en", "--until", "2026-11-19"], "Give a later --until."),
        (["--list", "weekly-en", "--until", "soon"], "“soon” is not a date or time."),
        (["--list", "weekly-en", "--now", "soon"], "--now: “soon” is not a time with offset."),
    ],
)
def test_mistaken_order_is_told_in_one_line(copied: Path, arguments: list[str], told: str):
    run = invoke_draft(copied, *arguments)
    assert run.returncode == 1
    assert told in run.stderr
    assert len(run.stderr.strip().splitlines()) == 1
