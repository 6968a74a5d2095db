"""Runs a command of a task in a child process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

_GRACE = 2.0
"""Seconds for a child that the terminal has interrupted as well."""


def run(arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> int:
    """Run a command with this process's own input and output; returns its exit status.

    Output is not captured: decoding it in pieces damages characters at their borders. The
    variables of `environment` are added to those of this process. A child that was ended by
    signal n has the status 128 + n, as in a shell.
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
        # In a terminal, Ctrl-C reaches the child, too, and it ends by itself.
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
