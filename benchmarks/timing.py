"""Runs commands in turn and compares them pair by pair, so that a noisy machine cancels out."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Run:
    """One finished run: wall and processor seconds, children's included."""

    wall: float
    cpu: float


def run_once(command: Sequence[str], folder: Path, prepare: Callable[[], None]) -> Run:
    """Run a command to its end. Raises CalledProcessError if it fails."""
    prepare()
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(
        command,
        cwd=folder,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1795348800"},
    )
    wall = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(wall, cpu)


def compare(
    first: Callable[[], Run], second: Callable[[], Run], times: int
) -> tuple[list[Run], list[Run], float]:
    """A warm-up of each, then A B A B …; the last value is the median of the ratios A/B."""
    first(), second()
    runs = [(first(), second()) for _ in range(times)]
    a, b = [pair[0] for pair in runs], [pair[1] for pair in runs]
    return a, b, median(x.wall / y.wall for x, y in runs)


def make_builder(content: Path, output: Path, settings: Path) -> Callable[[], Run]:
    """A build of a content folder from nothing, to be timed."""
    command = [sys.executable, "-m", "pelican", str(content), "-s", str(settings)]
    command += ["-o", str(output)]

    def forget() -> None:
        shutil.rmtree(output, ignore_errors=True)

    return lambda: run_once(command, ROOT, forget)
