"""Where the demonstration county lies: its real polygon divided among its real villages.

The county's polygon and the names and codes of its places are real (data/SOURCES.md); where the
villages lie within it is made up: townships as Voronoi cells of points in the county, villages
as Voronoi cells of points in their township.
"""

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

Coordinates = NDArray[np.float64]  # shape (n, 2)


@dataclass(frozen=True)
class Village:
    """A village or community of the places register and the land that is drawn for it."""

    code: str  # 12 digits
    name: str  # as people say it: 屋佳村
    kind: str
    township_code: str
    township_name: str
    polygon: BaseGeometry  # metres


@dataclass(frozen=True)
class County:
    """A county with its villages in the plane of its own 3° zone."""

    code: str
    name: str
    prefecture_name: str
    number: int  # rank among the counties of the province, 0 to 99
    epsg: int  # CGCS2000, 3° Gauss-Krüger with the zone before the easting
    polygon: BaseGeometry  # metres
    lonlat: BaseGeometry  # the same as published, degrees
    villages: tuple[Village, ...]

    @property
    def address(self) -> str:
        return f"辽宁省{self.prefecture_name}{self.name}"


@cache
def _places() -> tuple[dict[str, str], ...]:
    with (resources.files("chengxiang.data") / "places.csv").open(encoding="utf-8") as file:
        return tuple(csv.DictReader(file))


@cache
def _county_shape(code: str) -> BaseGeometry:
    text = (resources.files("chengxiang.data") / "counties.geojson").read_text(encoding="utf-8")
    for feature in json.loads(text)["features"]:
        if feature["properties"]["code"] == code:
            return shapely.from_geojson(json.dumps(feature["geometry"]))
    raise ValueError(f"there is no county {code} in the shipped data")


def zone_of(longitude: float) -> int:
    """Number of the 3° zone a longitude lies in (40 around 120° east)."""
    return round(longitude / 3)


def epsg_of(zone: int) -> int:
    """EPSG code of CGCS2000 in that 3° zone, easting with the zone's number before it."""
    return 4513 + zone - 25


def project(geometries: NDArray[np.object_] | BaseGeometry, source: int, target: int):  # type: ignore[no-untyped-def]
    """The geometries in another system; coordinates are always east or longitude first."""
    step = Transformer.from_crs(source, target, always_xy=True)

    def moved(points: Coordinates) -> Coordinates:
        return np.column_stack(step.transform(points[:, 0], points[:, 1]))

    return shapely.transform(geometries, moved)


def county(code: str, random: np.random.Generator) -> County:
    """The county of that code, its villages placed anew by `random`.

    ValueError if the code is no county of the shipped data or has no villagers' committee.
    """
    places = _places()
    names = {row["code"]: row["name"] for row in places}
    counties = [row["code"] for row in places if row["level"] == "county"]
    own = [row for row in places if row["code"].startswith(code) and row["level"] == "village"]
    if code not in counties:
        raise ValueError(f"{code!r} is no county of Liaoning")
    if not any(row["kind"] == "villagers_committee" for row in own):
        raise ValueError(f"{names[code]} ({code}) has no villages")
    lonlat = _county_shape(code)
    epsg = epsg_of(zone_of(lonlat.centroid.x))
    polygon = project(lonlat, 4490, epsg)
    townships = sorted({row["code"][:9] for row in own})
    villages: list[Village] = []
    cells = _cells(polygon, len(townships), random)
    for township, cell in zip(townships, cells, strict=True):
        inside = [row for row in own if row["code"].startswith(township)]
        for row, land in zip(inside, _cells(cell, len(inside), random), strict=True):
            villages.append(
                Village(
                    code=row["code"],
                    name=spoken(row["name"]),
                    kind=row["kind"],
                    township_code=township,
                    township_name=names[township],
                    polygon=land,
                )
            )
    return County(
        code=code,
        name=names[code],
        prefecture_name=names[code[:4]],
        number=counties.index(code),
        epsg=epsg,
        polygon=polygon,
        lonlat=lonlat,
        villages=tuple(villages),
    )


def spoken(name: str) -> str:
    """A village as people call it: 屋佳村民委员会 is 屋佳村.

    >>> spoken("屋佳村民委员会"), spoken("北环社区居委会")
    ('屋佳村', '北环社区')
    """
    for tail, kept in (
        ("村村民委员会", "村"), ("村民委员会", "村"), ("村委会", "村"),
        ("社区居民委员会", "社区"), ("社区居委会", "社区"),
        ("居民委员会", ""), ("居委会", ""),
    ):  # fmt: skip
        if name.endswith(tail) and len(name) > len(tail):
            return name.removesuffix(tail) + kept
    return name


def _cells(area: BaseGeometry, number: int, random: np.random.Generator) -> Sequence[BaseGeometry]:
    """The area cut into `number` parts of not too different size."""
    if number == 1:
        return [area]
    sites = _spread(area, number, random)
    diagram = shapely.voronoi_polygons(
        shapely.multipoints(sites), extend_to=shapely.box(*area.bounds), ordered=True
    )
    return [_polygons_of(cell) for cell in shapely.intersection(shapely.get_parts(diagram), area)]


def _polygons_of(shape: BaseGeometry) -> BaseGeometry:
    """Only the polygons of what an intersection gave."""
    if shape.geom_type != "GeometryCollection":
        return shape
    parts = [part for part in shape.geoms if part.geom_type in {"Polygon", "MultiPolygon"}]
    return shapely.union_all(parts)


def _spread(area: BaseGeometry, number: int, random: np.random.Generator) -> Coordinates:
    """Points in the area, each the one of several tries that is farthest from those before."""
    west, south, east, north = area.bounds
    shapely.prepare(area)
    tries = np.empty((0, 2))
    while len(tries) < number * 12:
        points = random.uniform((west, south), (east, north), (number * 40, 2))
        tries = np.vstack([tries, points[shapely.contains_xy(area, points[:, 0], points[:, 1])]])
    chosen = [tries[0]]
    distances = np.hypot(*(tries - tries[0]).T)
    # A few at random, so that villages are not as regular as a honeycomb.
    for _ in range(number - 1):
        candidates = random.integers(len(tries), size=12)
        best = candidates[np.argmax(distances[candidates])]
        chosen.append(tries[best])
        distances = np.minimum(distances, np.hypot(*(tries - tries[best]).T))
    return np.array(chosen)


def largest_part(shape: BaseGeometry) -> BaseGeometry:
    """The largest polygon of a multipolygon."""
    parts = shapely.get_parts(shape)
    return parts[int(np.argmax(shapely.area(parts)))]
