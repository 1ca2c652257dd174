from __future__ import annotations

import pytest

from tocsin.errors import DataError
from tocsin.resources.map import load_map, parse_map


def test_the_world_has_its_countries_and_no_code_twice():
    codes = [outline.code for outline in load_map() if outline.code]
    assert {"BY", "PL", "ZA", "IN", "AR", "TR", "GB", "NO", "XK"} <= set(codes)
    assert len(codes) == len(set(codes))


def test_no_ring_runs_across_the_map():
    """A ring over the 180th meridian would be drawn as a line from edge to edge."""
    for outline in load_map():
        for ring in outline.rings:
            longitudes = [lon for lon, _ in ring]
            assert max(longitudes) - min(longitudes) < 180, outline.name


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"outlines": [{"code": "BY"}]}',
        '{"outlines": [{"code": "BY", "name": "Belarus", "rings": [[200, 5]]}]}',
        '{"outlines": [{"code": "BY", "name": "Belarus", "rings": [[20]]}]}',
        '{"outlines": [{"code": "BY", "name": "Belarus", "rings": []}]}',
    ],
)
def test_a_wrong_map_is_named_with_the_next_step(text):
    with pytest.raises(DataError, match=r"outlines\.json.*build_map"):
        parse_map(text)
