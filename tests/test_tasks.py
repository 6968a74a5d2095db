"""Tasks pass on what child processes print, byte for byte, and their exit status."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from tests.building import NOW, ROOT, write_site
from tests.pages import write_text

RUN = (
    "import sys; from tools.running import run; sys.exit(run([sys.executable, '-c', sys.argv[1]]))"
)


def start(code: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", RUN, code]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_output_arrives_as_it_was_written():
    """Also where a character has several bytes, and chunks of any size end in it."""
    code = (
        "import sys, time\n"
        "data = ''.join(f'{n}: Вечер жалоб 客户服务圈 😀\\n' for n in range(3000)).encode()\n"
        "for place in range(0, len(data), 997):\n"
        "    sys.stdout.buffer.write(data[place:place + 997]); sys.stdout.buffer.flush()\n"
        "sys.stderr.buffer.write(b'\\xff raw \\xd0'); sys.exit(3)\n"
    )
    out, err = (run := start(code)).communicate()
    assert run.returncode == 3
    expected = "".join(f"{n}: Вечер жалоб 客户服务圈 😀\n" for n in range(3000))
    assert out.decode() == expected
    assert err == b"\xff raw \xd0"


def test_errors_of_a_build_have_no_damaged_character(tmp_path):
    title = "Очень длинное название о том, как мы отвечаем на жалобы клиентов"
    files = {
        f"ru/posts/жалоба-{number}.md": write_text(title, f"[далее](нет-такого-{number}.md)")
        for number in range(400)
    }
    content = write_site(tmp_path, files)
    command = [sys.executable, "-m", "invoke", "--search-root", str(ROOT), "build"]
    command += ["--content", str(content), "--settings", str(ROOT / "pelicanconf.py")]
    run = subprocess.run(
        [*command, "--output", str(tmp_path / "output")],
        cwd=tmp_path,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(NOW)},
        capture_output=True,
        check=False,
    )
    told = (run.stdout + run.stderr).decode()
    assert run.returncode == 1
    assert "\ufffd" not in told
    assert "Traceback" not in told
    assert "400 errors of 1 kind, nothing written." in told
    listed = (tmp_path / ".cache/errors.txt").read_text("utf-8")
    assert len(listed.splitlines()) == 400
    assert all(f"нет-такого-{number}.md" in listed for number in range(400))


@pytest.mark.skipif(os.name != "posix", reason="signals are those of POSIX")
@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_signals_reach_the_child(number: int, status: int):
    code = (
        "import os, signal, time\n"
        "signal.signal(signal.SIGINT, signal.SIG_DFL)\n"
        "print(os.getpid(), flush=True)\n"
        "time.sleep(60)\n"
    )
    run = start(code)
    assert run.stdout
    child = int(run.stdout.readline())
    run.send_signal(number)
    run.communicate(timeout=20)
    assert run.returncode == status
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)
