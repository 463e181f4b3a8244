"""Where parcels lie: within their village, within the county."""

from typing import Any

import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray

from ..package import Kind, Problem
from .case import Case, found_at, prefix
from .parcels import Parcels

KINDS: tuple[Kind, ...] = (
    Kind(
        "parcel.outside_village",
        "warning",
        "地块 {key} 超出村级区域 {village} 的边界。",
        "Parcel {key} reaches beyond the boundary of village {village}.",
        "请核对地块代码、图形或村级区域（CJQY）边界。",
        "Check the parcel's code and shape, or the boundary in CJQY.",
    ),
    Kind(
        "parcel.outside_county",
        "warning",
        "地块 {key} 位于县界以外超过 {limit} 米。",
        "Parcel {key} lies more than {limit} m outside the county.",
        "请核对图形的坐标系和带号。",
        "Check the coordinate system and the zone of the shape.",
    ),
)

_METRES_PER_DEGREE = 111_195.0
_CHUNK = 100_000


def check(case: Case, parcels: Parcels) -> list[Problem]:
    """Parcels beyond their village, or so far beyond the county that the zone must be wrong."""
    if not case.rows("DK") or not (case.rows("CJQY") or case.reference.county_boundary):
        return []
    rows = np.flatnonzero(parcels.sound)
    if not len(rows):
        return []
    stated = case.column("DK", "geometry")
    first = shapely.get_coordinates(shapely.from_wkb(stated[int(rows[0])].as_py()))
    scale = _Scale(float(first[0, 1]))
    county, villages = _county(case, scale), _villages(case, scale)
    beyond_county: list[NDArray[np.intp]] = []
    beyond_village: list[NDArray[np.intp]] = []
    for start in range(0, len(rows), _CHUNK):
        chunk = rows[start : start + _CHUNK]
        shapes = _shapes(stated.take(pa.array(chunk)))
        scale.apply(shapes)
        far = np.zeros(len(chunk), dtype=np.bool_)
        if county is not None:
            far = ~shapely.covers(county, shapes)
        beyond_county.append(chunk[far])
        beyond_village.append(_beyond_village(case, villages, chunk[~far], shapes[~far]))
    codes = prefix(case.column("DK", "DKBM"), 12)
    return [
        *case.problems(
            "parcel.outside_county",
            "DK",
            np.concatenate(beyond_county),
            "geometry",
            value=lambda _: "",
            details=lambda _: {"limit": f"{case.thresholds.outside_county_m:.0f}"},
        ),
        *case.problems(
            "parcel.outside_village",
            "DK",
            np.concatenate(beyond_village),
            "geometry",
            value=lambda _: "",
            details=lambda row: {"village": str(codes[row])},
        ),
    ]


class _Scale:
    """Degrees to metres by one factor each: within a county good to a hundredth of a distance.

    Enough for distances of a metre or two kilometres to a boundary, and for geometries of any
    source, whatever zone they came in.
    """

    def __init__(self, latitude: float) -> None:
        self.factors = np.array([np.cos(np.radians(latitude)), 1.0]) * _METRES_PER_DEGREE

    def apply(self, shapes: NDArray[Any]) -> None:
        shapely.set_coordinates(shapes, shapely.get_coordinates(shapes) * self.factors)


def _county(case: Case, scale: _Scale) -> Any:
    """The county with its margin, ready to be asked; None where its boundary is not known."""
    if case.reference.county_boundary is None:
        return None
    county = np.array([shapely.from_wkb(case.reference.county_boundary)], dtype=object)
    scale.apply(county)
    wide = shapely.buffer(county[0], case.thresholds.outside_county_m, quad_segs=4)
    shapely.prepare(wide)
    return wide


def _villages(case: Case, scale: _Scale) -> NDArray[Any]:
    """The villages of CJQY with their margin, row by row; None for what is no valid polygon."""
    if not case.rows("CJQY"):
        return np.zeros(0, dtype=object)
    villages = _shapes(case.column("CJQY", "geometry"))
    scale.apply(villages)
    villages[~shapely.is_valid(villages) | shapely.is_empty(villages)] = None
    wide: NDArray[Any] = shapely.buffer(villages, case.thresholds.outside_village_m, quad_segs=4)
    shapely.prepare(wide)
    return wide


def _beyond_village(
    case: Case, villages: NDArray[Any], rows: NDArray[np.intp], shapes: NDArray[Any]
) -> NDArray[np.intp]:
    if not len(villages) or not len(rows):
        return rows[:0]
    parcels = prefix(case.column("DK", "DKBM").take(pa.array(rows)), 12)
    mine = found_at(parcels, case.column("CJQY", "CJQYDM"))
    asked = np.flatnonzero((mine >= 0) & case.sound("DK", "DKBM")[rows])
    asked = asked[~shapely.is_missing(villages[mine[asked]])]
    # Village by village: a prepared boundary is fast as long as it stays the same.
    asked = asked[np.argsort(mine[asked], kind="stable")]
    inside = shapely.covers(villages[mine[asked]], shapes[asked])
    return np.sort(rows[asked[~inside]])


def _shapes(column: pa.Array) -> NDArray[Any]:
    shapes: NDArray[Any] = shapely.from_wkb(
        column.to_numpy(zero_copy_only=False), on_invalid="ignore"
    )
    return shapes
