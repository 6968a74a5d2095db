"""Drafts, future and undated texts: in a preview with a badge, nowhere on a public site."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from rubric.model.drafts import Drafts
from tests.building import ROOT, Build, build, write_site
from tests.cases import cases
from tests.pages import read_pages, write_text

WORD = "quillwort"
"""In each value of what is not published, and nowhere else."""
PUBLIC = {"show": False, "secret": ""}
SECRET = "0123456789abcdef0123"


def make_files() -> dict[str, str]:
    """A published text, and one of each kind that is not published, for each reason."""
    values: dict[str, Any] = {
        "summary": f"{WORD} summary",
        "tags": [f"{WORD}tag"],
        "authors": [f"{WORD} author"],
        "image_alt": f"{WORD} picture",
        "aliases": [f"/en/{WORD}-former/"],
    }
    of_post = {**values, "series": f"{WORD} series"}
    of_event = {
        **values,
        "start": "2027-01-10 18:00",
        "timezone": "Asia/Almaty",
        "venue": f"{WORD} hall",
        "city": f"{WORD} town",
        "country": "KZ",
        "registration": f"https://example.org/{WORD}",
    }
    of_group = {**values, "city": f"{WORD} town", "country": "KZ", "timezone": "Asia/Almaty"}
    title, body = f"{WORD} title", f"A text about {WORD}, and #{WORD}inside."

    def aliased(name: str, given: dict[str, Any]) -> dict[str, Any]:
        return {**given, "aliases": [f"/en/{WORD}-{name}/"]}

    def draft(name: str, given: dict[str, Any], **more: Any) -> str:
        return write_text(title, body, **aliased(name, given), **more)

    undated = draft("undated", of_post, date="x")
    return {
        "en/posts/shown.md": write_text("Shown", "Public words."),
        "en/groups/public.md": write_text("Public group", city="Almaty", country="KZ"),
        f"en/posts/{WORD}-draft.md": draft("draft", of_post, status="draft"),
        f"en/posts/{WORD}-future.md": draft("future", of_post, date="2099-01-01"),
        f"en/posts/2099-01-01-{WORD}-named.md": draft("named", of_post).replace(
            'date: "2026-11-01 10:00"\n', ""
        ),
        f"en/posts/{WORD}-undated.md": undated.replace('date: "x"\n', ""),
        f"en/posts/{WORD}-quote.md": write_text(
            title, f"{WORD} is a plant.", kind="quote", by=f"{WORD} Speaker", status="draft"
        ),
        f"en/events/{WORD}-event.md": draft("event", of_event, status="draft"),
        f"en/events/{WORD}-later.md": draft("later", of_event, date="2099-01-01"),
        f"en/groups/{WORD}-group.md": draft("group", of_group, status="draft"),
        f"en/pages/{WORD}-page.md": write_text(title, body, status="draft"),
        f"en/pages/{WORD}-faq.md": write_text(
            title, f"## {WORD}?\n\nYes.", kind="faq", status="draft"
        ),
        f"en/newsletter/{WORD}-issue.md": write_text(
            title, body, list="weekly-en", status="draft", posts=["posts/shown"]
        ),
        "ru/posts/shown.md": write_text(title, body, status="draft", slug=f"{WORD}-ru"),
    }


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_site(tmp_path_factory.mktemp("drafts"), make_files())


def leaks(site: Build) -> list[str]:
    """Files of the output and of the exports beside it that have the word, or drafts."""
    tops = (site.output, site.output.parent / "exports")
    files = [path for top in tops for path in top.rglob("*") if path.is_file()]
    return [
        str(path)
        for path in files
        if WORD in str(path).casefold()
        or "/drafts/" in str(path)
        or WORD.encode() in path.read_bytes().lower()
    ]


def test_a_public_site_has_nothing_of_drafts_in_any_file(content: Path, tmp_path: Path):
    output = tmp_path / "output"
    preview = build(content, output)
    assert preview.status == 0, preview.told
    assert len(leaks(preview)) == 14
    public = build(content, output, DRAFTS=PUBLIC)
    assert public.status == 0, public.told
    assert leaks(public) == []
    pages = read_pages(public)
    assert "en/shown/" in pages
    assert b"/drafts/" not in b"".join(public.files().values())
    clean = build(content, tmp_path / "clean/output", DRAFTS=PUBLIC)
    assert clean.files() == public.files()


def test_files_that_only_drafts_link_to_are_not_published(tmp_path: Path):
    files = {
        "en/posts/shown.md": write_text(
            "Shown",
            '![a](/images/both.png) <img src="/images/raw.png" alt="">',
            image="images/i.png",
            image_alt="I",
        ),
        "en/posts/draft.md": write_text(
            "Draft",
            "![a](/images/both.png) ![b](/images/own.png) [c](plan.pdf)\n\n"
            '<img src="/images/raw.png" alt=""> <img src="/images/secret.png" alt="">',
            image="images/cover.png",
            image_alt="Cover",
            status="draft",
        ),
        "en/posts/plan.pdf": "plan",
    }
    content = write_site(tmp_path, files)
    names = ("both", "raw", "i", "own", "secret", "cover", "unlinked")
    (content / "images").mkdir()
    for name in names:
        Image.new("L", (2, 2)).save(content / f"images/{name}.png")

    def published(site: Build) -> set[str]:
        assert site.status == 0, site.told
        found = (Path(name) for name in site.files())
        return {p.stem for p in found if p.parts[0] == "images" or p.name == "plan.pdf"}

    output = tmp_path / "output"
    assert published(build(content, output)) == {*names, "plan"}
    assert published(build(content, output, DRAFTS=PUBLIC)) == {"both", "raw", "i", "unlinked"}
    shared = {"show": False, "secret": SECRET}
    assert published(build(content, output, DRAFTS=shared)) == {*names, "plan"}


def test_a_preview_lists_drafts_and_shows_them_with_a_badge(content: Path, tmp_path: Path):
    site = build(content, tmp_path / "output")
    pages = read_pages(site)
    listed = pages["en/drafts/"].links("//ul[@class='drafts']//a")
    assert len(listed) == 11
    assert {f"en/drafts/posts/{WORD}-{name}/" for name in ("draft", "future", "undated")} <= {
        *listed
    }
    badges = {
        "draft": "Draft",
        "future": "Scheduled for 1 January 2099",
        "named": "Scheduled for 1 January 2099",
        "undated": "Draft without a date",
    }
    for name, badge in badges.items():
        page = pages[f"en/drafts/posts/{WORD}-{name}/"]
        assert page.texts("//p[@class='notice']/span") == [badge]
        assert not page.is_indexed
    for address in listed:
        assert len(pages[address].texts("//p[@class='notice']/span")) == 1, address
    assert not pages["en/drafts/"].is_indexed
    assert "en/drafts/" in pages["en/"].links("//footer//a")
    assert "zh-hans/drafts/" not in pages
    assert "/drafts/" not in site.page("sitemap.xml")


def test_a_secret_gives_drafts_addresses_that_nothing_leads_to(content: Path, tmp_path: Path):
    site = build(content, tmp_path / "output", DRAFTS={"show": False, "secret": SECRET})
    assert site.status == 0, site.told
    drafts = [name for name in site.files() if "/drafts/" in name]
    assert len(drafts) == 12
    assert all(re.fullmatch(r"\w\w/drafts/[0-9a-f]{32}/[^/]+/index\.html", n) for n in drafts)
    assert len({name.split("/")[2] for name in drafts}) == 12
    others = b"".join(data for name, data in site.files().items() if name not in drafts)
    assert b"drafts/" not in others
    assert WORD.encode() not in others.lower()
    pages = read_pages(site)
    assert not any(pages[name.removesuffix("index.html")].is_indexed for name in drafts)


def test_a_draft_keeps_its_secret_address_until_the_secret_changes():
    one, other = Drafts(secret=SECRET), Drafts(secret=SECRET[::-1])
    assert one.folder("en/posts/a") == one.folder("en/posts/a")
    assert len({d.folder(f"en/posts/{n}") for d in (one, other) for n in "ab"}) == 4


@cases(("variables", "secret"), [({}, ""), ({"DRAFTS_SECRET": SECRET}, SECRET)])
def test_production_shows_no_drafts(variables: dict[str, str], secret: str):
    given = {k: v for k, v in os.environ.items() if k != "DRAFTS_SECRET"}
    run = subprocess.run(
        [sys.executable, "-c", "import publishconf; print(publishconf.DRAFTS)"],
        cwd=ROOT,
        env={**given, "SITEURL": "https://example.org", **variables},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == str({"show": False, "secret": secret})


def test_the_task_lists_the_addresses_of_drafts(tmp_path: Path):
    content = write_site(tmp_path, {"en/posts/a.md": write_text("A", status="draft")})
    run = subprocess.run(
        [sys.executable, "-m", "invoke", "drafts", "--content", str(content)],
        cwd=ROOT,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    line = "content/en/posts/a.md: http://localhost:8000/en/drafts/posts/a/"
    assert (run.returncode, run.stdout.strip()) == (0, line), run.stderr
