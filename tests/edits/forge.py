"""The process that builds: it has imported everything, and forks for each build.

Run as `python -m tests.edits.forge`. Orders come in as lines of JSON, and each is answered by a
line with the exit status; what a build tells goes into the file the order names.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pelican
from pelican.log import LimitFilter
from pelican.log import init as init_logging

from tests.build_server import run_pelican, warm_up
from tools.checking import lock_site

Order = dict[str, Any]


def main() -> None:
    """Answer orders until there are no more."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    warm_up()
    serving = _Serving()
    for line in sys.stdin:
        order = json.loads(line)
        os.environ.clear()
        os.environ.update(order["environment"])
        status = _run_here(order, serving) if order["is_living"] else _run_in_child(order)
        print(json.dumps(status), file=answers, flush=True)


def _run_in_child(order: Order) -> int:
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    status = 70
    try:
        with _telling(Path(order["log"])):
            status = _lock(order) if order["is_lock"] else run_pelican(order["arguments"])
    finally:
        os._exit(status)


def _run_here(order: Order, serving: _Serving) -> int:
    with _telling(Path(order["log"])):
        return serving.build(order["arguments"])


def _lock(order: Order) -> int:
    """What `invoke lock` does, at the order's time."""
    content, flag, settings, *_ = order["arguments"]
    assert flag == "-s"
    now = datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), UTC)
    for line in lock_site(Path(content), Path(settings), now):
        print(line)
    return 0


class _Serving:
    """What `pelican --autoreload` does: one instance, that runs again and again.

    A new instance is made where the settings have changed, in the same process.
    """

    def __init__(self) -> None:
        self._known: object = None
        self._pelican: Any = None

    def build(self, arguments: list[str]) -> int:
        # What was told before would not be told again.
        LimitFilter._raised_messages.clear()
        LimitFilter._group_count.clear()
        parsed = pelican.parse_arguments(arguments)
        known = arguments, Path(parsed.settings).read_text("utf-8")
        try:
            if known != self._known:
                init_logging(handler=pelican.LOG_HANDLERS[parsed.log_handler], name="pelican")
                self._pelican, _ = pelican.get_instance(parsed)
                self._known = known
            self._pelican.run()
        except Exception as error:
            logging.getLogger("pelican").critical(
                "%s: %s", type(error).__name__, error, exc_info=True
            )
            return int(getattr(error, "exitcode", 1))
        return 0


@contextlib.contextmanager
def _telling(log: Path) -> Iterator[None]:
    """Lead everything that is printed into a file, also what children print."""
    kept = os.dup(1), os.dup(2)
    told = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(told, 1)
    os.dup2(told, 2)
    try:
        yield
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        for number, file in enumerate(kept, 1):
            os.dup2(file, number)
            os.close(file)
        os.close(told)


if __name__ == "__main__":
    main()
