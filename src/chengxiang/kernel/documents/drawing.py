"""Draws parcels to scale: plane polygons in metres become lines and labels in millimetres."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from chengxiang.kernel import geometry

# The scales a sketch may have, largest first (NY/T 2537: 1:500 to 1:2000, smaller if need be).
SCALES = (200, 500, 1000, 2000, 5000, 10_000, 20_000)
# Sides shorter than this many millimetres on paper carry no length: it would cover its neighbour.
_LEAST_LABELLED_MM = 4.5


@dataclass(frozen=True)
class Drawing:
    """One parcel in its frame; points in millimetres from the frame's upper left corner."""

    scale: int
    outline: Sequence[Sequence[tuple[float, float]]]  # rings of the parcel
    around: Sequence[Sequence[tuple[float, float]]]  # lines of what lies beside, cut to the frame
    lengths: Sequence[dict[str, Any]]  # x, y, text, angle of each labelled side
    nodes: Sequence[tuple[float, float]]
    scale_bar_m: int


def draw(
    parcel: Any, around: Sequence[Any], *, width_mm: float, height_mm: float, margin_mm: float = 8
) -> Drawing:
    """A parcel in the middle of a frame at the largest scale that fits.

    parcel: a plane polygon in metres (Gauss-Krüger); around: the polygons beside it.
    """
    west, south, east, north = shapely.bounds(parcel)
    across, up = max(east - west, 1e-6), max(north - south, 1e-6)
    room = (width_mm - 2 * margin_mm) / 1000, (height_mm - 2 * margin_mm) / 1000
    need = max(across / room[0], up / room[1])
    scale = next((s for s in SCALES if s >= need), SCALES[-1])
    middle = ((west + east) / 2, (south + north) / 2)

    def on_paper(points: np.ndarray) -> np.ndarray:
        x = (points[:, 0] - middle[0]) * 1000 / scale + width_mm / 2
        y = height_mm / 2 - (points[:, 1] - middle[1]) * 1000 / scale
        return np.column_stack([x, y]).round(3)

    frame = shapely.box(0, 0, width_mm, height_mm)
    placed = [shapely.transform(other, on_paper) for other in around]
    pieces = [shapely.intersection(shapely.boundary(other), frame) for other in placed]
    sides = geometry.sides(parcel)
    ring = _points(shapely.transform(parcel.exterior, on_paper))
    lengths = []
    for index, length in enumerate(sides.length_m):
        start = on_paper(sides.start[index : index + 1])[0]
        end = on_paper(sides.start[[(index + 1) % len(sides.length_m)]])[0]
        step = end - start
        if np.hypot(*step) < _LEAST_LABELLED_MM:
            continue
        angle = float(np.degrees(np.arctan2(step[1], step[0])))
        # Read from below or from the right, never upside down.
        angle = angle - 180 if angle > 90 else angle + 180 if angle <= -90 else angle
        lengths.append(
            {
                "x": float((start[0] + end[0]) / 2),
                "y": float((start[1] + end[1]) / 2),
                "text": f"{length:.2f}",
                "angle": angle,
            }
        )
    rings = [parcel.exterior, *parcel.interiors]
    return Drawing(
        scale=scale,
        outline=[_points(shapely.transform(one, on_paper)) for one in rings],
        around=[
            _points(line)
            for piece in pieces
            for line in shapely.get_parts(piece)
            if shapely.get_type_id(line) == 1 and not shapely.is_empty(line)
        ],
        lengths=lengths,
        nodes=ring[:-1],
        scale_bar_m=max(1, scale // 50),
    )


def _points(line: Any) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in shapely.get_coordinates(line)]
