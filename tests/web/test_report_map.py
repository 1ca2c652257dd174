from __future__ import annotations

import dataclasses

import pytest
from web_reports import BRNO, article, claim, coded, strike

from tocsin.resources.map import Outline
from tocsin.vocabulary import EventReport, Field, Place, PlacePrecision
from tocsin.web.map import draw_map, equal_earth, point_of

SQUARE = Outline("CZ", "Square", (((12.0, 48.0), (19.0, 48.0), (19.0, 51.0), (12.0, 51.0)),))


def told_at(*places: Place) -> list[EventReport]:
    bare = dataclasses.replace(strike(article()), claims=())
    return [dataclasses.replace(bare, claims=(claim(Field.PLACE, place, None),)) for place in places]


def spot(lat: float, lon: float, name: str = "Spot") -> Place:
    return Place(name, PlacePrecision.SETTLEMENT, latitude=lat, longitude=lon)


def test_only_sites_and_settlements_with_coordinates_have_a_point():
    assert point_of(BRNO) == (16.608, 49.195)
    assert point_of(dataclasses.replace(BRNO, precision=PlacePrecision.ADMIN1)) is None
    assert point_of(dataclasses.replace(BRNO, latitude=None)) is None
    assert point_of(dataclasses.replace(BRNO, latitude=95.0)) is None
    assert point_of(None) is None
    assert point_of(spot(0.0, 0.0)) == (0.0, 0.0)


def test_events_at_one_place_share_a_dot_and_the_others_are_listed():
    reports = [*told_at(BRNO, BRNO), *coded().reports]
    drawn = draw_map(reports, [SQUARE])
    assert [dot.events for dot in drawn.dots] == [(0, 1, 2)]
    assert drawn.unplaced == (3,)
    assert drawn.shapes[0].events == (3,)  # told of the whole country


@pytest.mark.parametrize("places", [[(49.2, 16.6)], [(49.2, 16.6), (50.1, 14.4)], [(-33, -70), (5, 100)], [(0, 179.9)]])
def test_every_dot_is_inside_the_first_view(places):
    drawn = draw_map(told_at(*(spot(lat, lon) for lat, lon in places)), [SQUARE])
    view = drawn.view
    for dot in drawn.dots:
        assert view.x < dot.x < view.x + view.width
        assert view.y < dot.y < view.y + view.height


def test_places_far_apart_are_shown_on_the_world():
    drawn = draw_map(told_at(spot(54.5, 18.5), spot(-32.9, -60.6)), [SQUARE])
    assert drawn.view == drawn.world


def test_no_events_draw_an_empty_world():
    drawn = draw_map([], [SQUARE])
    assert (drawn.dots, drawn.unplaced, drawn.view) == ((), (), drawn.world)


def test_equal_earth_keeps_areas():
    """A tenth of a degree square at 60 degrees north is half of one on the equator, as on the globe."""

    def area(lat: float) -> float:
        (x1, y1), (x2, _), (_, y2) = equal_earth(10, lat), equal_earth(10.1, lat), equal_earth(10, lat + 0.1)
        return (x2 - x1) * (y1 - y2)

    assert area(60) / area(0) == pytest.approx(0.5, rel=0.01)
