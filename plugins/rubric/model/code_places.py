"""Where in the code an unexpected error was raised."""

from __future__ import annotations

import os
from sysconfig import get_paths
from traceback import walk_tb

_ATTRIBUTE = "raised_at"


def place_of(error: BaseException) -> str:
    """Return the innermost line outside of libraries, such as `my_plugins/x.py:12`.

    Templates count as code. Empty if the error was not raised.
    """
    if noted := vars(error).get(_ATTRIBUTE):
        return str(noted)
    libraries = tuple(get_paths()[name] for name in ("stdlib", "purelib", "platlib"))
    frames = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)]
    own = [each for each in frames if not each[0].startswith((*libraries, "<"))]
    if not frames:
        return ""
    path, line = (own or frames)[-1]
    return f"{_shorten(path)}:{line}"


def note_place(error: BaseException, place: str) -> None:
    """Keep the place of an error that loses its traceback, as between processes."""
    setattr(error, _ATTRIBUTE, place)


def _shorten(path: str) -> str:
    """Relative to the folder that the build runs in, if the file is below it."""
    relative = os.path.relpath(path)
    return path if relative.startswith(os.pardir) else relative
