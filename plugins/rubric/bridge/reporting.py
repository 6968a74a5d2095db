"""Reports errors in one line each, from when pelicanconf.py is read."""

from __future__ import annotations

from pelican.settings import DEFAULT_CONFIG

from rubric.site import failures


def report_in_one_line() -> None:
    """Report errors without a traceback; pelicanconf.py calls this before plugins load."""
    failures.report_in_one_line(DEFAULT_CONFIG)
