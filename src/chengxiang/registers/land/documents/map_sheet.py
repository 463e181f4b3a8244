"""The land map on paper, true to scale: parcels of a theme, grid, scale bar, north, legend."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from chengxiang.kernel import geometry
from chengxiang.kernel.accounts.officer import Officer
from chengxiang.kernel.documents.typesetting import typeset
from chengxiang.registers.land.queries.map_sheets import parcels_drawn
from chengxiang.registers.land.queries.themes import theme

TEMPLATE = Path(__file__).parent / "map_sheet.typ"
SCALES = (500, 1000, 2000, 5000)
# Width and height of the drawn frame in millimetres, paper lying.
FRAMES = {"A4": (267.0, 160.0), "A3": (390.0, 247.0)}
# Grid lines every so many metres at each scale: ten centimetres on paper, five at the smallest.
_GRID_M = {500: 50, 1000: 100, 2000: 200, 5000: 500}


@dataclass(frozen=True, kw_only=True)
class Order:
    """What is to be printed. Raises ValueError for a scale or paper that is not offered."""

    longitude: float
    latitude: float
    scale: int = 1000
    paper: str = "A4"
    theme: str = ""
    chosen: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.scale not in SCALES or self.paper not in FRAMES:
            raise ValueError(f"{self.scale} on {self.paper} is not offered")


def print_map(officer: Officer, order: Order, on: date) -> bytes:
    """The sheet as PDF, drawn in the 3° zone of its middle; only what the officer may see."""
    width, height = FRAMES[order.paper]
    crs = geometry.zone_crs(int(geometry.zone_of(order.longitude)))
    middle = geometry.transform(
        np.array([shapely.Point(order.longitude, order.latitude)]), geometry.GEOGRAPHIC, crs
    )[0]
    half = np.array([width, height]) * order.scale / 2000
    west, south = middle.x - half[0], middle.y - half[1]
    frame = shapely.box(west, south, middle.x + half[0], middle.y + half[1])
    corners = geometry.transform(np.array([frame]), crs, geometry.GEOGRAPHIC)[0]
    rows = parcels_drawn(officer, shapely.bounds(corners), on, order.theme)
    legend = theme(order.theme)
    colours = {item.value: item.colour for item in legend.items}
    shapes = geometry.transform(
        shapely.from_wkb(np.array([row.geometry for row in rows], dtype=object)),
        geometry.GEOGRAPHIC,
        crs,
    )
    counts = dict.fromkeys(colours, 0)
    drawn: list[dict[str, Any]] = []
    for row, shape in zip(rows, shapes, strict=True):
        counts[row.value] = counts.get(row.value, 0) + 1
        cut = shapely.intersection(shape, frame)
        for part in shapely.get_parts(cut):
            if shapely.get_type_id(part) != 3 or part.is_empty:
                continue
            point = shapely.point_on_surface(part)
            drawn.append(
                {
                    "ring": _paper(part.exterior, west, south, height, order.scale),
                    "colour": colours.get(row.value, "#ffffff"),
                    "chosen": row.code in order.chosen,
                    "label": f"{row.name}\n{row.mu:.2f}" if row.name else f"{row.mu:.2f}",
                    "at": _paper(point, west, south, height, order.scale)[0],
                    "room_mm": float(np.sqrt(part.area)) * 1000 / order.scale,
                }
            )
    chinese = (get_language() or "zh").startswith("zh")
    data = {
        "chinese": chinese,
        "paper": order.paper.lower(),
        "frame": [width, height],
        "scale": order.scale,
        "title": _("Map of contracted land"),
        "theme": str(legend.title),
        "legend": [
            {"title": str(item.title), "colour": item.colour, "count": counts[item.value]}
            for item in legend.items
            if counts[item.value]
        ],
        "parcels": drawn,
        "grid": _grid(west, south, width, height, order.scale),
        "bar_m": _GRID_M[order.scale],
        "crs": crs,
        "on": on.isoformat(),
        "printed_by": str(officer),
        "words": {
            "source": _("Land register on %(day)s · %(crs)s · printed by %(name)s")
            % {"day": on.isoformat(), "crs": crs, "name": officer},
            "north": _("N"),
        },
    }
    made = typeset(TEMPLATE, data, dated=datetime(on.year, on.month, on.day, tzinfo=UTC))
    return made if isinstance(made, bytes) else b"".join(made)


def _paper(
    shape: Any, west: float, south: float, height_mm: float, scale: int
) -> list[tuple[float, float]]:
    """Coordinates in millimetres from the frame's upper left corner."""
    points = shapely.get_coordinates(shape)
    x = (points[:, 0] - west) * 1000 / scale
    y = height_mm - (points[:, 1] - south) * 1000 / scale
    return [(round(float(a), 3), round(float(b), 3)) for a, b in zip(x, y, strict=True)]


def _grid(
    west: float, south: float, width: float, height: float, scale: int
) -> dict[str, list[dict[str, Any]]]:
    """Where grid lines of round metres cross the frame, with their coordinates."""
    step = _GRID_M[scale]

    def ticks(start: float, length_mm: float) -> list[dict[str, Any]]:
        first = np.ceil(start / step) * step
        metres = np.arange(first, start + length_mm * scale / 1000, step)
        return [{"mm": float((m - start) * 1000 / scale), "text": f"{m:.0f}"} for m in metres]

    return {"x": ticks(west, width), "y": ticks(south, height)}
