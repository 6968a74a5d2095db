"""Builds of one output wait for each other, from the first text they read to the last file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.building import ROOT, build, write_site
from tests.pages import write_text

pytest.importorskip("fcntl", reason="Windows has no such lock")

HOLD = """
import sys
from pathlib import Path
from plugins.incremental.locking import Lock
lock = Lock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.readline()
"""

SERVE = """
import sys
from pelican import get_instance, parse_arguments
from plugins.model.errors import BuildFailed
pelican, _ = get_instance(parse_arguments(sys.argv[1:]))
try:
    pelican.run()
except BuildFailed:
    print("refused", flush=True)
sys.stdin.readline()
"""


def start(code: str, *arguments: str) -> subprocess.Popen[str]:
    """A process that says a word and then lives until it is told to go."""
    command = [sys.executable, "-c", code, *arguments]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True)


@pytest.fixture
def site(tmp_path: Path) -> tuple[Path, Path]:
    content = write_site(tmp_path, {"en/posts/a.md": write_text("A", "Text.")})
    return content, tmp_path / "output"


def test_a_build_waits_for_another_and_says_so(site: tuple[Path, Path]):
    content, output = site
    with start(HOLD, str(output.with_name(".output.store"))) as other:
        assert other.stdin
        assert other.stdout
        assert other.stdout.readline() == "held\n"
        with start(SERVE, str(content), "-s", "pelicanconf.py", "-o", str(output)) as waiting:
            assert waiting.stdout
            lines = iter(waiting.stdout.readline, "")
            assert any(line.startswith("Another process builds this site") for line in lines)
            assert not output.exists()
            other.communicate("go\n")
            waiting.communicate("go\n")
        assert waiting.returncode == 0
    assert (output / "en/a/index.html").exists()


def test_a_refused_build_lets_others_build(site: tuple[Path, Path]):
    """The development server lives on, and waits for a mistake to be mended."""
    content, output = site
    page = content / "en/posts/a.md"
    page.write_text("---\ntitle:\n---\nText.", encoding="utf-8")
    with start(SERVE, str(content), "-s", "pelicanconf.py", "-o", str(output)) as server:
        assert server.stdin
        assert server.stdout
        assert "refused\n" in iter(server.stdout.readline, "")
        page.write_text(write_text("A", "Text."), encoding="utf-8")
        with start(SERVE, str(content), "-s", "pelicanconf.py", "-o", str(output)) as other:
            told, _ = other.communicate("go\n", timeout=60)
            assert "1 of them parsed" in told
            assert "Another process" not in told
        server.communicate("go\n")


def test_a_clean_build_keeps_the_lock(site: tuple[Path, Path]):
    """Else a third build would begin beside it."""
    content, output = site
    build(content, output)
    lock = output.with_name(".output.store") / "lock"
    inode = lock.stat().st_ino
    built = build(content, output, environment={"RUBRIC_CLEAN": "1"})
    assert built.status == 0, built.told
    assert lock.stat().st_ino == inode
