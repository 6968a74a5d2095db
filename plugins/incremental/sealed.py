"""One build from begin to end, unless nothing has changed since the last one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from plugins.incremental.options import Options
from plugins.incremental.run import Run
from plugins.incremental.seal import Seal
from plugins.incremental.told import Told
from plugins.model.moment import stated_time


def build_if_changed(
    settings: dict[str, Any],
    build: Callable[[], None],
    told: Told,
    environment: Mapping[str, str],
    began: int,
    *,
    is_processed: bool,
) -> None:
    """Call `build`; if other plugins process its files (`is_processed`), in any case.

    `began` is the true time in nanoseconds; `environment` may state another one for the build.
    """
    told.listen()
    options = Options.read(settings["INCREMENTAL"], environment)
    now = stated_time(environment) or datetime.fromtimestamp(began / 1e9, UTC)
    try:
        seal = Seal.of(settings, options, now, began)
        if seal and not is_processed:
            seal.build(build, told)
        else:
            build()
            run: Run = settings["RUBRIC_RUN"]
            run.end()
    finally:
        if begun := settings.get("RUBRIC_RUN"):
            begun.close()
