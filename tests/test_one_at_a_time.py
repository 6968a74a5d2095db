"""Builds of one output write one at a time."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

import pytest

from tests.building import ROOT, build, write_site
from tests.pages import write_text

pytest.importorskip("fcntl", reason="Windows has no such lock")

HOLD = """
import sys
from pathlib import Path
from rubric.store.locking import Lock
lock = Lock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.readline()
"""

SERVE = """
import sys
from pelican import get_instance, parse_arguments, signals
def fail(generator, writer):
    raise RuntimeError
if "fail" in sys.argv:
    signals.article_writer_finalized.connect(fail)
    sys.argv.remove("fail")
pelican, _ = get_instance(parse_arguments(sys.argv[1:]))
try:
    pelican.run()
except RuntimeError:
    print("failed", flush=True)
sys.stdin.readline()
"""


@contextmanager
def start(code: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A process that lives until it is told to go, a minute at most."""
    command = [sys.executable, "-c", code, *arguments]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as process:
        timer = Timer(60, process.kill)
        timer.start()
        try:
            yield process
        finally:
            process.kill()
            timer.cancel()


def says(process: subprocess.Popen[str], words: str) -> bool:
    """Whether a process says something before it ends."""
    assert process.stdout
    return any(words in line for line in iter(process.stdout.readline, ""))


@pytest.fixture
def site(tmp_path: Path) -> tuple[Path, Path]:
    content = write_site(tmp_path, {"en/posts/a.md": write_text("A", "Text.")})
    return content, tmp_path / "output"


def arguments(site: tuple[Path, Path]) -> list[str]:
    content, output = site
    return [str(content), "-s", "pelicanconf.py", "-o", str(output)]


def test_a_build_waits_for_another_and_says_so(site: tuple[Path, Path]):
    output = site[1]
    with start(HOLD, str(output.with_name(".output.store"))) as other:
        assert says(other, "held")
        with start(SERVE, *arguments(site)) as waiting:
            assert says(waiting, "Another process writes this site")
            assert not output.exists()
            other.communicate("go\n")
            waiting.communicate("go\n")
            assert waiting.returncode == 0
    assert (output / "en/a/index.html").exists()


def test_a_build_that_failed_lets_others_write(site: tuple[Path, Path]):
    """The development server lives on."""
    with start(SERVE, *arguments(site), "fail") as server:
        assert says(server, "failed")
        with start(SERVE, *arguments(site)) as other:
            told, _ = other.communicate("go\n")
            assert "1 read" in told
            assert "Another process" not in told
            assert other.returncode == 0


def test_a_clean_build_keeps_the_lock(site: tuple[Path, Path]):
    """Else a third build would begin to write beside it."""
    content, output = site
    build(content, output)
    lock = output.with_name(".output.store") / "lock"
    inode = lock.stat().st_ino
    built = build(content, output, environment={"RUBRIC_CLEAN": "1"})
    assert built.status == 0, built.told
    assert lock.stat().st_ino == inode
