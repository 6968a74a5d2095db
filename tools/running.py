"""Runs the command of a task in a child process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import Timer
from types import FrameType

_GRACE = 2.0
"""Seconds to wait for a child process that was interrupted by the terminal."""


def run(arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> int:
    """Run a command with the input and output of this process; return its exit status.

    Output is not captured, because decoding it in chunks would damage characters. `environment`
    is added to the environment of this process. If signal n ended the command, the status is
    128 + n, as in a shell.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    child: subprocess.Popen[bytes] | None = None
    received: list[int] = []

    def forward(number: int, frame: object = None) -> None:
        if child is None:
            received.append(number)
        elif number == signal.SIGTERM:
            child.terminate()
        else:
            # In a terminal, Ctrl-C also reaches the child, which then ends by itself.
            timer = Timer(_GRACE, child.send_signal, [number])
            timer.daemon = True
            timer.start()

    # The handlers are set first: a signal right after the start must not leave the child behind.
    with _handling((signal.SIGTERM, signal.SIGINT), forward):
        child = subprocess.Popen(list(arguments), env={**os.environ, **(environment or {})})
        for number in received:
            forward(number)
        status = child.wait()
    return 128 - status if status < 0 else status


@contextmanager
def _handling(
    numbers: Iterable[int], handler: Callable[[int, FrameType | None], None]
) -> Iterator[None]:
    before = {number: signal.signal(number, handler) for number in numbers}
    try:
        yield
    finally:
        for number, previous in before.items():
            signal.signal(number, previous)
