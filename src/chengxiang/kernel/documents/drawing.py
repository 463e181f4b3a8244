"""Draws parcels to scale: plane polygons in metres become lines and labels in millimetres."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from chengxiang.kernel import geometry

# The scales a sketch may have, largest first (NY/T 2537: 1:500 to 1:2000, smaller if need be).
SCALES = (200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000)
MARGIN_MM = 8.0
# What a label needs along its side or inside its field, in letters of 6.5 points.
_LETTER_MM, _LINE_MM = 2.4, 3.4
_DIGITS_MM = 7.0
# North arrow above right and scale bar below left stand here: no name may.
_ARROW_MM, _BAR_MM = (9.0, 10.0), (30.0, 8.0)


@dataclass(frozen=True)
class Label:
    """Words at a point; `angle` clockwise, never upside down."""

    x: float
    y: float
    text: str
    angle: float = 0.0


@dataclass(frozen=True)
class Drawing:
    """One parcel in its frame; points in millimetres from the frame's upper left corner."""

    scale: int
    outline: Sequence[Sequence[tuple[float, float]]]  # rings of the parcel
    around: Sequence[Sequence[tuple[float, float]]]  # lines of what lies beside, cut to the frame
    lengths: Sequence[Label]  # metres of each side long enough to carry them
    short: Sequence[tuple[str, str]]  # the other sides: "J3–J4", metres
    nodes: Sequence[tuple[float, float]]
    numbers: Sequence[Label]  # J1, J2 … where there is room
    names: Sequence[Label]  # who holds what lies beside, where the name fits in whole
    scale_bar_m: int


def draw(
    parcel: Any,
    around: Sequence[tuple[Any, str]],
    *,
    width_mm: float,
    height_mm: float,
    margin_mm: float = MARGIN_MM,
) -> Drawing:
    """A parcel in the middle of a frame at the largest of `SCALES` at which all of it fits.

    parcel: a plane polygon or multipolygon in metres (Gauss-Krüger), northing up; around: the
    polygons beside it with their holders' names (empty if nobody's). Raises ValueError for a
    parcel that fits at no scale.
    """
    west, south, east, north = shapely.bounds(parcel)
    room = (width_mm - 2 * margin_mm) / 1000, (height_mm - 2 * margin_mm) / 1000
    need = max((east - west) / room[0], (north - south) / room[1])
    if not need <= SCALES[-1]:
        raise ValueError(f"a parcel {east - west:.0f} m by {north - south:.0f} m fits at no scale")
    scale = next(s for s in SCALES if s >= need)
    middle = (west + east) / 2, (south + north) / 2

    def on_paper(points: np.ndarray) -> np.ndarray:
        x = (points[:, 0] - middle[0]) * 1000 / scale + width_mm / 2
        y = height_mm / 2 - (points[:, 1] - middle[1]) * 1000 / scale
        return np.column_stack([x, y])

    drawn = shapely.transform(parcel, on_paper)
    frame = shapely.box(0, 0, width_mm, height_mm)
    placed = shapely.transform(np.array([shape for shape, _ in around], dtype=object), on_paper)
    in_view = np.flatnonzero(shapely.intersects(placed, frame)).tolist()
    beside = [(placed[index], around[index][1]) for index in in_view]
    nodes = geometry.nodes_of(np.array([parcel], dtype=object))
    points = on_paper(np.column_stack([nodes.x, nodes.y]))
    lengths, short = _lengths(points, nodes.following, nodes.side_lengths())
    lines = shapely.get_parts(shapely.intersection(shapely.boundary(placed[in_view]), frame))
    return Drawing(
        scale=scale,
        outline=[_points(ring) for ring in shapely.get_rings(shapely.get_parts(drawn))],
        around=[
            _points(line)
            for line in lines
            if shapely.get_type_id(line) == 1 and not shapely.is_empty(line)
        ],
        lengths=lengths,
        short=short,
        nodes=_pairs(points),
        numbers=_numbers(points, drawn),
        names=_names(beside, drawn, frame),
        scale_bar_m=max(1, scale // 50),
    )


def _lengths(
    points: np.ndarray, following: np.ndarray, metres: np.ndarray
) -> tuple[list[Label], list[tuple[str, str]]]:
    """Labels of the sides with room for one, and the other sides by their points' numbers."""
    lengths, short = [], []
    for index, length in enumerate(metres):
        start, end = points[index], points[following[index]]
        step = end - start
        if np.hypot(*step) < _DIGITS_MM:
            short.append((f"J{index + 1}–J{following[index] + 1}", f"{length:.2f}"))
            continue
        angle = float(np.degrees(np.arctan2(step[1], step[0])))
        # Read from below or from the right, never upside down.
        angle = angle - 180 if angle > 90 else angle + 180 if angle <= -90 else angle
        x, y = (start + end) / 2
        lengths.append(
            Label(round(float(x), 2), round(float(y), 2), f"{length:.2f}", round(angle, 1))
        )
    return lengths, short


def _numbers(points: np.ndarray, drawn: Any) -> list[Label]:
    """J1, J2 … a little outside each point; left out where they would stand on each other."""
    middle = shapely.get_coordinates(shapely.centroid(drawn))[0]
    placed: list[Label] = []
    for index, point in enumerate(points):
        away = point - middle
        x, y = point + away / max(float(np.hypot(*away)), 1e-9) * 2.6
        if all(abs(x - one.x) > 4.2 or abs(y - one.y) > 2.4 for one in placed):
            placed.append(Label(round(float(x), 2), round(float(y), 2), f"J{index + 1}"))
    return placed


def _names(beside: Sequence[tuple[Any, str]], drawn: Any, frame: Any) -> list[Label]:
    """Each name once, in the largest piece of its field in view that holds the whole name."""
    _, _, width, height = shapely.bounds(frame)
    kept_free = shapely.union_all(
        [
            shapely.buffer(drawn, 4.5),
            shapely.box(width - _ARROW_MM[0], 0, width, _ARROW_MM[1]),
            shapely.box(0, height - _BAR_MM[1], _BAR_MM[0], height),
        ]
    )
    placed: dict[str, Label] = {}
    for shape, name in sorted(beside, key=lambda pair: -shapely.area(pair[0])):
        if not name or name in placed:
            continue
        half = len(name) * _LETTER_MM / 2, _LINE_MM / 2
        free = shapely.difference(shapely.intersection(shape, frame), kept_free)
        for piece in sorted(shapely.get_parts(free), key=lambda part: -shapely.area(part)):
            if shapely.get_type_id(piece) != 3 or shapely.is_empty(piece):
                continue
            x, y = shapely.get_coordinates(shapely.point_on_surface(piece))[0]
            if shapely.contains(
                piece, shapely.box(x - half[0], y - half[1], x + half[0], y + half[1])
            ):
                placed[name] = Label(round(float(x), 2), round(float(y), 2), name)
                break
    return list(placed.values())


def _points(line: Any) -> list[tuple[float, float]]:
    return _pairs(shapely.get_coordinates(line))


def _pairs(points: np.ndarray) -> list[tuple[float, float]]:
    return [(x, y) for x, y in points.round(2).tolist()]
