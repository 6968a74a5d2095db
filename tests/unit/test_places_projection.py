"""Projections are true where they promise it; clipping and simplifying keep shapes."""

from __future__ import annotations

from itertools import pairwise
from math import cos, dist, radians

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubric.places.geometry import Box, bounds, clip_line, clip_ring, simplify
from rubric.places.outlines import load_outlines, parse_outlines
from rubric.places.projection import (
    albers_conic,
    choose_projection,
    equirectangular,
    natural_earth,
    shortest_arc,
)

SQUARE = Box(0, 0, 10, 10)
numbers = st.integers(-30, 30).map(float)
lines = st.lists(st.tuples(numbers, numbers), min_size=2, max_size=12)


def area(ring: list[tuple[float, float]]) -> float:
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairs)) / 2


def test_the_shortest_arc_that_holds_all_longitudes():
    assert shortest_arc([10, 20, 40]) == (10, 30)
    assert shortest_arc([170, -170]) == (170, 20)
    assert shortest_arc([5]) == (5, 0)
    assert shortest_arc([5, 5]) == (5, 0)
    assert shortest_arc([180, -180]) == (-180, 0)
    assert shortest_arc([0.0, -1e-20]) == (0, 0)
    assert shortest_arc([0, 120, 240]) == (-120, 240)


def test_plain_is_true_along_its_parallel():
    assert equirectangular(radians(60))((10.0, 61.0)) == pytest.approx((5, 61))


def test_a_cone_is_true_along_its_parallels_and_keeps_areas():
    forward = albers_conic(radians(30), radians(60))
    for parallel in (30.0, 60.0):
        west, east = forward((-0.5, parallel)), forward((0.5, parallel))
        assert dist(west, east) == pytest.approx(cos(radians(parallel)), rel=1e-4)
    for south in (10.0, 45.0, 75.0):
        corners = [(0.0, south), (0.1, south), (0.1, south + 0.1), (0.0, south + 0.1)]
        expected = 0.01 * cos(radians(south + 0.05))
        assert area([forward(corner) for corner in corners]) == pytest.approx(expected, rel=1e-3)


def test_a_cone_of_the_south_is_that_of_the_north_mirrored():
    north, south = albers_conic(radians(20), radians(50)), albers_conic(radians(-50), radians(-20))
    for x, y in ((10.0, 33.0), (-70.0, 60.0)):
        up, down = north((x, y)), south((x, -y))
        assert up == pytest.approx((down[0], -down[1]))


def test_natural_earth_has_its_published_edges():
    assert natural_earth((180.0, 0.0)) == pytest.approx((180 * 0.8707, 0))
    pole_length = natural_earth((180.0, 90.0))[0] / natural_earth((180.0, 0.0))[0]
    assert pole_length == pytest.approx(0.55, abs=0.001)
    height = natural_earth((0.0, 90.0))[1] / natural_earth((180.0, 0.0))[0]
    assert height == pytest.approx(0.52, abs=0.005)


def test_the_projection_suits_the_places():
    assert choose_projection([(13, 52), (77, 43)]).meridian == 45
    assert choose_projection([(170, -40), (-170, -20)]).meridian == -180
    world = choose_projection([(-120, 40), (120, 30), (0, 0)])
    assert world.forward is natural_earth
    assert choose_projection([(100, 3), (110, -4)]).project((105, 2)) == pytest.approx((0, 2))


def test_land_on_the_far_side_is_split():
    projection = choose_projection([(-100, 10), (60, 10)])
    assert projection.meridian == -20
    ring = [(150.0, 0.0), (170.0, 0.0), (170.0, 10.0), (150.0, 10.0)]
    parts = projection.project_ring(ring)
    assert sorted(bounds(part).left > 0 for part in parts) == [False, True]
    line = [(150.0, 5.0), (170.0, 5.0)]
    assert len(projection.project_line(line)) == 2
    assert len(projection.project_line([(0.0, 5.0), (10.0, 5.0)])) == 1


def test_a_ring_is_clipped_to_a_box():
    assert area(clip_ring([(-5, -5), (5, -5), (5, 5), (-5, 5)], SQUARE)) == 25
    assert area(clip_ring([(-50, -50), (50, -50), (50, 50), (-50, 50)], SQUARE)) == 100
    assert clip_ring([(20, 20), (30, 20), (30, 30)], SQUARE) == []
    assert clip_ring([], SQUARE) == []


def test_a_line_is_cut_into_its_parts_within_a_box():
    zigzag = [(-5.0, 5.0), (5.0, 5.0), (5.0, 20.0), (7.0, 20.0), (7.0, 5.0)]
    assert clip_line(zigzag, SQUARE) == [
        [(0, 5), (5, 5), (5, 10)],
        [(7, 10), (7, 5)],
    ]
    assert clip_line([(-5.0, 5.0), (15.0, 5.0)], SQUARE) == [[(0, 5), (10, 5)]]
    assert clip_line([(-5.0, -5.0), (-1.0, 20.0)], SQUARE) == []


@given(lines)
def test_clipped_lines_and_rings_stay_within(line):
    box = SQUARE.expanded(1e-9)
    assert all(box.contains(bounds(part)) for part in clip_line(line, SQUARE))
    ring = clip_ring(line, SQUARE)
    assert not ring or box.contains(bounds(ring))


@given(lines, st.floats(0.1, 9))
def test_a_simpler_line_keeps_its_ends_and_its_course(line, tolerance):
    thin = simplify(line, tolerance)
    assert (thin[0], thin[-1]) == (line[0], line[-1])
    assert set(thin) <= set(line)
    assert len(thin) <= len(line)


def test_simplifying_leaves_out_what_is_nearly_straight():
    assert simplify([(0, 0), (1, 0.1), (2, 0), (3, 5), (4, 0)], 0.5) == [
        (0, 0),
        (2, 0),
        (3, 5),
        (4, 0),
    ]


def test_outlines_are_decoded():
    outlines = parse_outlines(
        b'{"per_degree":10,"land":[[10,20,5,0,0,-5]],"borders":{"DE PL":[[1,2,3,4]]}}'
    )
    assert outlines.land == ([(1, 2), (1.5, 2), (1.5, 1.5)],)
    assert outlines.borders[0].countries == ("DE", "PL")
    assert outlines.borders[0].line == [(0.1, 0.2), (0.4, 0.6)]


def test_the_worlds_outlines_are_where_they_should_be():
    outlines = load_outlines()
    pairs = {border.countries for border in outlines.borders}
    assert {("DE", "PL"), ("KG", "KZ"), ("CN", "KZ"), ("CA", "US")} <= pairs
    for ring in outlines.land:
        box = bounds(ring)
        assert box.bottom > -60
        assert box.top < 90
        steps = pairwise(ring)
        assert all(abs(bx - ax) < 90 for (ax, _), (bx, _) in steps)
    inland = {"Berlin": (13.4, 52.5), "Almaty": (76.9, 43.3), "Chukotka": (-175.0, 66.5)}
    for place in inland.values():
        assert any(_is_within(place, ring) for ring in outlines.land)
    assert not any(_is_within((-30.0, 40.0), ring) for ring in outlines.land)


def _is_within(place: tuple[float, float], ring: list[tuple[float, float]]) -> bool:
    found = False
    for turn in (-360, 0, 360):
        x, y = place[0] + turn, place[1]
        inside = False
        for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax):
                inside = not inside
        found = found or inside
    return found
