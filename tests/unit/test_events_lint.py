"""Advice on events: what a build allows and a reader may stumble over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from rubric.events.lint import lint_events
from tests.cases import cases
from tests.unit.test_events_facts import BERLIN, NOW, read

CIRCLE = {"languages": ["ru", "kk"], "timezone": "Europe/Berlin"}


def advice(files: dict[str, dict[str, Any]], **options: Any) -> list[str]:
    site = read(files, **options)
    assert list(site.errors) == []
    return list(map(str, lint_events(site)))


def meetup(**fields: Any) -> dict[str, dict[str, Any]]:
    return {"en/events/meetup": {**BERLIN, **fields}}


def test_a_sound_event_needs_no_advice():
    assert advice(meetup(registration="https://example.org/", event_languages=["en"])) == []


@cases("name", ["registration", "online", "recording", "slides"])
def test_a_link_that_is_http_only_is_told_where_it_stands(name: str):
    (line,) = advice({**meetup(**{name: "http://example.org/"}), "ru/events/meetup": {}})
    assert line.startswith(f"content/en/events/meetup.md:6: {name} is http only")


def test_a_group_s_links_are_looked_at_too():
    links = ["mailto:a@example.org", "http://example.org/"]
    (line,) = advice({"en/groups/circle": {"links": links}})
    assert line.startswith("content/en/groups/circle.md:4: links is http only")


@cases(
    ("languages", "interpretation", "is_told"),
    [
        (["en"], [], True),
        (["en", "de"], [], True),
        (["ru"], [], False),
        (["en", "kk"], [], False),
        (["en"], ["kk"], False),
        ([], [], False),
    ],
)
def test_an_event_outside_its_group_s_languages(
    languages: list[str], interpretation: list[str], is_told: bool
):
    """Told once, not again for each translation."""
    own = meetup(group="circle", event_languages=languages, interpretation=interpretation)
    found = advice({"en/groups/circle": CIRCLE, **own, "ru/events/meetup": {}})
    told = f"is in {', '.join(sorted(languages))}, but its group speaks ru, kk."
    assert [told in line for line in found] == ([True] if is_told else [])


def test_a_moved_event_says_from_when():
    (line,) = advice(meetup(event_status="moved"))
    assert line.startswith("content/en/events/meetup.md:6: moved, but doesn't say from when.")
    assert advice(meetup(event_status="moved", moved_from="2026-12-03 18:30")) == []


PAST = {"start": "2026-10-10 18:30", "end": "2026-10-10 20:30"}
ENDED = NOW.replace(month=10, day=10, hour=18, minute=30)


def test_after_thirty_days_something_should_remain_of_an_event():
    days = timedelta(days=30)
    assert advice(meetup(**PAST), now=ENDED + days) == []
    (line,) = advice(
        {**meetup(**PAST), "ru/events/meetup": {}}, now=ENDED + days + timedelta(days=1)
    )
    assert line == (
        "content/en/events/meetup.md: was more than 30 days ago, and has no recap. "
        "Add recap:, recording: or slides:, or recap: none."
    )


@cases(
    "fields",
    [
        {"recap": "report"},
        {"recap": "none"},
        {"recording": "https://example.org/"},
        {"slides": "https://example.org/"},
        {"event_status": "cancelled"},
        {"event_status": "postponed"},
        {"status": "draft"},
    ],
)
def test_nothing_is_asked_where_something_remains_or_nothing_was(fields: dict[str, Any]):
    files = {**meetup(**PAST, **fields), "en/posts/report": {}}
    assert advice(files, now=ENDED + timedelta(days=99)) == []


def test_events_without_a_recap_are_grouped_by_year():
    files = {}
    for number in range(7):
        start, end = f"2024-0{number + 1}-10 18:30", f"2024-0{number + 1}-10 20:30"
        files[f"en/events/talk-{number}"] = {**BERLIN, "start": start, "end": end}
    files["en/events/later"] = {
        **BERLIN,
        **PAST,
        "start": "2025-10-10 18:30",
        "end": "2025-10-10 20:00",
    }
    fix = "Add recap:, recording: or slides:, or recap: none."
    names = "talk-0, talk-1, talk-2, talk-3, talk-4 and 2 more"
    assert advice(files) == [
        f"content: 7 events of 2024 were more than 30 days ago, and have no recap: {names}. {fix}",
        f"content/en/events/later.md: was more than 30 days ago, and has no recap. {fix}",
    ]


def test_a_price_needs_a_currency():
    (line,) = advice(meetup(price=15))
    assert line.startswith("content/en/events/meetup.md:6: price has no currency.")
    assert advice(meetup(price=15, currency="EUR")) == advice(meetup(price=0)) == []
