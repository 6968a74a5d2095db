"""Lists of a year."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from rubric.model.edition import Listing
from rubric.model.view_factory import by_year
from tests.newsletters import make_event, make_post


def test_events_around_a_new_year_are_all_in_the_list_of_their_year() -> None:
    """Events in order of time, whose local years are 2026, 2025, 2026, 2025."""
    starts = [
        datetime(2026, 1, 2, tzinfo=UTC),
        datetime(2025, 12, 31, 22, tzinfo=UTC),
        datetime(2026, 1, 1, 1, tzinfo=timezone(timedelta(hours=5))),
        datetime(2025, 6, 1, tzinfo=UTC),
    ]
    assert starts == sorted(starts, reverse=True)
    items = [
        Listing(make_event(f"e{number}", start, start), "en", f"en/events/e{number}/")
        for number, start in enumerate(starts)
    ]
    years = by_year(items, lambda item: item.event.starts_at)
    assert years == {2026: [items[0], items[2]], 2025: [items[1], items[3]]}
    assert list(years) == [2026, 2025]


def test_years_without_listings_and_listings_without_a_date_are_left_out() -> None:
    dates = [datetime(2026, 3, 1, tzinfo=UTC), None, datetime(2024, 3, 1, tzinfo=UTC)]
    items = []
    for number, day in enumerate(dates):
        entry = make_post(f"p{number}", datetime(2026, 1, 1, tzinfo=UTC))
        entry.date = day
        items.append(Listing(entry, "en", entry.url))
    years = by_year(items, lambda item: item.entry.date)
    assert years == {2026: [items[0]], 2024: [items[2]]}
    assert by_year([], lambda item: item.entry.date) == {}
