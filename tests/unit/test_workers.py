"""Workers: what one process would give, from several; errors too."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Sequence

import pytest

from rubric.store.workers import WorkerDied, can_fork, run_batches
from tests.cases import cases

pytestmark = pytest.mark.skipif(not can_fork(), reason="this system can't fork")


def run(
    work: Callable[[Sequence[int]], list[int]], count: int, workers: int, size: int = 3
) -> list[int]:
    """Every result, sorted, since they come in any order."""
    found: list[int] = []
    done = 0
    for number, result in run_batches(work, range(count), workers, size):
        done += number
        found += result
    assert done == count
    return sorted(found)


def double(items: Sequence[int]) -> list[int]:
    return [item * 2 for item in items]


@cases("workers", [1, 2, 5])
@cases("count", [0, 1, 7, 100])
def test_results_are_the_same_with_any_number(workers: int, count: int):
    assert run(double, count, workers) == [item * 2 for item in range(count)]


def test_more_batches_than_a_pipe_holds():
    assert len(run(double, 60_000, 2, 1)) == 60_000


def test_large_results_arrive_whole():
    large = run_batches(lambda items: [bytes(10**6) for _ in items], range(12), 2, 1)
    assert sum(len(content) for _, result in large for content in result) == 12 * 10**6


def test_this_process_and_others_share_the_work():
    def work(_: object) -> list[int]:
        time.sleep(0.01)
        return [os.getpid()]

    pids = {pid for _, found in run_batches(work, range(40), 3, 1) for pid in found}
    assert os.getpid() in pids
    assert len(pids) == 3


@cases("workers", [1, 2, 4])
def test_the_earliest_error_is_raised_as_it_was(workers: int):
    def work(items: Sequence[int]) -> list[int]:
        if items[0] >= 8:
            time.sleep(0.01 if items[0] == 8 else 0)
            raise KeyError(f"number {items[0]}")
        return double(items)

    with pytest.raises(KeyError, match="number 8"):
        run(work, 40, workers, 4)


def test_an_error_that_cannot_travel_says_the_same():
    parent = os.getpid()

    class Local(Exception):
        pass

    def work(items: Sequence[int]) -> list[int]:
        if os.getpid() != parent:
            raise Local(f"at {items[0]}")
        time.sleep(0.01)
        return double(items)

    with pytest.raises(RuntimeError, match="Local: at "):
        run(work, 60, 2)


def test_a_killed_worker_is_told():
    parent = os.getpid()

    def work(items: Sequence[int]) -> list[int]:
        if os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(0.01)
        return double(items)

    with pytest.raises(WorkerDied, match="-9"):
        run(work, 40, 2)


def test_whoever_stops_listening_leaves_no_worker_behind(monkeypatch: pytest.MonkeyPatch):
    fork, children = os.fork, list[int]()

    def note() -> int:
        children.append(fork())
        return children[-1]

    monkeypatch.setattr(os, "fork", note)
    results = run_batches(lambda items: [bytes(10**6)] * len(items), range(100), 2, 1)
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert len(children) == 1
    for child in children:
        with pytest.raises(ChildProcessError):
            os.waitpid(child, os.WNOHANG)
