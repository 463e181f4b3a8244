"""Faults of shape, planted on a parcel that stands free of its neighbours."""

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Polygon

# How far a parcel is drawn in on every side, so that its fault touches nobody else.
FREE_M = 1.5
Points = NDArray[np.float64]


def corners(parcel: Polygon) -> Points:
    """Its corners in order, each once."""
    points: Points = shapely.get_coordinates(parcel.exterior)[:-1]
    return points


def drawn_in(parcel: Polygon) -> Polygon:
    """The parcel without a margin, on the millimetre; the same corners."""
    return rounded(shapely.buffer(parcel, -FREE_M, join_style="mitre").exterior.coords[:-1])


def rounded(points: object) -> Polygon:
    """A polygon of these corners on the millimetre."""
    return Polygon(np.round(np.asarray(points, dtype=np.float64), 3))


def bow_tie(free: Polygon) -> Polygon:
    """Two corners change places: the ring crosses itself."""
    points = corners(free)[[0, 2, 1, *range(3, len(corners(free)))]]
    return rounded(points)


def two_parts(free: Polygon) -> shapely.MultiPolygon:
    """Two halves with a gap of a metre between them."""
    first, last = _ends(free)
    middle = (first + last) / 2
    along = (last - first) / np.hypot(*(last - first))
    across = np.array([-along[1], along[0]])
    cut = shapely.LineString([middle - across * 500, middle + across * 500]).buffer(0.5)
    parts = [rounded(part.exterior.coords[:-1]) for part in shapely.get_parts(free.difference(cut))]
    return shapely.MultiPolygon(parts)


def with_hole(free: Polygon) -> Polygon:
    """A square of a metre missing in the middle."""
    at = shapely.point_on_surface(free)
    hole = np.round(shapely.box(at.x - 0.5, at.y - 0.5, at.x + 0.5, at.y + 0.5).exterior.coords, 3)
    return Polygon(free.exterior.coords, [hole])


def splinter(free: Polygon) -> Polygon:
    """Half a square metre, where the parcel was."""
    at = shapely.point_on_surface(free)
    return rounded(shapely.box(at.x, at.y, at.x + 1, at.y + 0.5).exterior.coords[:-1])


def notched(free: Polygon, width_m: float) -> Polygon:
    """A notch into the longest side, so narrow that its corner has no width."""
    points = corners(free)
    following = np.roll(points, -1, axis=0)
    at = int(np.argmax(np.hypot(*(following - points).T)))
    start, end = points[at], following[at]
    along = (end - start) / np.hypot(*(end - start))
    middle = (start + end) / 2
    inward = shapely.get_coordinates(shapely.centroid(free))[0] - middle
    depth = min(8.0, float(np.hypot(*inward)) * 1.2)
    tip = middle + inward / np.hypot(*inward) * depth
    ring = [*points[: at + 1], middle - along * width_m / 2, tip, middle + along * width_m / 2]
    return rounded([*ring, *points[at + 1 :]])


def double_node(free: Polygon) -> Polygon:
    """A second node two centimetres after a corner."""
    points = corners(free)
    step = (points[1] - points[0]) / np.hypot(*(points[1] - points[0])) * 0.02
    return rounded([points[0], points[0] + step, *points[1:]])


def near_to(parcel: Polygon, free: Polygon, corner: Points) -> Polygon:
    """The free parcel with one corner two centimetres from a corner of its old outline."""
    points = corners(free)
    at = int(np.argmin(np.hypot(*(points - corner).T)))
    inward = points[at] - corner
    points[at] = corner + inward / np.hypot(*inward) * 0.02
    return rounded(points)


def reaching_over(free: Polygon, side: Points) -> Polygon:
    """The free parcel with the side next to `side` pushed two metres beyond it."""
    points = corners(free)
    inside = shapely.get_coordinates(shapely.centroid(free))[0]
    line = shapely.LineString(side)
    foot = shapely.get_coordinates(line.interpolate(line.project(shapely.Point(inside))))[0]
    outward = (foot - inside) / np.hypot(*(foot - inside))
    near = [int(np.argmin(np.hypot(*(points - end).T))) for end in (side[0], side[-1])]
    for at in near:
        points[at] = points[at] + outward * (FREE_M + 2.0)
    return rounded(points)


def moved_to(free: Polygon, point: Points) -> Polygon:
    """The same parcel around another point."""
    points = corners(free)
    return rounded(points - shapely.get_coordinates(shapely.centroid(free))[0] + point)


def _ends(free: Polygon) -> tuple[Points, Points]:
    """Two points far apart within a long parcel."""
    box = shapely.get_coordinates(shapely.oriented_envelope(free))[:4]
    if np.hypot(*(box[1] - box[0])) < np.hypot(*(box[2] - box[1])):
        return (box[0] + box[1]) / 2, (box[2] + box[3]) / 2
    return (box[1] + box[2]) / 2, (box[3] + box[0]) / 2
