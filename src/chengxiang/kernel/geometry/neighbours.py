"""Which parcels lie beside each other, on which side, along what length; and which overlap."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

_SIDES = np.array(["北", "东", "南", "西"])


@dataclass(frozen=True)
class Neighbours:
    """Pairs of polygons with a common boundary; every pair stands twice, once for each of them.

    direction: where the common boundary lies as seen from the middle of `polygon`: 东 east, 南
    south, 西 west, 北 north.
    """

    polygon: NDArray[np.intp]
    neighbour: NDArray[np.intp]
    shared_m: NDArray[np.float64]
    direction: NDArray[np.str_]


@dataclass(frozen=True)
class Overlaps:
    """Pairs of polygons with common ground, first < second, in ascending order."""

    first: NDArray[np.intp]
    second: NDArray[np.intp]
    area_m2: NDArray[np.float64]


def neighbours(geometries: NDArray[Any], gap_m: float = 0.0) -> Neighbours:
    """Who has a common boundary with whom, of valid plane polygons, shape (n,).

    Corners that only touch do not count. gap_m: boundaries no farther apart than this count as
    common (surveys leave a path or a ridge between fields).
    """
    tree = shapely.STRtree(geometries)
    if gap_m > 0:
        first, second = tree.query(geometries, predicate="dwithin", distance=gap_m)
    else:
        first, second = tree.query(geometries, predicate="intersects")
    once = first < second
    first, second = first[once], second[once]
    lines = shapely.boundary(geometries)
    reach = shapely.buffer(geometries[second], gap_m) if gap_m > 0 else lines[second]
    common = shapely.intersection(lines[first], reach)
    length = shapely.length(common)
    # Parcels that only meet at a corner are within the gap for a step on either side of it.
    beside = length > 2.5 * gap_m
    first, second, common, length = first[beside], second[beside], common[beside], length[beside]
    order = np.lexsort((np.concatenate([second, first]), np.concatenate([first, second])))
    mine = np.concatenate([first, second])[order]
    theirs = np.concatenate([second, first])[order]
    middle = np.tile(shapely.centroid(common), 2)[order]
    here = shapely.centroid(geometries[mine])
    east = shapely.get_x(middle) - shapely.get_x(here)
    north = shapely.get_y(middle) - shapely.get_y(here)
    return Neighbours(mine, theirs, np.tile(length, 2)[order], compass(east, north))


def compass(east: NDArray[np.float64], north: NDArray[np.float64]) -> NDArray[np.str_]:
    """东, 南, 西 or 北 for each step; a bearing of exactly 45 degrees is east."""
    quarter = np.floor(((np.degrees(np.arctan2(east, north)) + 45) % 360) / 90).astype(int)
    return _SIDES[quarter % 4]


def overlaps(
    geometries: NDArray[Any], *, deeper_than_m: float = 0.0, larger_than_m2: float = 0.0
) -> Overlaps:
    """Which valid plane polygons share more ground than the tolerances allow.

    deeper_than_m: common ground that vanishes when drawn in by half of this is no overlap.
    None among the geometries overlaps nothing.
    """
    tree = shapely.STRtree(geometries)
    box = shapely.bounds(geometries)
    first, second = tree.query(geometries)
    once = first < second
    first, second = first[once], second[once]
    if larger_than_m2 > 0 or deeper_than_m > 0:
        # Boxes that share no such ground cannot hold polygons that do: most pairs end here.
        width = np.minimum(box[first, 2], box[second, 2]) - np.maximum(
            box[first, 0], box[second, 0]
        )
        height = np.minimum(box[first, 3], box[second, 3]) - np.maximum(
            box[first, 1], box[second, 1]
        )
        may = (np.minimum(width, height) > deeper_than_m) & (width * height > larger_than_m2)
        first, second = first[may], second[may]
    shapely.prepare(geometries)
    inside = ~shapely.touches(geometries[first], geometries[second])
    first, second = first[inside], second[inside]
    common = shapely.intersection(geometries[first], geometries[second])
    area = shapely.area(common)
    if deeper_than_m > 0:
        deep = area > larger_than_m2
        drawn_in = shapely.buffer(common[deep], -deeper_than_m / 2)
        deep[deep] = shapely.area(drawn_in) > 0
        first, second, area = first[deep], second[deep], area[deep]
    large = area > larger_than_m2
    order = np.lexsort((second[large], first[large]))
    return Overlaps(first[large][order], second[large][order], area[large][order])
