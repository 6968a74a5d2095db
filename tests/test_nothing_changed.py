"""Builds that have nothing to do end at once; those that have something never do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from time import sleep
from typing import Any

import pytest

from tests.building import NOW, ROOT, SITE, Build, build, write_site
from tests.cases import cases
from tests.pages import write_text
from tools.checking import check_site, lock_site

NOTHING = "Nothing has changed: "
NO_IMAGES = {"images": False, "cache": ".cache/social"}
DAY = 86_400
FILES = {
    "en/posts/tea.md": write_text("Tea", "Text.", tags=["tea"]),
    "en/events/tea.md": write_text(
        "Tea together",
        "Come.",
        start="2026-11-24 18:00",
        timezone="Asia/Almaty",
        online="https://example.org/tea",
    ),
}


def make(content: Path, now: int = NOW, **settings: Any) -> Build:
    built = build(content, content.parent / "output", now=now, SOCIAL_IMAGES=NO_IMAGES, **settings)
    assert built.status == 0, built.told
    return built


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    content = write_site(tmp_path_factory.mktemp("seal"), FILES)
    assert NOTHING not in make(content).told
    return content


def test_a_build_of_nothing_leaves_everything(content: Path):
    before = content.parent / "output/en/tea/index.html"
    time = before.stat().st_mtime_ns
    assert NOTHING in make(content).told
    assert before.stat().st_mtime_ns == time


def test_days_that_change_nothing_are_none(content: Path):
    assert NOTHING in make(content, NOW + DAY).told


def test_the_end_of_an_event_is_something(content: Path):
    assert NOTHING not in make(content, NOW + 3 * DAY).told
    assert NOTHING in make(content, NOW + 3 * DAY).told
    assert NOTHING not in make(content).told


@cases("name", ["exports/redirects.nginx.map", "output/en/tea/index.html", ".output.files"])
def test_what_a_build_left_is_looked_at(name: str, content: Path):
    make(content)
    path = content.parent / name
    before = path.read_bytes()
    path.write_bytes(b"mine")
    assert NOTHING not in make(content).told
    assert path.read_bytes() == before


def test_a_warning_is_told_at_every_build(tmp_path: Path):
    """As the one of a locked address that leads nowhere."""
    content = write_site(tmp_path, FILES)
    list(lock_site(content, ROOT / "pelicanconf.py"))
    (content / "en/posts/tea.md").unlink()
    for _ in range(3):
        built = build(content, tmp_path / "output", may_warn=True, SOCIAL_IMAGES=NO_IMAGES)
        assert "no page would be there now" in built.told
        assert NOTHING not in built.told


def test_tasks_read_a_site_that_needs_no_build(tmp_path: Path):
    content, settings = write_site(tmp_path, FILES), tmp_path / "siteconf.py"
    output = tmp_path / "output"
    settings.write_text(
        f"from pelicanconf import *\nOUTPUT_PATH = {str(output)!r}\nSOCIAL = {NO_IMAGES!r}\n",
        encoding="utf-8",
    )
    command = [sys.executable, "-m", "pelican", str(content), "-s", str(settings)]
    told = [
        subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for _ in range(2)
    ]
    assert NOTHING in told[1]
    errors, advice = check_site(content, settings)
    assert errors == []
    assert any("invoke lock" in line for line in advice)


def test_who_is_not_told_of_a_warning_leaves_no_stamp(tmp_path: Path):
    content = write_site(tmp_path, FILES)
    list(lock_site(content, ROOT / "pelicanconf.py"))
    (content / "en/posts/tea.md").unlink()
    command = [sys.executable, "-m", "pelican", str(content), "-s", "pelicanconf.py", "-q"]
    output = tmp_path / "output"
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(NOW)}
    settings = ["-o", str(output), "-e", f"SOCIAL_IMAGES={json.dumps(NO_IMAGES)}"]
    subprocess.run([*command, *settings], cwd=ROOT, env=environment, check=True)
    assert build(content, output, SOCIAL_IMAGES=NO_IMAGES).status != 0


def test_a_text_that_a_task_has_read_of_another_folder_is_read_again(tmp_path: Path):
    content, output = write_site(tmp_path, FILES), tmp_path / "output"
    other = write_site(tmp_path / "other", {**FILES, "en/posts/tea.md": write_text("Other", "No.")})
    settings = tmp_path / "siteconf.py"
    settings.write_text(
        f"from pelicanconf import *\nOUTPUT_PATH = {str(output)!r}\nSOCIAL = {NO_IMAGES!r}\n",
        encoding="utf-8",
    )
    sleep(3.1)  # of younger files, bytes would be compared
    make(content)
    check_site(other, settings)
    page = content / "en/events/tea.md"
    page.write_text(page.read_text("utf-8") + "\nMore.\n", encoding="utf-8")
    assert "Other" not in make(content).page("en/tea/")


HEAR = """
import json, os, sys
from pathlib import Path
heard = set()

def hear(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, bytes)):
        if arguments[2] is None or not arguments[2] & (os.O_WRONLY | os.O_RDWR):
            heard.add(os.path.realpath(os.fsdecode(arguments[0])))

sys.addaudithook(hear)
from pelican import main
main(sys.argv[2:])
Path(sys.argv[1]).write_text(json.dumps(sorted(heard)))
"""


def test_builds_read_nothing_that_the_stamp_does_not_list(tmp_path: Path):
    """Python itself tells which files it opens: content, theme, code, and what builds leave."""
    heard, output = tmp_path / "heard.json", tmp_path / "output"
    site = [str(SITE), "-s", "pelicanconf.py", "-o", str(output)]
    serial = ["-e", 'INCREMENTAL={"workers": 1}', f"SOCIAL_IMAGES={json.dumps(NO_IMAGES)}"]
    subprocess.run(
        [sys.executable, "-c", HEAR, str(heard), *site, *serial],
        cwd=ROOT,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(NOW)},
        check=True,
        capture_output=True,
    )
    known = [SITE, ROOT / "theme", ROOT / "plugins", tmp_path]
    known += [Path(path) for path in (sys.prefix, sys.base_prefix, *sys.path) if path != str(ROOT)]
    known += [Path("/usr/share/zoneinfo")]  # Babel wants the computer's zone, and no page shows it
    inside = tuple(f"{path.resolve()}/" for path in known)
    read = [path for path in json.loads(heard.read_text()) if Path(path).is_file()]
    # Compiled templates are found by a digest of the theme and the code.
    read = [path for path in read if not Path(path).name.startswith("__jinja2_")]
    assert any(path.startswith(f"{SITE}/en/posts/") for path in read)
    strange = {Path(path).name for path in read if not path.startswith(inside)}
    assert {name for name in strange if not name.startswith("pelicanconf.")} == set()
