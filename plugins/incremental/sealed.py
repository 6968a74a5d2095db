"""One build from begin to end, unless nothing has changed since the last one."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from time import time_ns
from typing import Any

from plugins.incremental.options import Options
from plugins.incremental.run import Run
from plugins.incremental.seal import Seal
from plugins.incremental.told import Told
from plugins.model.moment import stated_time


def build_if_changed(
    settings: dict[str, Any], build: Callable[[], None], told: Told, *, is_processed: bool
) -> None:
    """Call `build`; if other plugins process its files (`is_processed`), in any case."""
    told.listen()
    options = Options.read(settings["INCREMENTAL"], os.environ)
    now = stated_time(os.environ) or datetime.now(UTC)
    try:
        seal = Seal.of(settings, options, now, time_ns())
        if seal and not is_processed:
            seal.build(build, told)
        else:
            build()
            run: Run = settings["RUBRIC_RUN"]
            run.end()
    finally:
        if begun := settings.get("RUBRIC_RUN"):
            begun.close()
