"""Distributes work over all cores by forking, so that no data must be sent to workers.

`multiprocessing` is not used, because it cannot start processes from a daemonic process, in which
Pelican's own server builds.
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
"""Called with the number of finished items and the total."""

_TICKET = 4
_PIPE = 1 << 20
"""Bytes; the maximum for users without privileges on Linux (pipe-max-size)."""
_MOST_TICKETS = 1024
"""The number of tickets that fit into a pipe of one page, the minimum according to pipe(7)."""


class WorkerDied(Exception):
    """A worker ended without a result; the system may have killed it for lack of memory."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An exception in a worker: number of the batch, exception, and formatted traceback."""

    batch: int
    error: Exception
    traceback: str


def can_fork() -> bool:
    """Return whether processes can be forked; not on macOS, where system libraries crash."""
    return hasattr(os, "fork") and sys.platform != "darwin"


def cores() -> int:
    """Return the number of processes that can run at the same time."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run_batches(
    work: Callable[[Sequence[Item]], Result],
    items: Sequence[Item],
    workers: int,
    size: int,
) -> Iterator[tuple[int, Result]]:
    """Process batches of `size` items; yields the number of items and the result of each batch.

    This process is one of the workers. Results are in any order. If `work` raises exceptions, that
    of the first batch is raised here. Raises WorkerDied.
    """
    size = max(size, -(-len(items) // _MOST_TICKETS))
    batches = [items[place : place + size] for place in range(0, len(items), size)]
    workers = min(workers, len(batches)) if can_fork() else 1
    if workers < 2:
        for batch in batches:
            yield len(batch), work(batch)
        return
    gc.freeze()  # Garbage collection would copy shared memory.
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
            pipe.close()  # ends a worker that is writing
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
    """Yield results and failures of this process and of the others."""
    while ticket := tickets.read(_TICKET):
        number = int.from_bytes(ticket, "big")
        try:
            result = work(batches[number])
        except Exception as error:
            yield Failure(number, error, "")
            break
        yield len(batches[number]), result
        yield from _available(others, 0)
    while others.get_map():
        yield from _available(others, None)


def _stop(children: Iterable[int]) -> None:
    """Terminate workers whose results are not needed any more."""
    for child in children:
        with suppress(ProcessLookupError):
            os.kill(child, SIGTERM)


def _raise_first(failures: Sequence[Failure]) -> None:
    """Raise the exception of the first batch that failed, if any."""
    if failures:
        first = min(failures, key=lambda failure: failure.batch)
        if first.traceback:
            first.error.add_note(indent(first.traceback, "  "))
        raise first.error


def _tickets(count: int) -> BinaryIO:
    """Return a pipe that contains the number of each batch; workers read numbers from it."""
    end, start = os.pipe()
    with os.fdopen(start, "wb") as writer:
        writer.write(b"".join(number.to_bytes(_TICKET, "big") for number in range(count)))
    return os.fdopen(end, "rb", buffering=0)


def _start(
    work: Callable[[Sequence[Item]], Any], batches: Sequence[Sequence[Item]], tickets: BinaryIO
) -> tuple[int, BinaryIO]:
    """Fork a worker; returns its process ID and the pipe with its results."""
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
                packed, is_success = _try(work, batches[number], number)
                results.write(packed)
                results.flush()
                if not is_success:
                    break
        status = 0
    finally:
        os._exit(status)  # without exit handlers of the parent


def _widen(pipe: int) -> None:
    """Enlarge a pipe, so that a worker need not wait until its result is read."""
    if hasattr(fcntl, "F_SETPIPE_SZ"):  # Linux
        with suppress(OSError):
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)


def _try(
    work: Callable[[Sequence[Item]], Any], batch: Sequence[Item], number: int
) -> tuple[bytes, bool]:
    """Return the pickled result or failure, and whether it is a result."""
    try:
        return _pack((len(batch), work(batch))), True
    except Exception as error:
        text, place = "".join(traceback.format_exception(error)), place_of(error)
        sendable = _sendable(error)
        note_place(sendable, place)
        return pickle.dumps(Failure(number, sendable, text)), False


def _pack(value: Any) -> bytes:
    """Pickle a result for the parent process."""
    packed = BytesIO()
    pickler = pickle.Pickler(packed, pickle.HIGHEST_PROTOCOL)
    # Zones are loaded by name, because they come from our own data.
    table: dict[type, Any] = {**copyreg.dispatch_table, ZoneInfo: _reduce_zone}
    pickler.dispatch_table = table
    pickler.dump(value)
    return packed.getvalue()


def _reduce_zone(zone: ZoneInfo) -> tuple[Any, ...]:
    return load_zone, (zone.key,)


def _sendable(error: Exception) -> Exception:
    """Return the exception, or one with the same message if it cannot be pickled."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 (pickled here)
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


def _available(others: BaseSelector, timeout: float | None) -> Iterator[Any]:
    """Yield available results; wait up to `timeout` seconds, without limit if it is None."""
    for key, _ in others.select(timeout):
        pipe: Any = key.fileobj
        try:
            yield pickle.load(pipe)  # noqa: S301 (a child of this process wrote it)
        except (EOFError, pickle.UnpicklingError):
            others.unregister(pipe)


def _end(child: int) -> int:
    """Wait for a worker; returns its exit status, negative for a signal."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
