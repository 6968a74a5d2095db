"""Ends a build that is interrupted, or that the system refuses something, with one line."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from types import FrameType

from rubric.model.errors import BuildFailed
from rubric.model.regular import printable, reason_of

_NAMES = {signal.SIGINT: "Ctrl-C", signal.SIGTERM: "SIGTERM"}


class Interrupted(SystemExit):
    """Ctrl-C or SIGTERM; the exit status is that of the signal, as shells report it.

    Not a KeyboardInterrupt, for which Pelican exits with status 0.
    """

    def __init__(self, number: int) -> None:
        super().__init__(128 + number)
        self.told = f"Stopped by {_NAMES[signal.Signals(number)]}; the site is incomplete."


class BuildBroken(BuildFailed):
    """The system refused to read or write a file; parts of the site may be written."""

    def __init__(self, told: str) -> None:
        Exception.__init__(self, told)
        self.errors = []


@contextmanager
def interruptible() -> Iterator[None]:
    """Raise `Interrupted` for both signals meanwhile, in the main thread."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        del frame
        for each in _NAMES:  # one line, however often a key is pressed
            signal.signal(each, signal.SIG_IGN)
        raise Interrupted(number)

    before = {number: signal.signal(number, stop) for number in _NAMES}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def ignore_in_worker() -> None:
    """Let a forked worker end with its parent: SIGTERM at once, Ctrl-C by a closed pipe."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def broken_by(error: OSError) -> BuildBroken:
    """The system's refusal in one line."""
    name = error.filename if isinstance(error.filename, str) else ""
    place = f"{printable(os.path.relpath(name))}: " if name else ""
    return BuildBroken(f"{place}{reason_of(error)}. Correct this and build again.")


@contextmanager
def ended_in_one_line() -> Iterator[None]:
    """Turn interrupts and the system's refusals into one line and an exit status that is not 0."""
    try:
        with interruptible():
            check_file_names()
            yield
    except Interrupted as interrupt:
        print(interrupt.told, file=sys.stderr, flush=True)
        raise
    except OSError as error:
        raise broken_by(error) from error


@contextmanager
def begun_in_one_line() -> Iterator[None]:
    """The same before Pelican could print errors without a traceback."""
    make_streams_safe()
    try:
        with ended_in_one_line():
            yield
    except BuildFailed as failure:
        sys.exit(str(failure))


def make_streams_safe() -> None:
    """Print what a terminal of another encoding lacks as escapes."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def check_file_names() -> None:
    """Raise BuildBroken where the locale lacks characters that file names have."""
    encoding = sys.getfilesystemencoding()
    if encoding.lower() not in ("utf-8", "utf8"):
        raise BuildBroken(
            f"File names are read as {encoding}, which lacks most scripts. "
            "Set PYTHONUTF8=1, or a UTF-8 locale such as LANG=C.UTF-8."
        )
