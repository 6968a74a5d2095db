"""Runs a build unless nothing has changed since the last one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from datetime import UTC, datetime
from typing import Any, Protocol

from rubric.model.moment import stated_time
from rubric.store.build_stamp import BuildStamp, Result
from rubric.store.options import Options
from rubric.store.warning_counter import WarningCounter


class FinishedBuild(Result, Protocol):
    """A build whose files may be processed by other plugins before it ends."""

    def end(self) -> None: ...


def build_if_changed(
    settings: dict[str, Any],
    build: Callable[[Set[str]], FinishedBuild],
    environment: Mapping[str, str],
    began: int,
    *,
    is_processed: bool,
) -> None:
    """Call `build` with the files that are known to be unchanged, if anything has changed.

    `began` is the current time in nanoseconds since the epoch; `environment` may set another
    one for the build. If other plugins process files afterwards (`is_processed`), always build.
    """
    counter = WarningCounter.installed()
    options = Options.read(settings["INCREMENTAL"], environment)
    now = stated_time(environment) or datetime.fromtimestamp(began / 1e9, UTC)
    stamp = BuildStamp.of(settings, options, now, began)
    if stamp and not is_processed:
        stamp.build(build, counter)
    else:
        build(frozenset()).end()
