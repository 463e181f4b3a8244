"""What the geometry says of parcels: sides, areas three ways, neighbours beside the stated ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import shapely
from django.db.models import Q
from django.utils.translation import get_language

from chengxiang.kernel import geometry
from chengxiang.kernel.accounts.officer import Officer
from chengxiang.registers.land.models import Parcel, ParcelRight

# Surveys leave a path or a ridge between fields: that far apart is still beside each other.
GAP_M = 1.0
_MARGIN_DEGREES = 2e-5
DIRECTIONS = (("东", "east"), ("南", "south"), ("西", "west"), ("北", "north"))
_ENGLISH = dict(DIRECTIONS)


@dataclass(frozen=True)
class Beside:
    """What lies on one side of a parcel: as the file says, and as the geometry shows."""

    direction: str  # 东, 南, 西 or 北
    stated: str
    holders: Sequence[tuple[str, str]]  # parcel code and holder's name, longest boundary first

    @property
    def english(self) -> str:
        return _ENGLISH[self.direction]

    @property
    def label(self) -> str:
        """The side in the reader's language."""
        chinese = (get_language() or "zh").startswith("zh")
        return self.direction if chinese else self.english

    @property
    def differs(self) -> bool:
        """Whether the file names somebody else than the geometry shows on that side.

        Where no parcel lies there, a road or ditch may: nothing contradicts the file.
        """
        names = {name for _, name in self.holders if name}
        return bool(names) and not any(name in self.stated for name in names)


@dataclass(frozen=True)
class Side:
    """One side of a parcel's outer ring."""

    number: int
    length_m: float
    bearing_degrees: float


@dataclass(frozen=True)
class Measured:
    """Three areas of a parcel (m²) and why they differ: survey, its zone's plane, the ellipsoid."""

    surveyed_m2: float
    plane_m2: float
    ellipsoid_m2: float
    perimeter_m: float
    crs: str
    sides: Sequence[Side]


def measured(parcel: Parcel) -> Measured:
    """The parcel measured in its own 3° zone and on the CGCS2000 ellipsoid."""
    shape = shapely.from_wkb(bytes(parcel.geometry))
    crs = geometry.zone_crs(int(geometry.zone_of(shape.centroid.x)))
    plane = geometry.transform(np.array([shape]), geometry.GEOGRAPHIC, crs)[0]
    ring = geometry.sides(plane)
    return Measured(
        surveyed_m2=float(parcel.area_m2),
        plane_m2=float(shapely.area(plane)),
        ellipsoid_m2=parcel.geodesic_area_m2,
        perimeter_m=float(shapely.length(plane)),
        crs=crs,
        sides=[
            Side(index + 1, float(length), float(bearing))
            for index, (length, bearing) in enumerate(
                zip(ring.length_m, ring.bearing_degrees, strict=True)
            )
        ],
    )


def beside(officer: Officer, parcels: Sequence[Parcel], on: date) -> Mapping[str, Sequence[Beside]]:
    """For each parcel (by code) its four sides: stated neighbours and those the geometry shows.

    Two queries however many parcels: candidates by extent, then who holds them.
    """
    if not parcels:
        return {}
    nearby = Q()
    for parcel in parcels:
        west, south, east, north = parcel.extent
        nearby |= Q(
            extent__overlaps=(
                west - _MARGIN_DEGREES,
                south - _MARGIN_DEGREES,
                east + _MARGIN_DEGREES,
                north + _MARGIN_DEGREES,
            )
        )
    found = list(
        Parcel.objects.visible_to(officer)
        .in_force(on)
        .filter(nearby)
        .only("pk", "code", "geometry")
    )
    shapes = shapely.from_wkb([bytes(parcel.geometry) for parcel in found])
    crs = geometry.zone_crs(int(geometry.zone_of(parcels[0].extent[0])))
    pairs = geometry.neighbours(geometry.transform(shapes, geometry.GEOGRAPHIC, crs), gap_m=GAP_M)
    holders = dict(
        ParcelRight.objects.visible_to(officer)
        .in_force(on)
        .filter(parcel_id__in=[parcel.pk for parcel in found])
        .values_list("parcel__code", "contractor__subject__name")
    )
    wanted = {parcel.code: parcel for parcel in parcels}
    by_side: dict[tuple[str, str], list[tuple[float, str]]] = {}
    for mine, theirs, length, direction in zip(
        pairs.polygon, pairs.neighbour, pairs.shared_m, pairs.direction, strict=True
    ):
        code = found[mine].code
        if code in wanted:
            entry = (float(length), found[theirs].code)
            by_side.setdefault((code, str(direction)), []).append(entry)
    return {
        code: [
            Beside(
                direction=direction,
                stated=getattr(parcel, field),
                holders=[
                    (other, holders.get(other, ""))
                    for _length, other in sorted(by_side.get((code, direction), []), reverse=True)
                ],
            )
            for direction, field in DIRECTIONS
        ]
        for code, parcel in wanted.items()
    }
