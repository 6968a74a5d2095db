"""The current time of a build; comparisons with it are recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

from rubric.model.tracking import RECORDER


@dataclass(slots=True)
class Span:
    """A time span in UTC: from `since` (inclusive) to `until` (exclusive); None is unlimited."""

    since: datetime | None = None
    until: datetime | None = None

    def narrow(self, since: datetime | None, until: datetime | None) -> None:
        """Reduce the span to its intersection with another one."""
        if since is not None and (self.since is None or since > self.since):
            self.since = since
        if until is not None and (self.until is None or until < self.until):
            self.until = until


class Now(datetime):
    """The current time of a build, which records how long the result of each use is valid.

    A comparison is valid until the other time is reached. `local_date` is valid until midnight.
    All other uses are valid only at exactly this time.
    """

    plain: datetime
    """The same time as a plain datetime, whose use is not recorded."""

    span: Span
    """The time span in which all results so far are valid."""

    @classmethod
    def at(cls, moment: datetime) -> Now:
        """Return a `Now` for a time, in the same zone."""
        parts = moment.timetuple()[:6]
        now = cls(*parts, moment.microsecond, tzinfo=moment.tzinfo, fold=moment.fold)
        object.__setattr__(now, "plain", moment)
        object.__setattr__(now, "span", Span())
        return now

    def __getattribute__(self, name: str) -> Any:
        if name not in _UNRECORDED:
            _record_exact(self)
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
        return _record_exact(self) == other

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(_record_exact(self))

    def __sub__(self, other: Any, /) -> Any:
        return _record_exact(self) - other

    def __rsub__(self, other: Any, /) -> Any:
        return other - _record_exact(self)

    def __add__(self, other: Any, /) -> Any:
        return _record_exact(self) + other

    __radd__ = __add__

    def __format__(self, format: str, /) -> str:
        return _record_exact(self).__format__(format)

    def __str__(self) -> str:
        return str(_record_exact(self))

    def __repr__(self) -> str:
        return repr(_record_exact(self))

    def astimezone(self, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return _record_exact(self).astimezone(tz)


def local_date(now: datetime, zone: tzinfo) -> date:
    """Return the current date in a time zone; valid until midnight there."""
    if not isinstance(now, Now):
        return now.astimezone(zone).date()
    today = now.plain.astimezone(zone).date()
    _record_span(now, *(datetime.combine(today + timedelta(days=n), time(), zone) for n in (0, 1)))
    return today


_UNRECORDED = frozenset(("plain", "span", "__class__", "__dict__"))


def _record_span(now: Now, since: datetime | None, until: datetime | None) -> None:
    # In UTC, because Python compares two times in one zone by local time, ignoring `fold`.
    since, until = since and since.astimezone(UTC), until and until.astimezone(UTC)
    now.span.narrow(since, until)
    recorder = RECORDER.get()
    if recorder is not None and since is not None:
        recorder.since(since)
    if recorder is not None and until is not None:
        recorder.until(until)


def _record_exact(now: Now) -> datetime:
    plain = now.plain
    _record_span(now, plain, plain + datetime.resolution)
    return plain


def _is_before(now: Now, other: datetime, *, or_at: bool = False) -> bool:
    """Compare with a time, and record the comparison."""
    limit = (other.plain if isinstance(other, Now) else other).astimezone(UTC)
    if or_at:
        limit += datetime.resolution
    is_before = now.plain.astimezone(UTC) < limit
    _record_span(now, None if is_before else limit, limit if is_before else None)
    return is_before
