"""Rings of plane polygons: nodes, sides with lengths and bearings, corner angles."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray


@dataclass(frozen=True)
class Nodes:
    """All corners of many polygons in one row, the closing point of each ring left out.

    polygon: which geometry a node belongs to, ascending; ring: which ring, counted through all
    geometries; following: the next node of the same ring.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    polygon: NDArray[np.intp]
    ring: NDArray[np.intp]
    following: NDArray[np.intp]

    def __len__(self) -> int:
        return len(self.x)

    def without(self, drop: NDArray[np.bool_]) -> "Nodes":
        """The nodes that are left, their rings closed up."""
        keep = ~drop
        return _linked(self.x[keep], self.y[keep], self.polygon[keep], self.ring[keep])

    def side_lengths(self) -> NDArray[np.float64]:
        """Metres from every node to the following one."""
        return np.hypot(self.x[self.following] - self.x, self.y[self.following] - self.y)


@dataclass(frozen=True)
class Sides:
    """The sides of one polygon in the order of its nodes; bearings clockwise from north."""

    start: NDArray[np.float64]  # shape (n, 2)
    length_m: NDArray[np.float64]
    bearing_degrees: NDArray[np.float64]


def nodes_of(geometries: NDArray[Any]) -> Nodes:
    """The nodes of all polygons and multipolygons of an array; None has none."""
    parts, owner = shapely.get_parts(geometries, return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    if not len(ring):
        nothing = np.zeros(0, dtype=np.intp)
        return Nodes(np.zeros(0), np.zeros(0), nothing, nothing, nothing)
    closing = np.append(ring[1:] != ring[:-1], True)
    keep = ~closing
    return _linked(points[keep, 0], points[keep, 1], owner[part[ring[keep]]], ring[keep])


def sides(polygon: Any) -> Sides:
    """Length and bearing of every side of a polygon's rings, the outer ring first."""
    nodes = nodes_of(np.array([polygon], dtype=object))
    east = nodes.x[nodes.following] - nodes.x
    north = nodes.y[nodes.following] - nodes.y
    return Sides(
        start=np.column_stack([nodes.x, nodes.y]),
        length_m=np.hypot(east, north),
        bearing_degrees=np.degrees(np.arctan2(east, north)) % 360,
    )


def corner_angles(nodes: Nodes) -> NDArray[np.float64]:
    """The angle between the two sides that meet in each node, 0 to 180 degrees.

    Both a narrow corner (inner angle near 0) and a narrow notch (near 360) have a small one.
    """
    before = np.empty(len(nodes), dtype=np.intp)
    before[nodes.following] = np.arange(len(nodes))
    ax, ay = nodes.x[before] - nodes.x, nodes.y[before] - nodes.y
    bx, by = nodes.x[nodes.following] - nodes.x, nodes.y[nodes.following] - nodes.y
    return np.degrees(np.arctan2(np.abs(ax * by - ay * bx), ax * bx + ay * by))


def _linked(
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    polygon: NDArray[np.intp],
    ring: NDArray[np.intp],
) -> Nodes:
    following = np.arange(1, len(x) + 1)
    if len(x):
        last = np.append(ring[1:] != ring[:-1], True)
        first = np.flatnonzero(np.concatenate([[True], last[:-1]]))
        following[last] = first
    return Nodes(x, y, polygon, ring, following)
