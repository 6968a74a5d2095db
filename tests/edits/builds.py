"""Builds without the second that imports take, and what they left, to compare."""

from __future__ import annotations

import difflib
import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO

from tests.building import ROOT

Tree = Mapping[str, bytes | None]
"""Paths below a folder → bytes; None for a folder."""

_SHOWN = 12  # names of a difference that a failure lists


@dataclass(frozen=True, slots=True)
class Result:
    """How a build ended: exit status, and the lines it told, sorted, without times."""

    status: int
    told: tuple[str, ...]

    @property
    def is_refusal(self) -> bool:
        """Whether the texts were at fault; then nothing may have been written."""
        return any(line.endswith("nothing written.") for line in self.told)

    @property
    def is_of_nothing(self) -> bool:
        """Whether there was nothing to do."""
        return any(line.startswith("Nothing has changed: ") for line in self.told)

    def ends_like(self, other: Result) -> bool:
        """Whether somebody who builds sees the same; a build of nothing tells of nothing."""
        if not (self.is_of_nothing or other.is_of_nothing):
            return self == other
        return self.status == other.status == 0 and len(self.told) == 1 == len(other.told)


class Forge:
    """A process that builds: each time in a fork of its own, or always in itself (`is_living`).

    `hash_seed` is Python's; two forges with two seeds find what depends on the order of sets.
    """

    def __init__(self, folder: Path, hash_seed: int, *, is_living: bool = False) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.is_living = is_living
        self._environment = {
            **{name: value for name, value in os.environ.items() if name != "RUBRIC_CLEAN"},
            "COLUMNS": "2000",
            # Settings that change twice a second would be read from a stale compiled file.
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.edits.forge"],
            cwd=ROOT,
            env={**self._environment, "PYTHONHASHSEED": str(hash_seed)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._log = folder / f"told-{self._process.pid}.txt"

    def start(
        self, content: Path, settings: Path, output: Path, now: int, *, is_clean: bool = False
    ) -> None:
        """Begin a build; `is_clean` tells it to look at nothing an earlier one kept."""
        arguments = [str(content), "-s", str(settings), "-o", str(output)]
        self._order([*arguments, "--log-handler", "plain"], now, is_clean=is_clean)

    def finish(self) -> Result:
        """Wait for the build to end."""
        answer = _pipe(self._process.stdout).readline()
        assert answer, "the process that builds has ended"
        return Result(json.loads(answer), _lines(self._log.read_text("utf-8", "replace")))

    def lock(self, content: Path, settings: Path, now: int) -> Result:
        """Write the locks, as `invoke lock` does."""
        assert not self.is_living
        self._order([str(content), "-s", str(settings)], now, is_lock=True)
        return self.finish()

    def _order(
        self, arguments: list[str], now: int, *, is_clean: bool = False, is_lock: bool = False
    ) -> None:
        environment = {**self._environment, "SOURCE_DATE_EPOCH": str(now)}
        order = {
            "arguments": arguments,
            "environment": {**environment, **({"RUBRIC_CLEAN": "1"} if is_clean else {})},
            "is_living": self.is_living,
            "is_lock": is_lock,
            "log": str(self._log),
        }
        pipe = _pipe(self._process.stdin)
        print(json.dumps(order), file=pipe, flush=True)

    def __enter__(self) -> Forge:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: object, trace: TracebackType | None
    ) -> None:
        _pipe(self._process.stdin).close()
        self._process.wait(60)
        _pipe(self._process.stdout).close()


def _pipe(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None
    return pipe


def _lines(told: str) -> tuple[str, ...]:
    """What a build told, but how much it did in what time, and where in the code a fault is."""
    return tuple(
        sorted(
            re.sub(r" in [\d.]+ seconds\.$", "", line)
            for line in told.splitlines()
            if line.strip() and not line.startswith((" ", "Traceback (", "Texts: "))
        )
    )


def read_tree(folder: Path) -> dict[str, bytes | None]:
    """Every file and folder below a folder."""
    return {
        path.relative_to(folder).as_posix(): None if path.is_dir() else path.read_bytes()
        for path in sorted(folder.rglob("*"))
    }


def times_of(folder: Path) -> dict[str, int]:
    """When each file below a folder was last written, in nanoseconds."""
    return {
        path.relative_to(folder).as_posix(): path.stat().st_mtime_ns
        for path in folder.rglob("*")
        if path.is_file()
    }


def difference(expected: Tree, actual: Tree) -> list[str]:
    """What one would have to know to mend it; empty if both are the same."""
    lines = [f"missing: {name}" for name in expected if name not in actual]
    lines += [f"left over: {name}" for name in actual if name not in expected]
    differing = [n for n in expected if n in actual and expected[n] != actual[n]]
    lines += [f"differs: {name}" for name in differing]
    told = lines[:_SHOWN] + ([f"… {len(lines)} in all"] if len(lines) > _SHOWN else [])
    if differing:
        name = min(differing, key=lambda name: len(expected[name] or b""))
        told += ["", f"The first lines that differ in {name} (- clean, + incremental):"]
        told += _unlike(expected[name] or b"", actual[name] or b"")
    return told


def _unlike(expected: bytes, actual: bytes) -> list[str]:
    one, two = (data.decode("utf-8", "replace").splitlines() for data in (expected, actual))
    unlike = [
        line[:200]
        for line in difflib.unified_diff(one, two, lineterm="", n=0)
        if not line.startswith(("---", "+++", "@@"))
    ]
    return unlike[:_SHOWN]
