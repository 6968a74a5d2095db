"""Bounds the whole time of an exchange with a server."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class OutOfTime(Exception):
    """The exchange took longer than it may."""


def run_within(seconds: float, exchange: Callable[[], T]) -> T:
    """Run an exchange in a thread of its own and wait that long. Raises OutOfTime.

    A socket's time-out bounds each wait only: a server that sends one byte at a time keeps
    a connection open forever, whether in a name look-up, a TLS handshake, headers or a body.
    After a time-out the thread is abandoned; it doesn't keep the process alive.
    """
    results: list[T] = []
    errors: list[BaseException] = []

    def work() -> None:
        try:
            results.append(exchange())
        except BaseException as error:
            errors.append(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(seconds)
    if errors:
        raise errors.pop()  # no cycle of exception and list: sockets close at once
    if not results:
        raise OutOfTime
    return results[0]
