"""Limits the total time of an exchange with a server."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class DeadlineExceeded(Exception):
    """The exchange took longer than allowed."""


def run_within(seconds: float, exchange: Callable[[], T]) -> T:
    """Run an exchange in a thread and return its result, or raise its exception.

    The timeout of a socket only limits each single wait: a server that sends one byte at a time
    could keep a connection open forever. After the deadline, the thread is abandoned; it is a
    daemon thread and does not keep the process alive.

    Raises DeadlineExceeded after `seconds`.
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
        raise errors.pop()  # avoid a reference cycle, so that sockets are closed at once
    if not results:
        raise DeadlineExceeded
    return results[0]
