"""Reads a site as a build does, and stops before anything is written."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from pelican import Pelican, get_instance, parse_arguments, signals


class _ReadingDone(Exception):
    """Raised where Pelican would begin to write."""


def read_context(content: Path, settings: Path) -> dict[str, Any]:
    """The context of a build, with all entries, editions, calendars and states in it.

    SITEURL of the environment goes before that of the settings file. Raises BuildFailed if
    the content has errors.
    """
    found: dict[str, Any] = {}

    def keep(generators: list[Any]) -> None:
        found.update(generators[0].context)

    def stop(pelican: object) -> None:
        del pelican
        found["site"].run_late_checks()
        found["site"].errors.raise_if_any()
        raise _ReadingDone

    arguments = parse_arguments([str(content), "-s", str(settings)])
    if site_url := os.environ.get("SITEURL", "").strip().rstrip("/"):
        arguments.overrides = {"SITEURL": site_url}
    pelican, _ = get_instance(arguments)
    # The context is one dict for all handlers, so what others still add is in it, too.
    signals.all_generators_finalized.connect(keep)
    signals.get_writer.connect(stop)
    try:
        Pelican.run(pelican)  # a class that ends builds of nothing would not even read
    except _ReadingDone:
        pass
    finally:
        signals.all_generators_finalized.disconnect(keep)
        signals.get_writer.disconnect(stop)
    return found
