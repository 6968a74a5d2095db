"""Ends a build with one line after an interrupt or an error of the operating system."""

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
    """Ctrl-C or SIGTERM; the exit status is 128 + signal, as in shells.

    It is not a KeyboardInterrupt, because Pelican exits with status 0 for this.
    """

    def __init__(self, number: int) -> None:
        super().__init__(128 + number)
        self.message = f"Stopped by {_NAMES[signal.Signals(number)]}; the site is incomplete."


class BuildBroken(BuildFailed):
    """A file could not be read or written; the site may be incomplete."""

    def __init__(self, message: str) -> None:
        Exception.__init__(self, message)
        self.errors = []


@contextmanager
def interruptible() -> Iterator[None]:
    """Raise `Interrupted` for both signals inside the block, in the main thread."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        del frame
        for each in _NAMES:  # print only one line
            signal.signal(each, signal.SIG_IGN)
        raise Interrupted(number)

    before = {number: signal.signal(number, stop) for number in _NAMES}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def ignore_in_worker() -> None:
    """Set the signal handlers of a forked worker. On Ctrl-C, the parent closes its pipe."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def broken_by(error: OSError) -> BuildBroken:
    """Return an error of the operating system as one line."""
    name = error.filename if isinstance(error.filename, str) else ""
    place = f"{printable(os.path.relpath(name))}: " if name else ""
    return BuildBroken(f"{place}{reason_of(error)}. Correct this and build again.")


@contextmanager
def ended_in_one_line() -> Iterator[None]:
    """Report interrupts and system errors in one line, with an exit status other than 0."""
    try:
        with interruptible():
            check_file_names()
            yield
    except Interrupted as interrupt:
        print(interrupt.message, file=sys.stderr, flush=True)
        raise
    except OSError as error:
        raise broken_by(error) from error


@contextmanager
def begun_in_one_line() -> Iterator[None]:
    """Do the same as `ended_in_one_line` at the start, when Pelican would print a traceback."""
    make_streams_safe()
    try:
        with ended_in_one_line():
            yield
    except BuildFailed as failure:
        sys.exit(str(failure))


def make_streams_safe() -> None:
    """Escape characters that the encoding of the terminal lacks."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def check_file_names() -> None:
    """Raise BuildBroken if the encoding of file names is not UTF-8."""
    encoding = sys.getfilesystemencoding()
    if encoding.lower() not in ("utf-8", "utf8"):
        raise BuildBroken(
            f"File names are read as {encoding}, which lacks most scripts. "
            "Set PYTHONUTF8=1, or a UTF-8 locale such as LANG=C.UTF-8."
        )
