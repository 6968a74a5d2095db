"""The current time of a build; comparisons with it are recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

from rubric.model.tracking import RECORDER


@dataclass(slots=True)
class Span:
    """The instants from `since` until before `until`, both in UTC, where either is set."""

    since: datetime | None = None
    until: datetime | None = None

    def narrow(self, since: datetime | None, until: datetime | None) -> None:
        """Reduce the span to its intersection with another one."""
        if since is not None and (self.since is None or since > self.since):
            self.since = since
        if until is not None and (self.until is None or until < self.until):
            self.until = until


class Now(datetime):
    """An instant that tells a recorder between which instants the answers hold.

    A comparison holds until the clock passes what it was compared with; any other use holds
    for this very instant, but for the day (`local_date`).
    """

    plain: datetime
    """The instant without ears."""

    span: Span
    """When all answers hold that anybody was given."""

    @classmethod
    def at(cls, moment: datetime) -> Now:
        """Return a `Now` for a time, in the same zone."""
        parts = moment.timetuple()[:6]
        now = cls(*parts, moment.microsecond, tzinfo=moment.tzinfo, fold=moment.fold)
        object.__setattr__(now, "plain", moment)
        object.__setattr__(now, "span", Span())
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
        if isinstance(other, datetime) and other.tzinfo and self.plain != other:
            _is_before(self, other, or_at=self.plain > other)
            return False
        return _exactly(self) == other

    def __ne__(self, other: object) -> bool:
        return not self == other

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


def local_date(now: datetime, zone: tzinfo) -> date:
    """Return the current date in a time zone; valid until midnight there."""
    if not isinstance(now, Now):
        return now.astimezone(zone).date()
    today = now.plain.astimezone(zone).date()
    _tell(now, *(datetime.combine(today + timedelta(days=n), time(), zone) for n in (0, 1)))
    return today


_SILENT = frozenset(("plain", "span", "__class__", "__dict__"))


def _tell(now: Now, since: datetime | None, until: datetime | None) -> None:
    # In UTC: of two times in one zone, Python compares what the clocks show.
    since, until = since and since.astimezone(UTC), until and until.astimezone(UTC)
    now.span.narrow(since, until)
    recorder = RECORDER.get()
    if recorder is not None and since is not None:
        recorder.since(since)
    if recorder is not None and until is not None:
        recorder.until(until)


def _exactly(now: Now) -> datetime:
    plain = now.plain
    _tell(now, plain, plain + datetime.resolution)
    return plain


def _is_before(now: Now, other: datetime, *, or_at: bool = False) -> bool:
    """Compare with a time, and record the comparison."""
    limit = (other.plain if isinstance(other, Now) else other).astimezone(UTC)
    if or_at:
        limit += datetime.resolution
    is_before = now.plain.astimezone(UTC) < limit
    _tell(now, None if is_before else limit, limit if is_before else None)
    return is_before
