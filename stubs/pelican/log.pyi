import logging

from rich.console import Console

console: Console

class LimitFilter(logging.Filter):
    _raised_messages: set[tuple[int, str]]
    _group_count: dict[tuple[int, str], int]

def init(
    level: int | None = None,
    fatal: str = "",
    handler: logging.Handler | None = None,
    name: str | None = None,
    logs_dedup_min_level: int | None = None,
) -> None: ...
