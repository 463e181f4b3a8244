"""What the land map asks besides tiles: where to begin, exact shapes, one parcel, a search."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import shapely
from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _
from pyproj import Geod

from chengxiang.kernel.accounts.officer import Officer
from chengxiang.kernel.maps import map_options
from chengxiang.kernel.maps.options import Extent
from chengxiang.kernel.places.models import Place
from chengxiang.registers.land.models import Parcel, ParcelRight
from chengxiang.registers.land.queries.themes import THEMES, theme
from chengxiang.registers.land.queries.tiles import territory

ELLIPSOID = Geod(ellps="GRS80")  # CGCS2000 differs from it by less than a tenth of a millimetre
MOST_SHAPES = 500
TOUCH_DEGREES = 3e-6  # about 0.3 m: what counts as a neighbour


def land_map(
    officer: Officer,
    *,
    on: date,
    place_code: str = "",
    parcels: Sequence[str] = (),
    legend: str = "",
    tools: bool = True,
    name: str = "map",
) -> dict[str, Any]:
    """Context of the map component with contracted land on it.

    It begins at the chosen parcels (codes), else at the place, else at the officer's own.
    """
    place_code = place_code or officer.place_code
    options = map_options(
        extent=_extent_of(officer, parcels, place_code),
        areas=["land"],
        place_code=place_code,
        outlined=[place_code] if place_code else [],
        chosen=list(parcels),
        legends=THEMES,
        legend=theme(legend).code,
        tools=tools,
        name=name,
        source=_("Land register on %(day)s · EPSG:4490") % {"day": on.isoformat()},
    )
    return options


def _extent_of(officer: Officer, parcels: Sequence[str], place_code: str) -> Extent | None:
    within = territory(officer, place_code)
    condition = "code = ANY(%s)" if parcels else "place_code LIKE ANY(%s)"
    if not parcels and (known := _boundary_extent(place_code)):
        return known
    if not within:
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT min((extent[1])[0]), min((extent[1])[1]), max((extent[0])[0]),"
            f" max((extent[0])[1]) FROM land_parcel WHERE {condition}",
            [list(parcels) if parcels else [f"{code}%" for code in within]],
        )
        found = cursor.fetchone()
    if found and found[0] is not None:
        return found[0], found[1], found[2], found[3]
    return _boundary_extent(place_code[:6])


def _boundary_extent(place_code: str) -> Extent | None:
    place = Place.objects.filter(code=place_code, extent__isnull=False).first()
    return place.extent if place else None


@dataclass(frozen=True)
class Shape:
    """A parcel drawn exactly: its rings, the length of every edge, area, holder."""

    code: str
    mu: str
    who: str
    rings: list[list[tuple[float, float]]]
    lengths_m: list[list[float]]


def shapes(officer: Officer, codes: Sequence[str], on: date) -> list[Shape]:
    """Parcels by code as far as the officer may see them, at most 500; lengths on the ellipsoid."""
    wanted = list(codes)[:MOST_SHAPES]
    parcels = list(Parcel.objects.visible_to(officer).in_force(on).filter(code__in=wanted))
    names = _holders(officer, [parcel.pk for parcel in parcels], on)
    drawn = []
    for parcel in parcels:
        loops = [
            shapely.get_coordinates(ring)
            for ring in shapely.get_rings(shapely.from_wkb(bytes(parcel.geometry)))
        ]
        drawn.append(
            Shape(
                parcel.code,
                f"{_mu(parcel):.2f}",
                names.get(parcel.pk, ("", ""))[0],
                [[(float(x), float(y)) for x, y in loop] for loop in loops],
                [edge_lengths_m(loop) for loop in loops],
            )
        )
    return drawn


def edge_lengths_m(loop: Any) -> list[float]:
    """Length of each edge of a ring in degrees, metres on the ellipsoid, to the centimetre."""
    a, b = loop[:-1], loop[1:]
    _forward, _back, metres = ELLIPSOID.inv(a[:, 0], a[:, 1], b[:, 0], b[:, 1])
    return [round(float(length), 2) for length in np.atleast_1d(metres)]


@dataclass(frozen=True)
class Neighbour:
    """A parcel that touches another: on which side, whose."""

    code: str
    who: str
    side: str  # east, south, west, north


@dataclass(frozen=True)
class ParcelPanel:
    """What the side panel says of a parcel."""

    parcel: Parcel
    right: ParcelRight | None
    neighbours: list[Neighbour]


def parcel_panel(officer: Officer, code: str, on: date) -> ParcelPanel | None:
    """One parcel with its right and the neighbours its geometry has; None where there is none."""
    visible = Parcel.objects.visible_to(officer).in_force(on)
    parcel = visible.filter(code=code).first()
    if parcel is None:
        return None
    right = (
        ParcelRight.objects.visible_to(officer)
        .in_force(on)
        .filter(parcel=parcel)
        .select_related("contractor__subject")
        .first()
    )
    return ParcelPanel(parcel, right, _neighbours(officer, parcel, on))


def _neighbours(officer: Officer, parcel: Parcel, on: date) -> list[Neighbour]:
    west, south, east, north = parcel.extent
    d = TOUCH_DEGREES
    near = list(
        Parcel.objects.visible_to(officer)
        .in_force(on)
        .filter(extent__overlaps=(west - d, south - d, east + d, north + d))
        .exclude(pk=parcel.pk)
    )
    own = shapely.from_wkb(bytes(parcel.geometry))
    others = shapely.from_wkb(np.array([bytes(each.geometry) for each in near], dtype=object))
    if not near:
        return []
    touching = np.flatnonzero(shapely.dwithin(own, others, d))
    names = _holders(officer, [near[i].pk for i in touching], on)
    sides = []
    for i in touching:
        shared = shapely.centroid(shapely.intersection(shapely.buffer(own, d), others[i]))
        point = shared if not shared.is_empty else shapely.centroid(others[i])
        sides.append(Neighbour(near[i].code, names.get(near[i].pk, ("", ""))[0], _side(own, point)))
    order = ["east", "south", "west", "north"]
    return sorted(sides, key=lambda found: (order.index(found.side), found.code))


def _side(own: Any, point: Any) -> str:
    """On which side of a parcel a point lies, by the diagonals of the parcel's box."""
    west, south, east, north = own.bounds
    right = (point.x - (west + east) / 2) / max(east - west, 1e-12)
    up = (point.y - (south + north) / 2) / max(north - south, 1e-12)
    if abs(right) >= abs(up):
        return "east" if right > 0 else "west"
    return "north" if up > 0 else "south"


def _holders(officer: Officer, parcel_ids: Sequence[int], on: date) -> dict[int, tuple[str, str]]:
    """Name and code of who holds each parcel."""
    rights = (
        ParcelRight.objects.visible_to(officer)
        .in_force(on)
        .filter(parcel__in=parcel_ids)
        .exclude(is_by_shares=True)
    )
    return {
        parcel: (name, code)
        for parcel, name, code in rights.values_list(
            "parcel_id", "contractor__subject__name", "contractor__code"
        )
    }


def find_on_map(officer: Officer, text: str, on: date) -> tuple[str, Extent] | None:
    """The first parcel whose code begins with the text, or the place of that code or name."""
    text = text.strip()
    if not text:
        return None
    parcels = Parcel.objects.visible_to(officer).in_force(on)
    parcel = parcels.filter(subject__code__startswith=text).order_by("code").first()
    if parcel is not None and len(text) > 12:
        return parcel.code, parcel.extent
    place = Place.objects.filter(Q(code=text) | Q(name=text)).order_by("code").first()
    if place is not None:
        extent = _extent_of(officer, (), place.code)
        return (place.code, extent) if extent else None
    return (parcel.code, parcel.extent) if parcel is not None else None


def _mu(parcel: Parcel) -> float:
    return float(round(parcel.area_m2 * 15 / 10000 + 0, 2))
