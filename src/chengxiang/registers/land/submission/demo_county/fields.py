"""The fields of a village: blocks of strips side by side, with roads and ditches between them.

Neighbouring strips share their nodes, which are rounded to the millimetre before any ring is
made of them; so there are neither gaps nor overlaps between them, not even of a millimetre.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from .territory import largest_part

Integers = NDArray[np.int64]

CELL_WIDTH_M, CELL_HEIGHT_M = 200.0, 150.0  # of the grid that blocks stand in
STRIPS_PER_BLOCK = 9.5
CLEARING_M = 130.0  # half the breadth of the village's houses, where there are no fields
MARGIN_M = 12.0  # fields keep this from the village's boundary
VERGE_M = 2.6  # half of the narrowest road or ditch
SMALLEST_SCALE = 0.22  # strips below this would be garden beds


@dataclass(frozen=True)
class Strips:
    """All strips of the county, village by village; n strips, b blocks, p nodes.

    The nodes of a block lie on its lines, which run across it from the first side to the second
    (from south to north, or from west to east where `lying`); a strip is what lies between two.
    """

    issuer: Integers  # (n,) which issuing party's it is
    block: Integers  # (n,)
    lying: NDArray[np.bool_]  # (n,) whether it runs from west to east
    first_line: Integers  # (n,) the line it begins at; it ends at the next one
    before: Integers  # (n,) the strip on the other side of its first line, -1 none
    after: Integers  # (n,) … of its second line, -1 none
    nodes: NDArray[np.float64]  # (p, 2) metres, on the millimetre
    line_start: Integers  # (lines,) node at the first side
    line_middle: Integers  # (lines,) node half-way where the block is bent, else -1
    line_end: Integers  # (lines,) node at the second side
    node_issuer: Integers  # (p,)
    line_block: Integers  # (lines,)

    def __len__(self) -> int:
        return len(self.issuer)

    @property
    def rings(self) -> tuple[Integers, Integers]:
        """Nodes around every strip, clockwise and not closed, and the strip of each of them."""
        one, other = self.first_line, self.first_line + 1
        around = np.column_stack(
            [
                self.line_end[one], self.line_end[other], self.line_middle[other],
                self.line_start[other], self.line_start[one], self.line_middle[one],
            ]
        )  # fmt: skip
        there = around >= 0
        return around[there], np.repeat(np.arange(len(self)), there.sum(axis=1))

    def polygons(self) -> NDArray[np.object_]:
        """One polygon for each strip, metres."""
        nodes, strips = self.rings
        rings = shapely.linearrings(self.nodes[nodes], indices=strips)
        return shapely.polygons(rings)  # type: ignore[no-any-return]

    def outlines(self) -> NDArray[np.object_]:
        """The outline of every block, metres."""
        first = np.flatnonzero(np.diff(self.line_block, prepend=-1))
        last = np.append(first[1:], len(self.line_block)) - 1
        corners = np.stack(
            [
                self.line_end[first], self.line_end[last],
                self.line_start[last], self.line_start[first],
            ],
            axis=1,
        )  # fmt: skip
        return shapely.polygons(self.nodes[corners])  # type: ignore[no-any-return]


def blocks_in(
    village: BaseGeometry, number: int, random: np.random.Generator
) -> NDArray[np.float64]:
    """Cells for that many blocks around the middle of a village.

    Shape (number, 4): the south-west corner in metres, the angle the cell is turned by (radians,
    counter-clockwise), and its scale.
    ValueError if the village is too small even for the narrowest strips.
    """
    room = largest_part(shapely.buffer(largest_part(village), -MARGIN_M))
    angle = random.uniform(-0.3, 0.3)
    cos, sin = np.cos(angle), np.sin(angle)
    centre = shapely.get_coordinates(shapely.point_on_surface(room))[0]
    west, south, east, north = room.bounds
    reach = np.hypot(east - west, north - south)
    shapely.prepare(room)
    scale = 1.0
    while scale >= SMALLEST_SCALE:
        width, height = CELL_WIDTH_M * scale, CELL_HEIGHT_M * scale
        around = 3 + int(np.sqrt(number) * 1.2)
        most = 1 + int(reach / min(width, height))
        while True:
            side = np.arange(-around, around + 1)
            column, row = (grid.ravel() for grid in np.meshgrid(side, side))
            u, v = column * width, row * height
            clearing = CLEARING_M * scale
            outside = (np.abs(u + width / 2) > clearing + width / 2) | (
                np.abs(v + height / 2) > clearing + height / 2
            )
            u, v = u[outside], v[outside]
            corners = np.stack(
                [
                    np.stack([u, v], 1), np.stack([u + width, v], 1),
                    np.stack([u + width, v + height], 1), np.stack([u, v + height], 1),
                ],
                axis=1,
            )  # fmt: skip
            turned = corners @ np.array([[cos, sin], [-sin, cos]]) + centre
            inside = shapely.contains_properly(room, shapely.polygons(turned))
            if inside.sum() >= number or around >= most:
                break
            around = min(most, around * 2)
        if inside.sum() >= number:
            middle = turned.mean(axis=1) - centre
            nearest = np.flatnonzero(inside)
            nearest = nearest[np.argsort(np.hypot(*middle[nearest].T), kind="stable")[:number]]
            # Around the village like the hands of a clock, so that groups lie together.
            clockwise = np.argsort(np.arctan2(*middle[nearest].T), kind="stable")
            origins = turned[nearest[clockwise], 0]
            more = np.broadcast_to([angle, scale], (number, 2))
            return np.hstack([origins, more])
        scale *= 0.85
    raise ValueError("the village is too small for so many parcels")


def strips_per_block(parcels: int, random: np.random.Generator) -> Integers:
    """How many strips each block of an issuing party gets; they add up to its parcels."""
    blocks = max(1, round(parcels / STRIPS_PER_BLOCK))
    counts = np.full(blocks, parcels // blocks)
    counts[: parcels % blocks] += 1
    pairs = blocks // 2
    shift = np.minimum(random.integers(0, 4, pairs), np.maximum(counts[:pairs] - 3, 0))
    counts[:pairs] -= shift
    counts[pairs : 2 * pairs] += shift
    return random.permutation(counts)


def lay_out(
    cells: NDArray[np.float64],
    counts: Integers,
    block_issuer: Integers,
    random: np.random.Generator,
) -> Strips:
    """The strips in the given cells (b, 4: origin, angle, scale), `counts` (b,) in each."""
    blocks = len(cells)
    scale = cells[:, 3]
    lying = random.random(blocks) < 0.4
    size = np.column_stack([CELL_WIDTH_M * scale, CELL_HEIGHT_M * scale])
    # Few strips do not fill a cell: the rest of it is somebody's wood, pond or yard.
    across = np.where(lying, size[:, 1], size[:, 0])
    used = np.minimum(across, counts * np.where(lying, 15.0, 20.0) * scale + 2 * VERGE_M)
    size[lying, 1] = used[lying]
    size[~lying, 0] = used[~lying]
    verge = VERGE_M + random.uniform(0, 1, (blocks, 4, 2)) * (7 * scale)[:, None, None]
    verge = np.minimum(verge, size[:, None, :] * 0.2)
    low, high = verge, size[:, None, :] - verge
    south_west = low[:, 0]
    south_east = np.column_stack([high[:, 1, 0], low[:, 1, 1]])
    north_west = np.column_stack([low[:, 2, 0], high[:, 2, 1]])
    north_east = high[:, 3]
    side = lying[:, None]
    # Lines are counted from west to east, in lying blocks from north to south, and run from
    # south to north, in lying blocks from west to east: the same figure, turned by a quarter.
    first_start = np.where(side, north_west, south_west)
    first_end = np.where(side, north_east, north_west)
    last_start = np.where(side, south_west, south_east)
    last_end = np.where(side, south_east, north_east)

    line_block = np.repeat(np.arange(blocks), counts + 1)
    line_first = np.concatenate([[0], np.cumsum(counts + 1)[:-1]])
    number = np.arange(len(line_block)) - line_first[line_block]
    share = _shares(counts, line_block, number, random)[:, None]
    starts = first_start[line_block] * (1 - share) + last_start[line_block] * share
    ends = first_end[line_block] * (1 - share) + last_end[line_block] * share
    bent = random.random(blocks) < 0.3
    bend = random.uniform(-1, 1, (blocks, 2)) * (1.8 * np.minimum(scale, 1))[:, None]
    part = random.uniform(0.35, 0.65, blocks)[line_block][:, None]
    middles = starts * (1 - part) + ends * part + bend[line_block]

    kinds = np.column_stack([np.ones_like(number), bent[line_block], np.ones_like(number)]) > 0
    numbers = np.full(kinds.shape, -1, dtype=np.int64)
    numbers[kinds] = np.arange(kinds.sum())
    local = np.stack([starts, middles, ends], axis=1)[kinds]
    node_block = np.repeat(line_block, kinds.sum(axis=1))
    cos, sin = np.cos(cells[:, 2])[node_block], np.sin(cells[:, 2])[node_block]
    turned = np.column_stack(
        [local[:, 0] * cos - local[:, 1] * sin, local[:, 0] * sin + local[:, 1] * cos]
    )
    nodes = np.round(turned + cells[node_block, :2], 3)

    strip_block = np.repeat(np.arange(blocks), counts)
    strip_first = np.concatenate([[0], np.cumsum(counts)[:-1]])
    place = np.arange(len(strip_block)) - strip_first[strip_block]
    strips = np.arange(len(strip_block))
    return Strips(
        issuer=block_issuer[strip_block],
        block=strip_block,
        lying=lying[strip_block],
        first_line=line_first[strip_block] + place,
        before=np.where(place > 0, strips - 1, -1),
        after=np.where(place < counts[strip_block] - 1, strips + 1, -1),
        nodes=nodes,
        line_start=numbers[:, 0],
        line_middle=numbers[:, 1],
        line_end=numbers[:, 2],
        node_issuer=block_issuer[node_block],
        line_block=line_block,
    )


def _shares(
    counts: Integers, line_block: Integers, number: Integers, random: np.random.Generator
) -> NDArray[np.float64]:
    """Where each line crosses its block, 0 at the first, 1 at the last; none too near another."""
    widths = np.where(number > 0, 0.55 + random.gamma(4.0, 0.11, len(number)), 0.0)
    run = np.cumsum(widths)
    first = np.flatnonzero(number == 0)
    so_far = run - run[first][line_block]
    whole = so_far[first + counts]
    return so_far / whole[line_block]


def sides(
    strips: Strips, words: Sequence[str], first_side: NDArray[np.object_],
    second_side: NDArray[np.object_], ends: NDArray[np.object_],
) -> dict[str, NDArray[np.object_]]:  # fmt: skip
    """What bounds every strip in the east, west, south and north, as the fields name it.

    words: what stands for each strip as a neighbour; first_side and second_side: what the lines
    of its block run from and to; ends: what lies beyond the block's first and last line.
    """
    named = np.array([*words, ""], dtype=object)
    before = np.where(strips.before >= 0, named[strips.before], ends)
    after = np.where(strips.after >= 0, named[strips.after], ends)
    return {
        "east": np.where(strips.lying, second_side, after),
        "west": np.where(strips.lying, first_side, before),
        "south": np.where(strips.lying, after, first_side),
        "north": np.where(strips.lying, before, second_side),
    }
