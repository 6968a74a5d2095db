"""Work for all cores: the process is forked, so that nothing needs to be sent to workers.

Pelican's own server builds in a daemonic process, which `multiprocessing` gives no children;
`os.fork` does.
"""

from __future__ import annotations

import copyreg
import gc
import os
import pickle
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from selectors import EVENT_READ, BaseSelector, DefaultSelector
from signal import SIGTERM
from textwrap import indent
from typing import Any, BinaryIO, TypeVar
from zoneinfo import ZoneInfo

from rubric.model.code_places import note_place, place_of
from rubric.model.moment import load_zone
from rubric.store.interrupts import ignore_in_worker

with suppress(ImportError):  # Windows, where nothing is forked
    import fcntl

Item = TypeVar("Item")
Result = TypeVar("Result")

Progress = Callable[[int, int], None]
"""Is told how many of how many are done."""

_TICKET = 4
_PIPE = 1 << 20
"""Bytes: the most that Linux gives anybody (pipe-max-size)."""
_MOST_TICKETS = 1024
"""The number that fits into an unread pipe (pipe(7): a page, where a user has many pipes)."""


class WorkerDied(Exception):
    """A worker ended without a word, as one does that the system kills for its memory."""


@dataclass(frozen=True, slots=True)
class Failure:
    """What went wrong in a worker: the batch it was in, and the error as it was raised."""

    batch: int
    error: Exception
    told: str


def can_fork() -> bool:
    """Whether workers can be forked; on macOS, system libraries don't survive it."""
    return hasattr(os, "fork") and sys.platform != "darwin"


def cores() -> int:
    """How many processes can run at once."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run_batches(
    work: Callable[[Sequence[Item]], Result],
    items: Sequence[Item],
    workers: int,
    size: int,
) -> Iterator[tuple[int, Result]]:
    """Work on batches of `size` items; yields how many items are done, and results.

    This process is one of the workers, because each process has, in time, a copy of all data.
    Results come in any order. Whatever `work` raises is raised here: the error of the earliest
    batch that has one. Raises WorkerDied.
    """
    size = max(size, -(-len(items) // _MOST_TICKETS))
    batches = [items[place : place + size] for place in range(0, len(items), size)]
    workers = min(workers, len(batches)) if can_fork() else 1
    if workers < 2:
        for batch in batches:
            yield len(batch), work(batch)
        return
    gc.freeze()  # memory that is not collected stays shared
    tickets = _tickets(len(batches))
    others = [_start(work, batches, tickets) for _ in range(workers - 1)]
    try:
        with DefaultSelector() as selector:
            for _, pipe in others:
                selector.register(pipe, EVENT_READ)
            failures: list[Failure] = []
            for result in _results(work, batches, tickets, selector):
                if isinstance(result, Failure):
                    failures.append(result)
                else:
                    yield result
    except BaseException:
        _stop(child for child, _ in others)
        raise
    finally:
        gc.unfreeze()
        tickets.close()
        for _, pipe in others:
            pipe.close()  # a worker that still writes ends with it
        ended = [_end(child) for child, _ in others]
    _raise_first(failures)
    if any(ended):
        raise WorkerDied(
            f"a worker ended with signal or status {next(filter(None, ended))}; the system may "
            'be short of memory. Try INCREMENTAL = {"workers": 1}.'
        )


def _results(
    work: Callable[[Sequence[Item]], Any],
    batches: Sequence[Sequence[Item]],
    tickets: BinaryIO,
    others: BaseSelector,
) -> Iterator[Any]:
    """Results of this process, and of others as they come; failures, too."""
    while ticket := tickets.read(_TICKET):
        number = int.from_bytes(ticket, "big")
        try:
            result = work(batches[number])
        except Exception as error:
            yield Failure(number, error, "")
            break
        yield len(batches[number]), result
        yield from _arrived(others, 0)
    while others.get_map():
        yield from _arrived(others, None)


def _stop(children: Iterable[int]) -> None:
    """End workers whose results are of no use any more."""
    for child in children:
        with suppress(ProcessLookupError):
            os.kill(child, SIGTERM)


def _raise_first(failures: Sequence[Failure]) -> None:
    """Raise the error of the earliest batch, if any."""
    if failures:
        first = min(failures, key=lambda failure: failure.batch)
        if first.told:
            first.error.add_note(indent(first.told, "  "))
        raise first.error


def _tickets(count: int) -> BinaryIO:
    """A pipe with the number of each batch; the worker that reads a number does that batch."""
    end, start = os.pipe()
    with os.fdopen(start, "wb") as writer:
        writer.write(b"".join(number.to_bytes(_TICKET, "big") for number in range(count)))
    return os.fdopen(end, "rb", buffering=0)


def _start(
    work: Callable[[Sequence[Item]], Any], batches: Sequence[Sequence[Item]], tickets: BinaryIO
) -> tuple[int, BinaryIO]:
    """Fork a worker; returns its process id and the pipe its results come from."""
    sys.stdout.flush()
    sys.stderr.flush()
    end, start = os.pipe()
    _widen(start)
    child = os.fork()
    if child:
        os.close(start)
        return child, os.fdopen(end, "rb")
    status = 1
    try:
        ignore_in_worker()
        os.close(end)
        with os.fdopen(start, "wb") as results:
            while ticket := tickets.read(_TICKET):
                number = int.from_bytes(ticket, "big")
                packed, is_right = _try(work, batches[number], number)
                results.write(packed)
                results.flush()
                if not is_right:
                    break
        status = 0
    finally:
        os._exit(status)  # no handler of the parent's runs twice


def _widen(pipe: int) -> None:
    """Let a worker put down its result and go on while this process works, too."""
    if hasattr(fcntl, "F_SETPIPE_SZ"):  # Linux; elsewhere it waits
        with suppress(OSError):
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)


def _try(
    work: Callable[[Sequence[Item]], Any], batch: Sequence[Item], number: int
) -> tuple[bytes, bool]:
    """The packed result, or the packed failure."""
    try:
        return _pack((len(batch), work(batch))), True
    except Exception as error:
        told, place = "".join(traceback.format_exception(error)), place_of(error)
        sendable = _sendable(error)
        note_place(sendable, place)
        return pickle.dumps(Failure(number, sendable, told)), False


def _pack(value: Any) -> bytes:
    """A result for the pipe to the parent process."""
    packed = BytesIO()
    pickler = pickle.Pickler(packed, pickle.HIGHEST_PROTOCOL)
    # Zones of our own data are found again by their name.
    table: dict[type, Any] = {**copyreg.dispatch_table, ZoneInfo: _reduce_zone}
    pickler.dispatch_table = table
    pickler.dump(value)
    return packed.getvalue()


def _reduce_zone(zone: ZoneInfo) -> tuple[Any, ...]:
    return load_zone, (zone.key,)


def _sendable(error: Exception) -> Exception:
    """The error itself if it survives the way, else one that says the same."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 (our own)
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


def _arrived(others: BaseSelector, patience: float | None) -> Iterator[Any]:
    """Results that are there, or will be in so many seconds; None waits for one."""
    for key, _ in others.select(patience):
        pipe: Any = key.fileobj
        try:
            yield pickle.load(pipe)  # noqa: S301 (a child of this process wrote it)
        except (EOFError, pickle.UnpicklingError):
            others.unregister(pipe)


def _end(child: int) -> int:
    """Wait for a worker; returns its status, negative for a signal."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
