"""The map of a report as numbers for an SVG: outlines, a view on the events, a dot for each place."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from tocsin.resources.map import Outline
from tocsin.vocabulary import EventReport, Factuality, Place, PlacePrecision

ASPECT = 16 / 9  # width to height of a view on a region
WORLD_ASPECT = 2.0  # and of the world
NARROWEST = 22.0  # degrees of longitude: nearer than this the outlines are too coarse to show anything
WIDEST = 100.0  # degrees: wider than this a view is of the world, drawn with equal areas
UNITS = 10.0  # SVG units to a degree, so that a tenth of a degree, the outlines' grain, is one unit
POINTED = frozenset({PlacePrecision.SITE, PlacePrecision.SETTLEMENT, PlacePrecision.UNKNOWN})

Projection = Callable[[float, float], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Box:
    """An SVG view box in map units."""

    x: float
    y: float
    width: float
    height: float

    def __str__(self) -> str:
        return f"{self.x:.1f} {self.y:.1f} {self.width:.1f} {self.height:.1f}"


@dataclass(frozen=True, slots=True)
class Shape:
    """A country: its SVG path, where its name goes, and the events told of it as a whole."""

    code: str | None
    name: str
    path: str
    x: float
    y: float
    labelled: bool
    events: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Dot:
    """The events at one pair of coordinates, by their numbers on the page.

    ``group`` is theirs if they share one, else 'mixed'; ``firm`` says that at least one is told as actual.
    """

    x: float
    y: float
    name: str
    events: tuple[int, ...]
    group: str
    firm: bool


@dataclass(frozen=True, slots=True)
class MapView:
    """What a template needs to draw the map. ``unplaced`` are the events without a point of their own."""

    view: Box
    world: Box
    shapes: tuple[Shape, ...]
    grid: str
    dots: tuple[Dot, ...]
    unplaced: tuple[int, ...]


def point_of(place: Place | None) -> tuple[float, float] | None:
    """Longitude and latitude of a site or settlement; None for a region or country, whose middle is nowhere."""
    if place is None or place.latitude is None or place.longitude is None or place.precision not in POINTED:
        return None
    inside = -90 <= place.latitude <= 90 and -180 <= place.longitude <= 180
    return (place.longitude, place.latitude) if inside else None


def equal_earth(longitude: float, latitude: float) -> tuple[float, float]:
    """Project degrees to map units, y downwards.

    Source: Savric, Patterson and Jenny (2019), The Equal Earth map projection, IJGIS 33(3), 454-465.
    """
    theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    square, sixth = theta**2, theta**6
    slope = 1.340264 - 3 * 0.081106 * square + sixth * (7 * 0.000893 + 9 * 0.003796 * square)
    x = 2 * math.sqrt(3) * math.radians(longitude) * math.cos(theta) / (3 * slope)
    y = theta * (1.340264 - 0.081106 * square + sixth * (0.000893 + 0.003796 * square))
    scale = UNITS * 180 / math.pi
    return x * scale, -y * scale


def equirectangular(latitude: float) -> Projection:
    """A projection that keeps shapes near one latitude: degrees of longitude shrink by its cosine."""
    shrink = max(0.2, math.cos(math.radians(latitude)))

    def project(lon: float, lat: float) -> tuple[float, float]:
        return lon * shrink * UNITS, -lat * UNITS

    return project


def draw_map(reports: Sequence[EventReport], outlines: Iterable[Outline]) -> MapView:
    """Lay out the map of some reports; a report's number is its index.

    Few places near each other are shown in their region, places far apart (or none) on a map of the world.
    """
    spots: dict[tuple[float, float], list[int]] = defaultdict(list)
    told: dict[str, list[int]] = defaultdict(list)  # country -> events told of the country or a region of it
    unplaced = []
    for number, report in enumerate(reports):
        place, point = report.place, point_of(report.place)
        if point is not None:
            spots[round(point[0], 2), round(point[1], 2)].append(number)
        else:
            unplaced.append(number)
            if place is not None and place.country:
                told[place.country].append(number)
    west, east, south, north = _extent(spots)
    near = bool(spots) and east - west < WIDEST
    project = equirectangular((south + north) / 2) if near else equal_earth
    world = _world(project)
    view = _view(project, west, east, south, north) if near else world
    shapes = tuple(
        _shape(outline, project, view if near else None, tuple(told[outline.code] if outline.code else ()))
        for outline in outlines
    )
    dots = tuple(
        _dot(project(lon, lat), [(number, reports[number]) for number in numbers])
        for (lon, lat), numbers in sorted(spots.items())
    )
    return MapView(view, world, shapes, _grid(project, 10 if near else 30), dots, tuple(unplaced))


def _dot(point: tuple[float, float], events: Sequence[tuple[int, EventReport]]) -> Dot:
    groups = {report.type.group for _, report in events}
    firm = any(report.factuality is Factuality.ACTUAL for _, report in events)
    place = events[0][1].place
    assert place is not None  # only events with a place have a dot
    numbers = tuple(number for number, _ in events)
    return Dot(*point, place.settlement or place.name, numbers, groups.pop() if len(groups) == 1 else "mixed", firm)


def _extent(spots: Iterable[tuple[float, float]]) -> tuple[float, float, float, float]:
    """West, east, south, north, never narrower than NARROWEST; the whole earth if there are no spots."""
    points = list(spots)
    if not points:
        return -180, 180, -58, 84
    longitudes, latitudes = [lon for lon, _ in points], [lat for _, lat in points]
    west, east, south, north = min(longitudes), max(longitudes), min(latitudes), max(latitudes)
    room = max((east - west) * 0.15, (NARROWEST - (east - west)) / 2)
    high = max((north - south) * 0.2, 1.5)
    return west - room, east + room, max(-85, south - high), min(85, north + high)


def _view(project: Projection, west: float, east: float, south: float, north: float) -> Box:
    left, top = project(west, north)
    right, bottom = project(east, south)
    width, height = max(right - left, (bottom - top) * ASPECT), max(bottom - top, (right - left) / ASPECT)
    return Box((left + right - width) / 2, (top + bottom - height) / 2, width, height)


def _world(project: Projection) -> Box:
    (left, _), (_, top), (_, bottom) = project(-180, 0), project(0, 84), project(0, -58)
    height = bottom - top
    width = max(-2 * left, height * WORLD_ASPECT)
    height = max(height, width / WORLD_ASPECT)
    return Box(-width / 2, (top + bottom - height) / 2, width, height)


def _shape(outline: Outline, project: Projection, view: Box | None, events: tuple[int, ...]) -> Shape:
    rings = [[project(lon, lat) for lon, lat in ring] for ring in outline.rings]
    path = "".join("M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in ring) + "Z" for ring in rings)
    largest = max(rings, key=_area)
    x, y = _middle(largest)
    inside = view is not None and 0.04 < (x - view.x) / view.width < 0.96 and 0.04 < (y - view.y) / view.height < 0.96
    width = max(x for x, _ in largest) - min(x for x, _ in largest)
    roomy = view is not None and width > 0.09 * view.width
    return Shape(outline.code, outline.name, path, x, y, inside and roomy, events)


def _area(ring: Sequence[tuple[float, float]]) -> float:
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True))) / 2


def _middle(ring: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The middle of a ring's bounding box: good enough for a pale country name."""
    across, down = [x for x, _ in ring], [y for _, y in ring]
    return (min(across) + max(across)) / 2, (min(down) + max(down)) / 2


def _grid(project: Projection, step: int) -> str:
    """Meridians and parallels as one path."""
    lines = [[(lon, lat) for lat in range(-85, 86, 5)] for lon in range(-180, 181, step)]
    lines += [[(lon, lat) for lon in range(-180, 181, 5)] for lat in range(-80, 81, step)]
    projected = [[project(lon, lat) for lon, lat in line] for line in lines]
    return "".join("M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in line) for line in projected)
