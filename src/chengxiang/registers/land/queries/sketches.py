"""What a parcel sketch shows: each parcel in its frame, who lies beside it, its sides."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import shapely
from django.db.models import Q

from chengxiang.kernel import geometry
from chengxiang.kernel.accounts.officer import Officer
from chengxiang.kernel.documents.drawing import draw
from chengxiang.registers.land.models import Parcel, ParcelRight

from .boundaries import beside

SMALL_MM, LARGE_MM = (84.0, 58.0), (174.0, 130.0)
# Fields this near are drawn beside the parcel, about what a frame holds at 1:1000.
_AROUND_M = 40.0
_MARGIN_DEGREES = 5e-4


def sketches(
    officer: Officer, parcels: Sequence[Parcel], on: date, *, frame_mm: tuple[float, float]
) -> Mapping[str, dict[str, Any]]:
    """By parcel code its drawing, the neighbours found by geometry, and the frame's size.

    Four queries however many parcels. What the officer may not see is not drawn.
    """
    if not parcels:
        return {}
    sides = beside(officer, parcels, on)
    shapes, names = _surroundings(officer, parcels, on)
    crs = geometry.zone_crs(int(geometry.zone_of(parcels[0].extent[0])))
    own = geometry.transform(
        shapely.from_wkb([bytes(parcel.geometry) for parcel in parcels]), geometry.GEOGRAPHIC, crs
    )
    near = geometry.transform(shapes, geometry.GEOGRAPHIC, crs)
    codes = list(names)
    mine, theirs = shapely.STRtree(near).query(own, predicate="dwithin", distance=_AROUND_M)
    result = {}
    for index, parcel in enumerate(parcels):
        around = [
            (near[other], names[codes[other]])
            for other in theirs[mine == index]
            if codes[other] != parcel.code
        ]
        drawing = draw(own[index], around, width_mm=frame_mm[0], height_mm=frame_mm[1])
        ring = geometry.sides(own[index])
        result[parcel.code] = {
            "drawing": drawing,
            "frame": frame_mm,
            "shown": {
                side.english: "、".join(dict.fromkeys(name for _, name in side.holders if name))
                for side in sides.get(parcel.code, ())
            },
            "sides": [
                [f"{length:.2f}", f"{bearing:.1f}"]
                for length, bearing in zip(ring.length_m, ring.bearing_degrees, strict=True)
            ],
        }
    return result


def _surroundings(
    officer: Officer, parcels: Sequence[Parcel], on: date
) -> tuple[np.ndarray, Mapping[str, str]]:
    """Shapes of all parcels near, and in the same order by code the names of their holders."""
    nearby, m = Q(), _MARGIN_DEGREES
    for parcel in parcels:
        west, south, east, north = parcel.extent
        nearby |= Q(extent__overlaps=(west - m, south - m, east + m, north + m))
    found = list(
        Parcel.objects.visible_to(officer)
        .in_force(on)
        .filter(nearby)
        .order_by("code")
        .values_list("pk", "code", "geometry")
    )
    holders = dict(
        ParcelRight.objects.visible_to(officer)
        .in_force(on)
        .filter(parcel_id__in=[key for key, _, _ in found])
        .values_list("parcel_id", "contractor__subject__name")
    )
    names = {code: holders.get(key, "") for key, code, _ in found}
    return shapely.from_wkb([bytes(shape) for _, _, shape in found]), names
