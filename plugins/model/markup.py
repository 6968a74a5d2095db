"""HTML as text: changes inside its tags, none in what readers read."""

from __future__ import annotations

import re
from collections.abc import Callable

_TAG = re.compile(r"<[a-zA-Z](?:[^<>\"]|\"[^\"]*\")*>")


def replace_in_tags(
    pattern: re.Pattern[str], replace: Callable[[re.Match[str]], str], html: str
) -> str:
    """Replace matches of `pattern` in start tags alone; text that looks like one stays."""
    return _TAG.sub(lambda tag: pattern.sub(replace, tag[0]), html)
