"""Maps show every city, cover no name with another, and stay small and free of style."""

from __future__ import annotations

import itertools
import re
from functools import cache
from xml.etree import ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

from rubric.places.geometry import Box, bounds
from rubric.places.labels import WIDE_SCALE, place_labels, text_width
from rubric.places.map import MAX_BYTES, TEXT_SIZE, MapPoint, draw_map
from rubric.places.outlines import Outlines, load_outlines
from tests.cases import cases

SVG = "{http://www.w3.org/2000/svg}"
WIDTH = 1080
OUTLINES = load_outlines()
BARE = Outlines((), ())


def at(name: str, latitude: float, longitude: float) -> MapPoint:
    return MapPoint(latitude, longitude, name, f"/{name}/")


ALMATY, BERLIN = at("Алматы", 43.26, 76.95), at("Берлин", 52.51, 13.43)
TAIPEI, TOKYO = at("臺北市", 25.03, 121.53), at("Tokyo", 35.7, 139.7)
FIJI, HONOLULU = at("Suva", -18.1, 178.4), at("Honolulu", 21.3, -157.9)
RIO, OSLO = at("Rio de Janeiro", -22.9, -43.2), at("Oslo", 59.9, 10.75)
RHINE = [
    at("Köln", 50.94, 6.96),
    at("Bonn", 50.73, 7.1),
    at("Düsseldorf", 51.22, 6.78),
    at("Essen", 51.46, 7.01),
    at("Dortmund", 51.51, 7.47),
    at("Duisburg", 51.43, 6.76),
    at("Bochum", 51.48, 7.22),
    at("Berlin", 52.5, 13.4),
    at("Mönchengladbach", 51.19, 6.44),
    at("München", 48.14, 11.58),
]
VIEWS = {
    "one city": [ALMATY],
    "a region": [ALMATY, BERLIN, TAIPEI],
    "close together": RHINE,
    "the north": [OSLO],
    "the equator": [at("Singapore", 1.35, 103.8), at("Jakarta", -6.2, 106.8)],
    "over the antimeridian": [FIJI, HONOLULU, TOKYO],
    "the south": [RIO, at("Ushuaia", -54.8, -68.3)],
    "the world": [ALMATY, BERLIN, TAIPEI, RIO, FIJI, HONOLULU, OSLO],
    "one spot": [ALMATY, ALMATY],
}


@cache
def drawn(points: tuple[MapPoint, ...]) -> str:
    return draw_map(points, OUTLINES, width=WIDTH, label="Map")


def draw(points: list[MapPoint]) -> ET.Element:
    return ET.fromstring(drawn(tuple(points)))


def dots(svg: ET.Element) -> list[tuple[float, float]]:
    circles = [each for each in svg.iter(f"{SVG}circle") if "map-point" in each.attrib["class"]]
    return [(float(each.attrib["cx"]), float(each.attrib["cy"])) for each in circles]


def view(svg: ET.Element) -> Box:
    return Box(*map(float, svg.attrib["viewBox"].split()))


def trace(data: str) -> list[list[tuple[int, int]]]:
    """The points of path data, absolute; checks its grammar, too."""
    assert re.fullmatch(r"(M-?\d+,-?\d+l(-?\d+(,\d+|-\d+)( |(?=[-zM])|$))+z?)*", data)
    lines = []
    for part in filter(None, data.split("M")):
        numbers = [int(each) for each in re.findall(r"-?\d+", part)]
        steps = zip(numbers[::2], numbers[1::2], strict=True)
        lines.append(list(itertools.accumulate(steps, lambda a, b: (a[0] + b[0], a[1] + b[1]))))
    return lines


def path(svg: ET.Element, name: str) -> list[list[tuple[int, int]]]:
    return next(
        trace(each.attrib["d"]) for each in svg.iter(f"{SVG}path") if each.attrib["class"] == name
    )


@cases("points", VIEWS.values())
def test_every_map_is_small_well_formed_and_shows_all_its_points(points):
    text = drawn(tuple(points))
    svg = ET.fromstring(text)
    assert len(text.encode()) <= 15_000
    box = view(svg)
    assert 1.3 <= box.width / box.height <= 3
    assert len(dots(svg)) == len(points)
    assert all(box.left < x < box.right and box.bottom < y < box.top for x, y in dots(svg))
    assert text == draw_map(points, OUTLINES, width=WIDTH, label="Map")


@cases("points", VIEWS.values())
def test_outlines_are_clipped_to_the_view(points):
    svg = draw(points)
    paper = view(svg).expanded(WIDTH / 50 + 1)
    for name in ("map-land", "map-border"):
        assert all(paper.contains(bounds(line)) for line in path(svg, name))
    assert path(svg, "map-land")


def test_nothing_needs_a_style_or_a_script():
    text = drawn(tuple(VIEWS["the world"]))
    assert not re.search(r"style|script|url\(|<image|<use|\bfill=\"(?!none)|stroke=", text)


def test_no_points_no_map():
    assert draw_map([], OUTLINES, width=WIDTH, label="Map") == ""


def test_every_point_is_a_named_link_in_the_given_order():
    svg = draw(RHINE)
    links = list(svg.iter(f"{SVG}a"))
    assert [link.attrib["href"] for link in links] == [point.href for point in RHINE]
    for link, point in zip(links, RHINE, strict=True):
        text = link.find(f"{SVG}text")
        title = link.find(f"{SVG}title")
        assert text is not None
        assert text.text == point.name
        is_always_shown = text.attrib["class"] == "map-label"
        assert is_always_shown == (title is None)
        if title is not None:
            assert title.text == point.name
    assert svg.attrib["role"] == "group"
    assert svg.attrib["aria-label"] == "Map"


def test_text_from_authors_is_escaped():
    rude = MapPoint(50, 10, '<b>"&\x00\ud800', '/?a=1&b="><script>', is_online=True)
    text = draw_map([rude], BARE, width=WIDTH, label='"<&>\x1f')
    svg = ET.fromstring(text)
    assert svg.attrib["aria-label"] == '"<&>'
    link = next(svg.iter(f"{SVG}a"))
    assert link.attrib["href"] == '/?a=1&b="><script>'
    assert "".join(link.itertext()).startswith('<b>"&')
    assert "<script" not in text
    assert "map-point map-point-online" in text


def test_the_antimeridian_is_no_edge():
    """Fiji stands left of Hawaii, and Chukotka is drawn whole."""
    (fiji, _), (honolulu, _), (tokyo, _) = dots(draw([FIJI, HONOLULU, TOKYO]))
    assert tokyo < fiji < honolulu
    svg = draw([at("Анадырь", 64.7, 177.5)])
    height = view(svg).height
    for line in path(svg, "map-land"):
        closed = zip(line, [*line[1:], line[0]], strict=True)
        assert not any(
            abs(a[1] - b[1]) > height / 2 and 0 < a[0] < WIDTH and 0 < b[0] < WIDTH
            for a, b in closed
        )


def test_the_north_is_up_and_the_east_is_right():
    (almaty, berlin, taipei) = dots(draw([ALMATY, BERLIN, TAIPEI]))
    assert berlin[0] < almaty[0] < taipei[0]
    assert berlin[1] < almaty[1] < taipei[1]


def test_a_lone_city_shows_borders_or_coasts_around_it():
    assert path(draw([ALMATY]), "map-border")
    assert len(path(draw([TAIPEI]), "map-land")) > 3


def test_many_points_still_leave_a_map():
    points = [at(f"Stadt {n}", 45 + n % 10, 5 + n / 4) for n in range(60)]
    text = draw_map(points, OUTLINES, width=WIDTH, label="Map")
    assert len(text) > MAX_BYTES
    assert path(ET.fromstring(text), "map-land")


def shown(svg: ET.Element, room: set[str], share: float) -> list[tuple[str, Box]]:
    """The names shown at once, and what they cover; measured anew."""
    found = []
    for text in svg.iter(f"{SVG}text"):
        if text.attrib["class"] not in room:
            continue
        size = WIDTH * TEXT_SIZE * share
        width = text_width(text.text or "") * size
        x = float(text.attrib["x"])
        x -= {"start": 0, "middle": width / 2, "end": width}[text.attrib["text-anchor"]]
        y = float(text.attrib["y"]) + float(text.attrib["dy"].removesuffix("em")) * size
        found.append((text.text or "", Box(x, y - 0.8 * size, x + width, y + 0.2 * size)))
    return found


@cases("points", VIEWS.values())
def test_names_never_collide_on_narrow_or_wide_screens(points):
    svg = draw(points)
    wide = {"map-label", "map-label map-label-wide"}
    for room, share in (({"map-label"}, 1.0), (wide, WIDE_SCALE), (wide, WIDE_SCALE * 0.7)):
        labels = shown(svg, room, share)
        for (_, one), (_, other) in itertools.combinations(labels, 2):
            assert not one.expanded(-1).overlaps(other.expanded(-1))
        for _, box in labels:
            assert view(svg).contains(box.expanded(-1))
            assert not any(
                box.expanded(-2).overlaps(Box(x, y, x, y).expanded(9)) for x, y in dots(svg)
            )


def test_most_names_of_close_cities_are_shown():
    rooms = [text.attrib["class"] for text in draw(RHINE).iter(f"{SVG}text")]
    assert rooms.count("map-label map-label-hover") <= 3


def test_two_names_on_one_spot_show_one_of_them():
    rooms = [text.attrib["class"] for text in draw([ALMATY, ALMATY]).iter(f"{SVG}text")]
    assert len(rooms) == 2


spots = st.tuples(st.floats(0, 1000), st.floats(0, 600))


@given(st.lists(st.tuples(st.text("aWя市 ", min_size=1, max_size=9), spots), max_size=25))
@settings(max_examples=60, deadline=None)
def test_labels_keep_clear_of_each_other_wherever_the_dots_are(marks):
    names, places = [name for name, _ in marks], [spot for _, spot in marks]
    sheet = Box(0, 0, 1000, 600)
    labels = place_labels(names, places, 12, 38, sheet)
    assert len(labels) == len(names)
    for rooms, size in ((("always",), 38), (("always", "wide"), 38 * WIDE_SCALE)):
        boxes = [
            label.box(name, size)
            for name, label in zip(names, labels, strict=True)
            if label.visibility in rooms
        ]
        assert all(sheet.contains(box) for box in boxes)
        assert not any(a.overlaps(b) for a, b in itertools.combinations(boxes, 2))


@given(st.lists(st.tuples(st.floats(-85, 85), st.floats(-180, 180)), min_size=1, max_size=8))
@settings(max_examples=80, deadline=None)
def test_any_points_are_all_on_the_map(coordinates):
    points = [MapPoint(latitude, longitude, "A", "/") for latitude, longitude in coordinates]
    svg = ET.fromstring(draw_map(points, BARE, width=WIDTH, label="Map"))
    box = view(svg).expanded(1)
    assert box.height > 100
    for x, y in dots(svg):
        assert box.left <= x <= box.right
        assert box.bottom <= y <= box.top
