"""Runs commands to be compared, in turn, so that what else a machine does cancels out."""

from __future__ import annotations

import os
import resource
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from threading import Event, Thread

_PERIOD = 0.05  # seconds between two looks at the memory
_NOW = "1795348800"  # 2026-11-22, for builds that ask for the time


@dataclass(frozen=True, slots=True)
class Run:
    """One finished run: wall and processor seconds, and peak memory in bytes, of all processes.

    Memory is 0 where nobody looked at it.
    """

    wall: float
    cpu: float
    memory: int = 0


@dataclass(frozen=True, slots=True)
class Measured:
    """Runs of one command, and the peak of its memory in bytes."""

    runs: list[Run]
    memory: int

    @property
    def wall(self) -> float:
        return median(run.wall for run in self.runs)

    @property
    def cpu(self) -> float:
        return median(run.cpu for run in self.runs)

    def ratio(self, other: Measured) -> float:
        """How many times longer than another's: the median over the rounds of both."""
        pairs = zip(self.runs, other.runs, strict=True)
        return median(mine.wall / its.wall for mine, its in pairs)


def run_once(command: Sequence[str], folder: Path, *, with_memory: bool = False) -> Run:
    """Run a command to its end. Raises RuntimeError with what it told if it fails.

    Looking at the memory slows a run down: its times are good for nothing.
    """
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        # A user's Python keeps what it compiled, whatever this shell says.
        env={**os.environ, "SOURCE_DATE_EPOCH": _NOW, "PYTHONDONTWRITEBYTECODE": ""},
    )
    samples = [0]
    if with_memory:
        with _watch(process.pid, samples):
            told, _ = process.communicate()
    else:
        told, _ = process.communicate()
    wall = time.perf_counter() - began
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)}\n{told}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(wall, cpu, max(samples))


def run_in_turn(actions: Mapping[str, Callable[..., Run]], times: int) -> dict[str, Measured]:
    """A B C A B C …, `times` rounds after one that warms up and in which memory is looked at.

    An action takes `with_memory`, whether to look at it.
    """
    memory = {name: action(with_memory=True).memory for name, action in actions.items()}
    rounds = [
        {name: action(with_memory=False) for name, action in actions.items()} for _ in range(times)
    ]
    return {name: Measured([runs[name] for runs in rounds], memory[name]) for name in actions}


@contextmanager
def _watch(pid: int, samples: list[int]) -> Iterator[None]:
    """Collect the memory of a process and all its descendants while the block runs."""
    done = Event()

    def look() -> None:
        while not done.wait(_PERIOD):
            samples.append(sum(map(_memory_of, _tree(pid))))

    thread = Thread(target=look)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _tree(pid: int) -> Iterator[int]:
    yield pid
    for file in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in _read(file).split():
            yield from _tree(int(child))


def _memory_of(pid: int) -> int:
    """Bytes of a process; pages shared by several count in part for each, where Linux tells."""
    for name, label in (("smaps_rollup", "Pss:"), ("status", "VmRSS:")):
        for line in _read(Path(f"/proc/{pid}/{name}")).splitlines():
            if line.startswith(label):
                return int(line.split()[1]) * 1024
    return 0


def _read(file: Path) -> str:
    """A file of /proc, or nothing if its process has ended."""
    try:
        return file.read_text()
    except OSError:
        return ""
