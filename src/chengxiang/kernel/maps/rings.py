"""Polygons on the grid of a tile: quantised, clipped, cleaned, wound as the tile format wants.

The guarantees and why they hold: `docs/algorithms/vector_tiles.md`.
"""

from typing import Any, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from chengxiang.kernel.maps.tiles import EXTENT, Tile

BUFFER = 64  # quanta a clipped polygon reaches beyond the tile, so that its cut edge is not seen

Ints = NDArray[np.int64]


class Rings(NamedTuple):
    """Open rings of polygons in tile coordinates, exteriors clockwise on the screen."""

    points: Ints  # (n, 2), y down
    sizes: Ints  # (r,) points of each ring, at least 3
    owner: Ints  # (r,) row of the polygon a ring belongs to, ascending, its exterior first


def rings(polygons: NDArray[Any], tile: Tile) -> Rings:
    """The rings of (multi)polygons in degrees on the grid of a tile.

    Polygons no larger than a tile go whole, larger ones are clipped to the tile and `BUFFER`.
    Which of the two is a matter of the polygon alone, so neighbouring tiles do the same.
    Rings without area on the grid are left out, with the holes of an exterior left out.
    """
    parts, owner = shapely.get_parts(polygons, return_index=True)
    told = ~shapely.is_empty(parts)
    parts, owner = parts[told], owner[told]
    flat, part = shapely.get_rings(parts, return_index=True)
    points, ring = shapely.get_coordinates(flat, return_index=True)
    points = tile.grid(points)
    first = np.r_[True, part[1:] != part[:-1]] if len(part) else np.zeros(0, dtype=bool)
    box = _boxes(points, ring, len(flat))
    exterior_box = box[first]
    large = (exterior_box[:, 2:] - exterior_box[:, :2] > EXTENT).any(axis=1)
    if not large.any():
        seen = _touches(exterior_box)
        if not seen.all():
            wanted = seen[part]
            points, ring = points[wanted[ring]], ring[wanted[ring]]
        return _clean(points, ring, part, first, owner)
    small = _clean(points, ring, part, first & ~large[part], owner)  # type: ignore[index]
    cut = _clipped(points, ring, part, large & _touches(exterior_box), owner)
    return _merged(small, cut)


def _touches(box: Ints) -> NDArray[np.bool_]:
    return (box[:, :2] <= EXTENT + BUFFER).all(axis=1) & (box[:, 2:] >= -BUFFER).all(axis=1)  # type: ignore[return-value]


def _boxes(points: Ints, ring: Ints, count: int) -> Ints:
    """Least and greatest x, y of each ring, (count, 4)."""
    if not count:
        return np.zeros((0, 4), dtype=np.int64)
    starts = np.searchsorted(ring, np.arange(count))
    return np.hstack([np.minimum.reduceat(points, starts), np.maximum.reduceat(points, starts)])


def _clean(points: Ints, ring: Ints, part: Ints, first: NDArray[np.bool_], owner: Ints) -> Rings:
    """Rings without repeated points and without those that have no area, wound rightly.

    Closed rings come in; `ring` numbers the ring of each point, `part` the polygon of each ring.
    Parts whose exterior is not marked in `first` are left out.
    """
    # Every point that differs from the next one of its closed ring; the closing one goes too.
    keep = np.zeros(len(points), dtype=bool)
    if len(points) > 1:
        keep[:-1] = (points[1:] != points[:-1]).any(axis=1) & (ring[1:] == ring[:-1])
    points, ring = points[keep], ring[keep]
    sizes = np.bincount(ring, minlength=len(part))
    ends = np.cumsum(sizes)
    starts = ends - sizes
    index = np.arange(len(points))
    after = np.where(index + 1 == ends[ring], starts[ring], index + 1)
    cross = points[:, 0] * points[after, 1] - points[after, 0] * points[:, 1]
    running = np.r_[0, np.cumsum(cross)]
    area = running[ends] - running[starts]
    sound = (sizes >= 3) & (area != 0)
    exterior_sound = np.zeros(int(part.max()) + 1 if len(part) else 0, dtype=bool)
    exterior_sound[part[first & sound]] = True
    sound &= exterior_sound[part]
    is_first = np.r_[True, part[1:] != part[:-1]] if len(part) else first
    backwards = (area > 0) != is_first
    order = np.where(backwards[ring], starts[ring] + ends[ring] - 1 - index, index)
    points = points[order][sound[ring]]
    return Rings(points, sizes[sound], owner[part[sound]])


def _clipped(points: Ints, ring: Ints, part: Ints, wanted: NDArray[np.bool_], owner: Ints) -> Rings:
    """The rings of large polygons inside the tile and its buffer."""
    chosen = np.flatnonzero(wanted)
    if not len(chosen):
        return Rings(np.zeros((0, 2), dtype=np.int64), *(np.zeros(0, dtype=np.int64),) * 2)
    limits = np.searchsorted(ring, np.arange(len(part) + 1))
    whole = []
    for number in chosen:
        loops = [
            with_border_points(points[limits[r] : limits[r + 1]])
            for r in range(*np.searchsorted(part, [number, number + 1]))
        ]
        whole.append(shapely.Polygon(loops[0], loops[1:]))
    low, high = -BUFFER, EXTENT + BUFFER
    pieces, of = shapely.get_parts(
        shapely.clip_by_rect(np.array(whole), low, low, high, high), return_index=True
    )
    polygonal = shapely.get_type_id(pieces) == shapely.GeometryType.POLYGON
    pieces, of = pieces[polygonal], of[polygonal]
    flat, piece = shapely.get_rings(pieces, return_index=True)
    inside, loop = shapely.get_coordinates(flat, return_index=True)
    first = np.r_[True, piece[1:] != piece[:-1]] if len(piece) else np.zeros(0, dtype=bool)
    grid = np.floor(inside + 0.5).astype(np.int64)
    return _clean(grid, loop, piece, first, owner[chosen[of]])


def with_border_points(loop: Ints) -> Ints:
    """A closed ring with a point wherever an edge crosses a line of the tile's border.

    The point is a whole quantum found by integers from the edge's two ends in a fixed order, so
    the tiles on both sides, and both polygons of a shared edge, get the same one.
    """
    start, end = loop[:-1], loop[1:]
    swap = (end[:, 0] < start[:, 0]) | ((end[:, 0] == start[:, 0]) & (end[:, 1] < start[:, 1]))
    p = np.where(swap[:, None], end, start)
    q = np.where(swap[:, None], start, end)
    edges = [np.arange(len(start))]
    along = [np.full(len(start), -1.0)]
    found = [start]
    for axis in (0, 1):
        for line in (0, EXTENT):
            low, high = np.minimum(p, q)[:, axis], np.maximum(p, q)[:, axis]
            edge = np.flatnonzero((low < line) & (line < high))
            run = (q - p)[edge, axis]
            offset = (line - p[edge, axis]) * (q - p)[edge, 1 - axis]
            sign = np.where(run < 0, -1, 1)
            other = p[edge, 1 - axis] + (2 * offset * sign + abs(run)) // (2 * abs(run))
            point = np.empty((len(edge), 2), dtype=np.int64)
            point[:, axis], point[:, 1 - axis] = line, other
            share = (line - p[edge, axis]) / run
            edges.append(edge)
            along.append(np.where(swap[edge], 1 - share, share))
            found.append(point)
    order = np.lexsort((np.concatenate(along), np.concatenate(edges)))
    return np.vstack([np.concatenate(found)[order], loop[-1:]])


def _merged(one: Rings, other: Rings) -> Rings:
    """Both, in order of their polygons."""
    sizes = np.r_[one.sizes, other.sizes]
    owner = np.r_[one.owner, other.owner]
    order = np.argsort(owner, kind="stable")
    ends = np.cumsum(sizes)
    starts = (ends - sizes)[order]
    sizes = sizes[order]
    offsets = np.cumsum(sizes) - sizes
    index = np.arange(sizes.sum()) + np.repeat(starts - offsets, sizes)
    return Rings(np.vstack([one.points, other.points])[index], sizes, owner[order])
