"""The stamp on a build: it holds while all is as it was, and no longer."""

from __future__ import annotations

import os
from collections.abc import Callable, Set
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import sleep, time_ns
from typing import Any

import pytest

from rubric.model.now import Span
from rubric.store import file_signatures
from rubric.store.build_stamp import BuildStamp
from rubric.store.options import Options, Shard
from rubric.store.output import stamp_of
from rubric.store.warning_counter import WarningCounter

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
LONG_AGO, LATER = 0, 1 << 62
"""Nanoseconds: to whom every file is young, and to whom none is."""


FILES = (
    *("content/en/posts/tea.md", "content/a/x.png", "content/b/x.png", "shared/a.png"),
    *("theme/post.html", "more/post.html", "output/tea.html"),
)


class Begun(Exception):
    """A build has begun."""


@dataclass
class Site:
    folder: Path
    settings: dict[str, Any]
    untouched: Set[str] = frozenset()

    @property
    def text(self) -> Path:
        return self.folder / "content/en/posts/tea.md"

    def stamp(self, began: int = LATER, now: datetime = NOON, shard: str = "") -> BuildStamp:
        stamp = BuildStamp.of(self.settings, Options(1, shard=Shard.parse(shard)), now, began)
        assert stamp
        return stamp

    def put(self, began: int = LATER, span: Span | None = None) -> None:
        page = str(self.folder / "output/tea.html")
        left = stamp_of(page)
        assert left
        stamp = self.stamp(began)
        stamp.save(stamp.sources(), {page: left}, span or Span())

    def begin(self, untouched: Set[str]) -> _Left:
        self.untouched = untouched
        raise Begun

    def holds(self) -> bool:
        """Whether a build would do nothing; a broken stamp is gone then."""
        try:
            self.stamp().build(self.begin, WarningCounter())
        except Begun:
            return False
        return True


@pytest.fixture
def site(tmp_path: Path) -> Site:
    for name in FILES:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("tea at three", encoding="utf-8")
    (tmp_path / "content/now").symlink_to(tmp_path / "content/a")
    settings = {
        "PLUGINS": ["rubric.site", "rubric.store"],
        "OUTPUT_PATH": str(tmp_path / "output"),
        "PATH": str(tmp_path / "content"),
        "THEME": str(tmp_path / "theme"),
        "THEME_TEMPLATES_OVERRIDES": [str(tmp_path / "more")],
        "STATIC_PATHS": ["images", "../shared"],
        "SITENAME": "Tea",
    }
    return Site(tmp_path, settings)


def relink(link: Path, target: str) -> None:
    link.unlink()
    link.symlink_to(link.parents[1] / target)


def write_alike(path: Path) -> None:
    """Other bytes in the same number, with the former times."""
    before = path.stat()
    while path.stat().st_ctime_ns == before.st_ctime_ns:
        path.write_text("tea at seven", encoding="utf-8")
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


CHANGES: dict[str, Callable[[Site], object]] = {
    "a text": lambda site: site.text.write_text("tea at four", encoding="utf-8"),
    "a text that looks as before": lambda site: write_alike(site.text),
    "a new text": lambda site: site.text.with_name("cake.md").write_bytes(b"cake"),
    "a text less": lambda site: site.text.unlink(),
    "a renamed text": lambda site: site.text.rename(site.text.with_name("cake.md")),
    "a folder": lambda site: (site.folder / "content/ru").mkdir(),
    "a template": lambda site: (site.folder / "theme/post.html").write_bytes(b"other"),
    "an override": lambda site: (site.folder / "more/post.html").write_bytes(b"other"),
    "the content elsewhere": lambda site: site.settings.update(PATH=str(site.folder / "more")),
    "a setting": lambda site: site.settings.update(SITENAME="Cake"),
    "a plugin": lambda site: site.settings["PLUGINS"].append("rubric.events"),
    "a file of the output": lambda site: (site.folder / "output/tea.html").write_bytes(b"mine"),
    "a file of the output less": lambda site: (site.folder / "output/tea.html").unlink(),
    "a static file elsewhere": lambda site: (site.folder / "shared/a.png").write_bytes(b"other"),
    "a link to another folder": lambda site: relink(site.folder / "content/now", "content/b"),
    "a killed build": lambda site: (site.folder / ".output.unfinished").touch(),
    "a torn stamp": lambda site: (site.folder / ".output.store/stamp").write_bytes(b"RUBRIC"),
    "a new build": lambda site: site.stamp().store.drop_stamp(),
}


@pytest.mark.parametrize("began", [LONG_AGO, LATER], ids=["young", "old"])
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_any_change_breaks_it(change: Callable[[Site], object], began: int, site: Site):
    site.put(began)
    assert site.holds()
    assert site.holds()
    change(site)
    assert not site.holds()


def test_it_is_on_a_share_of_the_site(site: Site):
    site.put()
    with pytest.raises(Begun):
        site.stamp(shard="2/8").build(site.begin, WarningCounter())


def test_the_session_in_the_settings_is_no_setting(site: Site):
    site.put()
    site.settings["RUBRIC_SESSION"] = object()
    assert site.holds()


def test_a_touched_file_is_the_same_if_its_bytes_are(site: Site):
    site.put(LONG_AGO)
    site.text.touch()
    assert site.holds()


def test_without_change_times_bytes_are_compared(site: Site, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(file_signatures, "HAS_CHANGE_TIMES", False)
    site.put()
    site.text.touch()
    assert site.holds()
    write_alike(site.text)
    assert not site.holds()


@pytest.mark.parametrize(
    ("since", "until", "held"),
    [(-1, 1, True), (0, None, True), (None, 0, False), (1, None, False), (None, 1, True)],
)
def test_it_holds_as_long_as_the_clock_says_the_same(
    since: int | None, until: int | None, held: bool, site: Site
):
    limits = (None if hours is None else NOON + hours * HOUR for hours in (since, until))
    site.put(span=Span(*limits))
    assert site.holds() is held


def test_what_cannot_be_read_is_never_the_same(site: Site):
    (site.folder / "content/en/lost.md").symlink_to(site.folder / "nowhere")
    site.put()
    assert not site.holds()


def test_a_circle_of_links_ends(site: Site):
    (site.folder / "content/en/again").symlink_to(site.folder / "content")
    site.put()
    assert site.holds()


def test_plugins_of_others_may_read_anything(site: Site):
    site.settings["PLUGINS"].append("neighbours")
    assert BuildStamp.of(site.settings, Options(1), NOON, LATER) is None


@pytest.mark.parametrize(
    "setting",
    [
        {"JINJA_FILTERS": {"up": str.upper}},
        {"JINJA_GLOBALS": {"year": 2026}},
        {"MARKDOWN": {"extensions": ["markdown.extensions.extra", "an_extension_of_mine"]}},
        {"MARKDOWN": {"extensions": ["pymdownx.snippets"]}},
    ],
)
def test_functions_and_extensions_of_others_may_read_anything(setting: dict[str, Any], site: Site):
    site.settings.update(setting)
    assert BuildStamp.of(site.settings, Options(1), NOON, LATER) is None


@pytest.mark.parametrize(("began", "known"), [(LATER, True), (LONG_AGO, False)])
def test_a_build_knows_what_nobody_touched(began: int, known: bool, site: Site):
    """A young file may have been written twice since, and read in between."""
    site.put(began)
    (site.folder / "theme/post.html").write_bytes(b"other")
    assert not site.holds()
    untouched = site.untouched
    assert (str(site.text) in untouched) is known
    assert str(site.folder / "theme/post.html") not in untouched


class _Left:
    """What a run leaves: nothing, and it is always right."""

    span = Span()

    def stamps(self) -> dict[str, Any]:
        return {}

    def end(self) -> None:
        """No other plugin processes files."""


def swap(folder: Path) -> None:
    """Another folder is in the place of one, for a moment."""
    aside, other = folder.with_name("aside"), folder.with_name("other")
    folder.rename(aside)
    other.mkdir()
    other.rename(folder)
    folder.rename(other)
    aside.rename(folder)
    other.rmdir()


@pytest.mark.parametrize(
    "change",
    [
        lambda site: site.text.write_bytes(site.text.read_bytes()),
        lambda site: swap(site.text.parent),
        lambda site: relink(site.folder / "content/now", "content/a"),
    ],
    ids=["a young file", "a folder", "a link"],
)
def test_a_build_during_which_something_changed_bears_none(
    change: Callable[[Site], object], site: Site
):
    """Though it may be as it was by now."""

    def run(untouched: Set[str]) -> _Left:
        change(site)
        return _Left()

    sleep(0.05)
    site.stamp(time_ns()).build(run, WarningCounter())
    assert not (site.folder / ".output.store/stamp").exists()
    sleep(0.05)
    site.stamp(time_ns()).build(lambda untouched: _Left(), WarningCounter())
    assert (site.folder / ".output.store/stamp").exists()


def test_an_old_file_that_changed_during_a_build_breaks_the_seal(site: Site):
    """It need not be looked at again, for it can't look as it did."""

    def run(untouched: Set[str]) -> _Left:
        while site.text.stat().st_ctime_ns == looked:  # clocks of files may be coarse
            site.text.write_bytes(b"tea at seven")
            site.text.write_bytes(before)
        return _Left()

    before, looked = site.text.read_bytes(), site.text.stat().st_ctime_ns
    site.stamp(LATER).build(run, WarningCounter())
    assert (site.folder / ".output.store/stamp").exists()
    assert not site.holds()
    assert str(site.text) not in site.untouched


@pytest.mark.parametrize(("warnings", "sealed"), [(0, True), (1, False)])
def test_a_build_that_told_of_something_bears_none(warnings: int, sealed: bool, site: Site):
    told = WarningCounter()
    told.count = warnings
    site.stamp().build(lambda untouched: _Left(), told)
    assert (site.folder / ".output.store/stamp").exists() is sealed
