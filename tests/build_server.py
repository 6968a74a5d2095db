"""A process that has imported everything, and forks for each build of a test.

Starting Python and importing takes most of the time of a small build. Run as
`python -m tests.build_server`. Orders are lines of JSON on stdin: {"arguments": …,
"environment": …, "out": path, "err": path}. Each is answered by a line with the exit status.
"""

from __future__ import annotations

import atexit
import contextlib
import importlib
import json
import os
import pkgutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

_KNOWN_VARIABLES = ("SITEURL", "DRAFTS_SECRET", "SOURCE_DATE_EPOCH")


def is_possible(variables: Mapping[str, str]) -> bool:
    """Whether a build can be forked: other variables matter when Python starts."""
    known = all(name in _KNOWN_VARIABLES or name.startswith("RUBRIC_") for name in variables)
    return known and hasattr(os, "fork")


def run(arguments: Sequence[str], environment: Mapping[str, str], timeout: float) -> Any:
    """Run `pelican` with these arguments; returns what `subprocess.run` returns."""
    return _server().run(arguments, environment, timeout)


@cache
def _server() -> _Server:
    return _Server()


class _Server:
    """The other process; it ends with this one, which closes its standard input."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="build-server-")
        atexit.register(self._folder.cleanup)
        self._start()

    def _start(self) -> None:
        from tests.building import ROOT

        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.build_server"],
            cwd=ROOT,
            env={**os.environ, "COLUMNS": "200"},  # Rich reads it once
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(
        self, arguments: Sequence[str], environment: Mapping[str, str], timeout: float
    ) -> subprocess.CompletedProcess[str]:
        out, err = (Path(self._folder.name, name) for name in ("out", "err"))
        order = {
            "arguments": list(arguments),
            "environment": dict(environment),
            "out": str(out),
            "err": str(err),
            "timeout": timeout,
        }
        assert self._process.stdin
        assert self._process.stdout
        print(json.dumps(order), file=self._process.stdin, flush=True)
        answer = self._process.stdout.readline()
        assert answer, "the process that builds has ended"
        texts = [path.read_text("utf-8", "replace") for path in (out, err)]
        return subprocess.CompletedProcess(list(arguments), json.loads(answer), *texts)


def main() -> None:
    """Answer orders until there are no more."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    warm_up()
    for line in sys.stdin:
        print(json.dumps(_run_in_child(json.loads(line))), file=answers, flush=True)


def warm_up() -> None:
    """Do once what is the same in every build: imports and reading CLDR."""
    from babel import Locale
    from markdown import Markdown

    import pelicanconf
    import rubric

    markdown: dict[str, Any] = pelicanconf.MARKDOWN
    assert Markdown(**markdown).parser
    # Features import many modules only when a build needs them.
    for module in pkgutil.walk_packages(rubric.__path__, "rubric."):
        importlib.import_module(module.name)
    for language in pelicanconf.LANGUAGES.values():
        assert Locale.parse(language["locale"]).languages
    # No `gc.freeze`: a build in a process with frozen objects collects the garbage of the last one.


def run_pelican(arguments: list[str]) -> int:
    """Do what the command `pelican` does; returns its exit status."""
    import pelican

    try:
        pelican.main(arguments)
    except SystemExit as leaving:
        if isinstance(leaving.code, str):
            print(leaving.code, file=sys.stderr)
        return leaving.code if isinstance(leaving.code, int) else int(bool(leaving.code))
    return 0


def _run_in_child(order: dict[str, Any]) -> int:
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    status = 70
    try:
        for path, number in ((order["out"], 1), (order["err"], 2)):
            file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(file, number)
        os.environ.clear()
        os.environ.update(order["environment"])
        # Settings that others import read the environment once more.
        sys.modules.pop("pelicanconf", None)
        with contextlib.suppress(ImportError):
            import signal

            signal.alarm(round(order["timeout"]))
        status = run_pelican(order["arguments"])
    finally:
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    main()
