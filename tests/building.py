"""Builds sites for tests, the way a user does: by the `pelican` command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests import build_server

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "tests/sites/community"
"""A representative site in four languages; its site.toml has the settings of all tests."""
_TIMEOUT = 300
"""Seconds after which a build is killed, and its test fails: it waits for something."""
NOW = 1795348800  # 2026-11-22 12:00 UTC, so that the demo's upcoming events stay upcoming


@dataclass(frozen=True, slots=True)
class Build:
    """What a build left: the output folder, exit status and what it told."""

    output: Path
    status: int
    told: str

    def page(self, address: str) -> str:
        """The text of the file an address is served from."""
        name = f"{address}index.html" if address.endswith("/") or not address else address
        return (self.output / name).read_text("utf-8")

    def files(self) -> dict[str, bytes]:
        """Every written file by its path below the output folder."""
        return _read_files(self.output)


class FinalBuild(Build):
    """A build whose output nobody changes any more, so that its files are read once."""

    def files(self) -> dict[str, bytes]:
        return _read_final_files(self.output)


def _read_files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


_read_final_files = cache(_read_files)


def build(
    content: Path,
    output: Path,
    *,
    now: int = NOW,
    environment: Mapping[str, str] | None = None,
    may_warn: bool = False,
    prefix: Sequence[str] = (),
    settings_file: Path | None = None,
    **settings: Any,
) -> Build:
    """Build a content folder with the project's settings, some of them replaced.

    `now` is the build's clock, in seconds since the epoch; `environment` are variables
    besides the tests' own. Settings must be JSON values. A warning fails the build, unless it
    `may_warn`. `prefix` are words of a command that runs the build; `settings_file` replaces
    pelicanconf.py. A build without a prefix and other variables is forked from a process that has
    imported everything.
    """
    if "LANGUAGES" in settings:
        # The project's own lists are for its own languages.
        settings.setdefault("NEWSLETTER", {"lists": {}, "exports": "exports/newsletter"})
    arguments = [str(content), "-s", str(settings_file or "pelicanconf.py")]
    arguments += ["-o", str(output), *([] if may_warn else ["--fatal", "warnings"])]
    if settings:  # one -e for all: Pelican forgets all but the last
        arguments += ["-e", *(f"{name}={json.dumps(value)}" for name, value in settings.items())]
    variables = {**os.environ, "SOURCE_DATE_EPOCH": str(now), "COLUMNS": "200"}
    variables["PYTHONDONTWRITEBYTECODE"] = ""  # compiling everything anew takes a third of a build
    variables |= environment or {}
    if not prefix and build_server.is_possible(environment or {}):
        run = build_server.run(arguments, variables, _TIMEOUT)
    else:
        run = subprocess.run(
            [*prefix, sys.executable, "-m", "pelican", *arguments],
            cwd=ROOT,
            env=variables,
            capture_output=True,
            text=True,
            check=False,
            timeout=_TIMEOUT,
        )
    return Build(output, run.returncode, run.stdout + run.stderr)


def build_plainly(content: Path | str, output: Path, *left_out: str) -> Build:
    """Build by the plain command, as a host does: at its own time, without the variables named."""
    run = subprocess.run(
        [sys.executable, "-m", "pelican", str(content), "-s", "pelicanconf.py", "-o", str(output)],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name not in left_out},
        capture_output=True,
        text=True,
        check=False,
        timeout=_TIMEOUT,
    )
    return Build(output, run.returncode, run.stdout + run.stderr)


def write_site(folder: Path, files: dict[str, str]) -> Path:
    """Write a content folder for one test; returns it."""
    content = folder / "content"
    for name, text in files.items():
        path = content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return content
