"""Texts without a date: they stay drafts, and the build says so."""

from __future__ import annotations

from pathlib import Path

from tests.building import ROOT, build, write_site
from tests.pages import read_pages
from tools.checking import check_site

FILES = {
    "en/posts/undated.md": "---\ntitle: Undated\n---\nText.\n",
    "en/posts/published.md": "---\ntitle: Published\nstatus: published\n---\nText.\n",
    "en/events/meetup.md": "---\ntitle: Meetup\nstart: 2026-12-10 18:30\ntimezone: UTC\n---\n",
    "en/posts/draft.md": "---\ntitle: Draft\nstatus: draft\n---\nText.\n",
    "en/posts/hidden.md": "---\ntitle: Hidden\nstatus: hidden\n---\nText.\n",
    "en/posts/later.md": "---\ntitle: Later\ndate: 2036-01-01\n---\nText.\n",
    "en/posts/2026-11-01-named.md": "---\ntitle: Named\n---\nText.\n",
    "en/pages/about.md": "---\ntitle: About\n---\nText.\n",
}


def test_build_counts_undated_texts_and_check_names_them(tmp_path: Path) -> None:
    content = write_site(tmp_path, FILES)
    site = build(content, tmp_path / "output")
    assert site.status == 0, site.told
    line = "Texts without a date, which stay drafts: 3. `invoke check` names them."
    assert site.told.splitlines().count(line) == 1
    assert not {"en/undated/", "en/published/", "en/events/meetup/"} & read_pages(site).keys()
    _, advice = check_site(content, ROOT / "pelicanconf.py")
    named = [told.partition(":")[0] for told in advice if "has no date" in told]
    assert named == [
        "content/en/events/meetup.md",
        "content/en/posts/published.md",
        "content/en/posts/undated.md",
    ]


def test_build_of_dated_texts_says_nothing(tmp_path: Path) -> None:
    names = ("en/pages/about.md", "en/posts/draft.md", "en/posts/2026-11-01-named.md")
    content = write_site(tmp_path, {name: FILES[name] for name in names})
    site = build(content, tmp_path / "output")
    assert site.status == 0, site.told
    assert "without a date" not in site.told
