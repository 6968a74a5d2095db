"""Prints the cause of a failed build in one line each, instead of Pelican's traceback.

`pelican -D` still prints tracebacks.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from traceback import walk_tb
from types import TracebackType
from typing import Any

from rubric.model.code_places import place_of
from rubric.model.errors import BuildFailed, SiteError
from rubric.model.settings import find_mistakes
from rubric.site.error_list import render_errors

ERRORS = ".cache/errors.txt"
"""File for the complete list of errors, relative to the working directory."""

_FATAL = "Warning or error encountered"
"""Message of Pelican's exception after a message that --fatal does not tolerate."""

_WHILE_SERVING = "Caught exception:"
"""Start of the message that `pelican -r` logs if a build fails."""


def report_in_one_line(defaults: Mapping[str, Any]) -> None:
    """Install the log filter once per process; `defaults` are Pelican's settings."""
    log = logging.getLogger("pelican")
    if not any(isinstance(existing, FailureFilter) for existing in log.filters):
        log.addFilter(FailureFilter(defaults))


class FailureFilter(logging.Filter):
    """Prints the errors of a failed build itself: Pelican's log handler would wrap lines."""

    def __init__(self, defaults: Mapping[str, Any]) -> None:
        super().__init__()
        self.defaults = defaults

    def filter(self, record: logging.LogRecord) -> bool:
        args: tuple[Any, ...] = record.args if isinstance(record.args, tuple) else ()
        failure = next((arg for arg in args if isinstance(arg, BuildFailed)), None)
        if failure is None and record.levelno >= logging.CRITICAL and record.exc_info:
            _, error, trace = record.exc_info
            failure = _failure_in_file(error, trace)
            failure = failure or _failure_of_settings(trace, self.defaults)
        if failure is not None:
            print(render_errors(failure, Path(ERRORS)), file=sys.stderr)
        if any(isinstance(arg, RuntimeError) and str(arg) == _FATAL for arg in args):
            record.exc_info, record.args = None, ()
            record.msg = (
                "Stopped by the message above, because of --fatal. Correct its cause, build again."
            )
        elif failure is None and not logging.getLogger().isEnabledFor(logging.DEBUG):
            _shorten(record)
        return failure is None


def _shorten(record: logging.LogRecord) -> None:
    """Replace the traceback of an unexpected error with the line that raised it."""
    error = None
    if record.levelno >= logging.CRITICAL and record.exc_info:
        error = record.exc_info[1]
    elif str(record.msg).startswith(_WHILE_SERVING) and isinstance(record.args, tuple):
        error = next((arg for arg in record.args if isinstance(arg, Exception)), None)
    if error is not None:
        record.exc_info = None
        record.args = (type(error).__name__, error, place_of(error) or "no place known")
        record.msg = "%s: %s (%s). pelican -D prints the traceback."


def _failure_in_file(
    error: BaseException | None, trace: TracebackType | None
) -> BuildFailed | None:
    """Return the error in a settings file that Pelican could not execute; None if it could."""
    path, line = "", 0
    for frame, number in walk_tb(trace):
        if frame.f_code.co_name == "get_settings_from_file":
            path = str(frame.f_locals.get("path"))
        elif path and Path(frame.f_code.co_filename).name == Path(path).name:
            line = number
    if not path:
        return None
    if isinstance(error, SyntaxError):
        line = error.lineno or 0
    problem = f"can't be used: {type(error).__name__}: {error}."
    return BuildFailed([SiteError(path, line, "", problem, "Correct this line.")])


def _failure_of_settings(
    trace: TracebackType | None, defaults: Mapping[str, Any]
) -> BuildFailed | None:
    """Return errors in settings that Pelican could not process; None if it could."""
    settings = next(_unread_settings(trace), None)
    if settings is None:
        return None
    errors = find_mistakes({**defaults, **settings}, defaults)
    for name, kind in (("PATH", "content"), ("THEME", "theme")):
        path = settings.get(name)
        if isinstance(path, str) and path and not Path(path).is_dir():
            fix = f"Write the path of the {kind} folder."
            errors.append(SiteError(name, 0, "", f"“{path}” is not a folder.", fix))
    return BuildFailed(sorted(errors)) if errors else None


def _unread_settings(trace: TracebackType | None) -> Iterator[dict[str, Any]]:
    """Yield the settings at each step of processing, the latest first."""
    steps = []
    for frame, _ in walk_tb(trace):
        module = frame.f_globals.get("__name__")
        is_reading = module == "pelican.settings" or frame.f_code.co_name == "get_instance"
        settings = frame.f_locals.get("settings")
        if is_reading and isinstance(settings, dict):
            steps.append(settings)
    yield from reversed(steps)
