"""Recording: what was read is found again, and nothing else counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rubric.model.now import Now
from rubric.model.tracking import Recorder, Tracked, compute_shared, recording_to
from rubric.store.inputs import Inputs
from rubric.store.recording import Recording
from tests.cases import cases

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
MOMENTS = st.integers(-5, 5).map(lambda hours: NOON + timedelta(hours=hours))


@dataclass
class House(Tracked):
    name: str = "house"
    rooms: dict[str, str] = field(default_factory=lambda: {"hall": "red", "attic": "blue"})
    doors: list[str] = field(default_factory=lambda: ["front", "back"])

    @property
    def tracking_key(self) -> str:
        return "house"

    @property
    def size(self) -> int:
        return len(self.rooms)

    def colour(self, room: str) -> str:
        return self.rooms[room]


def record(house: House, read: object) -> tuple[Recording, Inputs]:
    inputs = Inputs({"house": house}, {}, lambda name: None)
    recording = Recording(inputs, {})
    with recording_to(recording):
        read(house)  # type: ignore[operator]
    return recording, inputs


@cases(
    ("read", "change", "counts"),
    [
        (lambda h: h.rooms["hall"], {"rooms": {"hall": "green", "attic": "blue"}}, True),
        (lambda h: h.rooms["hall"], {"rooms": {"hall": "red"}}, False),
        (lambda h: h.rooms.get("cellar"), {"rooms": {"cellar": "wet"}}, True),
        (lambda h: h.rooms.get("cellar"), {"rooms": {"hall": "green"}}, False),
        (lambda h: "hall" in h.rooms, {"rooms": {}}, True),
        (lambda h: list(h.rooms), {"rooms": {"attic": "blue", "hall": "red"}}, True),
        (lambda h: bool(h.rooms), {"rooms": {"x": "y"}}, False),
        (lambda h: bool(h.rooms), {"rooms": {}}, True),
        (lambda h: len(h.doors), {"doors": ["a", "b"]}, False),
        (lambda h: len(h.doors), {"doors": ["a"]}, True),
        (lambda h: [door.upper() for door in h.doors], {"doors": ["front"]}, True),
        (lambda h: h.doors[0], {"doors": ["back", "front"]}, True),
        (lambda h: h.colour("hall"), {"rooms": {"hall": "red", "x": "y"}}, False),
        (lambda h: h.colour("hall"), {"rooms": {"hall": "pink", "attic": "blue"}}, True),
        (lambda h: h.size, {"rooms": {"a": "b"}}, True),
        (lambda h: h.name, {"rooms": {}}, False),
        (lambda h: h.name, {"name": "barn"}, True),
    ],
)
def test_only_what_was_read_counts(read: object, change: dict[str, object], counts: bool):
    before, inputs = record(House(), read)
    digests = {key: inputs.digest(key) for key in before.shared}
    after = Inputs({"house": House(**change)}, {}, lambda name: None)  # type: ignore[arg-type]
    assert any(after.digest(key) != digest for key, digest in digests.items()) == counts


def test_nobody_hears_outside():
    house = House()
    assert house.rooms == {"hall": "red", "attic": "blue"}
    assert type(house.rooms) is dict


def test_a_stranger_is_never_the_same():
    inputs = Inputs({}, {}, lambda name: None)
    recording = Recording(inputs, {})
    with recording_to(recording):
        House().name  # noqa: B018
    (key,) = recording.shared
    again = Inputs({"house": House()}, {}, lambda name: None)
    assert inputs.digest(key) != again.digest(key)


@given(
    then=MOMENTS,
    asked=st.lists(st.tuples(st.sampled_from("<≤>≥r=≠"), MOMENTS), max_size=4),
    now=MOMENTS,
)
def test_a_record_holds_as_long_as_the_clock_answers_the_same(
    then: datetime, asked: list[tuple[str, datetime]], now: datetime
):
    """Whatever is asked: while a record holds, each answer is what it was."""

    def answers(clock: datetime) -> list[bool]:
        ways = {
            "<": lambda m: clock < m,
            "≤": lambda m: clock <= m,
            ">": lambda m: clock > m,
            "≥": lambda m: clock >= m,
            "r": lambda m: m < clock,
            "=": lambda m: clock == m,
            "≠": lambda m: clock != m,
        }
        return [ways[way](moment) for way, moment in asked]

    recording = Recording(Inputs({}, {}, lambda name: None), {})
    with recording_to(recording):
        before = answers(Now.at(then))
    assert before == answers(then)
    assert recording.record().holds_at(then)
    is_same = before == answers(now)
    if any(way in "=≠" for way, _ in asked):  # before and after an instant are not one span
        assert is_same or not recording.record().holds_at(now)
    else:
        assert is_same == recording.record().holds_at(now)


def test_any_other_use_of_the_clock_holds_for_this_very_moment():
    for use in (
        str,
        hash,
        lambda n: n.year,
        lambda n: n - NOON,
        lambda n: f"{n:%Y}",
        lambda n: n == NOON,
    ):
        recording = Recording(Inputs({}, {}, lambda name: None), {})
        with recording_to(recording):
            use(Now.at(NOON))
        record_ = recording.record()
        assert record_.holds_at(NOON)
        assert not record_.holds_at(NOON + datetime.resolution)
        assert not record_.holds_at(NOON - datetime.resolution)


def test_a_part_made_once_is_an_input_of_everything_that_has_it():
    house, known = House(), dict[str, tuple[str, Recorder | None]]()
    inputs = Inputs({"house": house}, {}, lambda name: None)
    read = []
    for _ in range(2):
        recording = Recording(inputs, {})
        with recording_to(recording):
            compute_shared(known, "hall", lambda: house.rooms["hall"])
        read.append(recording.shared)
    assert read == [(("item", "house", "rooms", "hall"),)] * 2
