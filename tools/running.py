"""Runs the command of a task in a child process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

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
    child = subprocess.Popen(list(arguments), env={**os.environ, **(environment or {})})
    with _forwarding_termination(child):
        status = _wait(child)
    return 128 - status if status < 0 else status


def _wait(child: subprocess.Popen[bytes]) -> int:
    try:
        return child.wait()
    except KeyboardInterrupt:
        # In a terminal, Ctrl-C also reaches the child, which then ends by itself.
        try:
            return child.wait(_GRACE)
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGINT)
            return child.wait()


@contextmanager
def _forwarding_termination(child: subprocess.Popen[bytes]) -> Iterator[None]:
    def forward(number: int, frame: object) -> None:
        del number, frame
        child.terminate()

    before = signal.signal(signal.SIGTERM, forward)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
