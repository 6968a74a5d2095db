"""The build's clock, which tells what it was asked."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Any

from plugins.model.watched import LISTENING


class Now(datetime):
    """An instant that tells a recorder between which instants the answers hold.

    A comparison holds until the clock passes what it was compared with; any other use holds
    for this very instant.
    """

    plain: datetime
    """The instant without ears."""

    @classmethod
    def at(cls, moment: datetime) -> Now:
        """The same instant in the same zone."""
        parts = moment.timetuple()[:6]
        now = cls(*parts, moment.microsecond, tzinfo=moment.tzinfo, fold=moment.fold)
        object.__setattr__(now, "plain", moment)
        return now

    def __getattribute__(self, name: str) -> Any:
        if name not in _SILENT:
            _exactly(self)
        return super().__getattribute__(name)

    def __lt__(self, other: datetime, /) -> bool:  # type: ignore[override]
        return _is_before(self, other)

    def __le__(self, other: datetime, /) -> bool:  # type: ignore[override]
        return _is_before(self, other, or_at=True)

    def __gt__(self, other: datetime, /) -> bool:  # type: ignore[override]
        return not _is_before(self, other, or_at=True)

    def __ge__(self, other: datetime, /) -> bool:  # type: ignore[override]
        return not _is_before(self, other)

    def __eq__(self, other: object) -> bool:
        return _exactly(self) == other

    def __hash__(self) -> int:
        return hash(_exactly(self))

    def __sub__(self, other: Any, /) -> Any:
        return _exactly(self) - other

    def __rsub__(self, other: Any, /) -> Any:
        return other - _exactly(self)

    def __add__(self, other: Any, /) -> Any:
        return _exactly(self) + other

    __radd__ = __add__

    def __format__(self, format: str, /) -> str:
        return _exactly(self).__format__(format)

    def __str__(self) -> str:
        return str(_exactly(self))

    def __repr__(self) -> str:
        return repr(_exactly(self))

    def astimezone(self, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return _exactly(self).astimezone(tz)


_SILENT = frozenset(("plain", "__class__", "__dict__"))


def _exactly(now: Now) -> datetime:
    recorder, plain = LISTENING.get(), now.plain
    if recorder is not None:
        recorder.since(plain)
        recorder.until(plain + datetime.resolution)
    return plain


def _is_before(now: Now, other: datetime, *, or_at: bool = False) -> bool:
    """Whether the clock is earlier than an instant, or at it."""
    limit = other.plain if isinstance(other, Now) else other
    if or_at:
        limit += datetime.resolution
    recorder, is_before = LISTENING.get(), now.plain < limit
    if recorder is not None:
        (recorder.until if is_before else recorder.since)(limit)
    return is_before
