"""What the system does to a build: signals, disks that are full or read-only, odd files."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.building import NOW, ROOT, Build, build, write_site
from tests.pages import write_text

POSIX = pytest.mark.skipif(os.name == "nt", reason="POSIX signals and files")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return write_site(
        tmp_path, {f"en/posts/p{n}.md": write_text(f"Post {n}", "Words.") for n in range(9)}
    )


def lines_of(told: str) -> list[str]:
    """What was printed, without the line that counts and its continuations."""
    return [line for line in told.splitlines() if line.strip()]


def is_one_line(site: Build, problem: str) -> bool:
    told = lines_of(site.told)
    return site.status == 1 and len(told) == 1 and problem in told[0]


@POSIX
@pytest.mark.parametrize(
    ("number", "status", "name"),
    [(signal.SIGINT, 130, "Ctrl-C"), (signal.SIGTERM, 143, "SIGTERM")],
)
def test_an_interrupted_build_says_so_in_one_line(
    content: Path, tmp_path: Path, number: int, status: int, name: str
):
    output, journal = tmp_path / "output", tmp_path / ".output.unfinished"
    command = [sys.executable, "-m", "pelican", str(content), "-s", "pelicanconf.py"]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(NOW)}
    run = subprocess.Popen(
        [*command, "-o", str(output)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,  # a group of its own, as a terminal has it
    )
    while run.poll() is None and not journal.exists():
        time.sleep(0.01)
    os.killpg(run.pid, number) if number == signal.SIGINT else run.send_signal(number)
    told, _ = run.communicate(timeout=120)
    assert run.returncode == status
    assert lines_of(told) == [f"Stopped by {name}; the site is incomplete."]
    assert journal.exists()
    if number == signal.SIGTERM:
        whole = build(content, output)
        assert whole.status == 0
        assert whole.files() == build(content, tmp_path / "clean/output").files()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 200 kB, mounted below the test's folder."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", str(folder)]
    try:
        mounted = subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        mounted = False
    if not mounted:
        pytest.skip("file systems can't be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_is_one_line(content: Path, small_disk: Path):
    site = build(content, small_disk / "output")
    assert is_one_line(site, "No space left on device")
    assert list(small_disk.rglob("*.partial")) == []


def test_a_read_only_disk_is_one_line(content: Path, small_disk: Path):
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    assert is_one_line(build(content, small_disk / "output"), "Read-only file system")


@pytest.mark.parametrize("place", ["output", "output/en"])
def test_a_file_in_place_of_a_folder_is_one_line(content: Path, tmp_path: Path, place: str):
    (tmp_path / place).parent.mkdir(exist_ok=True)
    (tmp_path / place).write_text("mine")
    site = build(content, tmp_path / "output")
    assert site.status == 1
    assert len(lines_of(site.told)) == 1, site.told
    assert (tmp_path / place).read_text() == "mine"


def test_a_folder_in_place_of_a_file_is_one_line(content: Path, tmp_path: Path):
    mine = tmp_path / "output/robots.txt/mine"
    mine.mkdir(parents=True)
    site = build(content, tmp_path / "output")
    assert is_one_line(site, "robots.txt: Is a directory"), site.told
    assert mine.is_dir()


@POSIX
def test_what_may_not_be_read_or_written_is_one_line(content: Path, tmp_path: Path):
    """As root only without the capabilities that make root an exception."""
    prefix: list[str] = []
    if os.geteuid() == 0:
        prefix = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"]
        if shutil.which("setpriv") is None:
            pytest.skip("root may read everything")
    (content / "en/posts/2026").mkdir()
    (content / "en/posts/2026/a.md").write_text(write_text("A"))
    (content / "images").mkdir()
    (content / "images/a.txt").write_text("x")
    first = build(content, tmp_path / "output")
    assert first.status == 0, first.told
    for place, mode in (
        ("content/en/posts/2026", 0o000),
        ("content/images/a.txt", 0o000),
        ("content", 0o000),
        (".output.store", 0o555),
    ):
        path = tmp_path / place
        before = path.stat().st_mode
        path.chmod(mode)
        try:
            site = build(content, first.output, prefix=prefix)
        finally:
            path.chmod(before)
        assert site.status == 1, place
        # Where only the store can't be written, the build is finished by then.
        usual = ("nothing written", "Texts: ", "Done: ")
        lines = [line for line in site.told.splitlines() if line]
        wrong = [line for line in lines if not any(words in line for words in usual)]
        assert len(wrong) == 1, site.told
        assert f"{place}" in wrong[0]
        assert "Permission denied" in wrong[0]
    assert "en/a/index.html" in first.files()


@POSIX
def test_pipes_and_devices_are_never_opened(content: Path, tmp_path: Path):
    """Opening a pipe waits for a writer; some devices never end."""
    names = ("en/posts/pipe.md", "rubrics.toml", "authors.toml", "images/pipe.png")
    for name in (*names, "events.lock", "addresses.lock", "images/.hidden", "en/posts/_pipe.md"):
        (content / name).parent.mkdir(exist_ok=True)
        os.mkfifo(content / name)
    (content / "en/posts/zero.md").symlink_to("/dev/zero")
    site = build(content, tmp_path / "output")
    assert site.status == 1
    told = [line.removeprefix("content/") for line in site.told.splitlines()]
    pipes = {line.partition(":")[0] for line in told if "it is a named pipe" in line}
    assert pipes == {*names, "events.lock", "addresses.lock"}
    assert any(line.startswith("en/posts/zero.md: can't be read: it is a device") for line in told)
    assert not (tmp_path / "output").exists()


def test_the_locale_changes_nothing(content: Path, tmp_path: Path):
    variables = {"LC_ALL": "xx_XX.KOI8-R", "PYTHONIOENCODING": "ascii"}
    (content / "en/posts/тихо.md").write_text(write_text("Тихо 静"), "utf-8")
    (content / "ru/posts").mkdir(parents=True)
    (content / "ru/posts/тихо.md").write_text("---\ntitle: Тихо\nДата: 静\n---\n", "utf-8")
    wrong = build(content, tmp_path / "output", environment=variables)
    assert wrong.status == 1
    assert len(lines_of(wrong.told)) == 2, wrong.told
    (content / "ru/posts/тихо.md").unlink()
    site = build(content, tmp_path / "output", environment=variables)
    assert site.status == 0, site.told
    assert "Тихо 静" in site.page("en/тихо/")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names are UTF-8 by definition")
def test_a_locale_without_letters_is_one_line(content: Path, tmp_path: Path):
    """Otherwise each name that is not ASCII would be a mystery of its own."""
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    site = build(content, tmp_path / "output", environment=plain)
    if sys.version_info < (3, 15):
        assert is_one_line(site, "File names are read as ascii")


DEEP = 100_000
NESTED = {
    "rubrics.toml": "a = " + "[" * DEEP,
    "authors.toml": "a = " + "{b = " * DEEP,
    "events.lock": "a = " + "[" * DEEP,
    "addresses.lock": '["en/a"]\naddress = ' + "[" * DEEP,
    "en/posts/deep.md": "---\ntitle: " + "[" * 9_000 + "\n---\n",
    "en/posts/deeper.md": "---\ntitle: Deep\ntags: " + "{a: " * 4_000 + "\n---\n",
}


def test_deeply_nested_values_are_one_line_each(content: Path, tmp_path: Path):
    for name, text in NESTED.items():
        (content / name).write_text(text)
    site = build(content, tmp_path / "output")
    assert site.status == 1
    told = site.told.splitlines()[1:]
    assert {line.partition(":")[0] for line in told} == {f"content/{name}" for name in NESTED}
    assert len(told) == len(NESTED), site.told
    assert max(map(len, told)) < 300
