"""Vector tiles of the territory: borders and names of province, prefectures and counties."""

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from chengxiang.kernel.maps.mvt import point_layer, polygon_layer
from chengxiang.kernel.maps.rings import rings
from chengxiang.kernel.maps.tiles import EXTENT, Tile
from chengxiang.kernel.places.models import Place

# Digits of the code of what has a border, and from which tile zoom it is shown and named.
_SHOWN = {2: 0, 4: 3, 6: 5}
_FULL = 13  # from here on the boundaries are as they were shipped


class _Territories(NamedTuple):
    codes: list[str]
    names: list[str]
    names_en: list[str]
    shapes: NDArray[Any]
    labels: NDArray[np.float64]  # (n, 2) a point inside the largest part


def boundary_tile(tile: Tile) -> bytes:
    """Layers `places` (polygons) and `names` (points), each with code, digits, name, name_en."""
    version = _version()
    content = b""
    for digits, from_zoom in _SHOWN.items():
        if tile.z < from_zoom:
            continue
        found = _territories(digits, min(tile.z, _FULL), version)
        if not found.codes:
            continue
        columns = {
            "code": found.codes,
            "digits": [digits] * len(found.codes),
            "name": found.names,
            "name_en": found.names_en,
        }
        # One layer each: a tile may not have two layers of the same name.
        content += polygon_layer(f"places{digits}", rings(found.shapes, tile), columns)  # type: ignore[arg-type]
        points = tile.grid(found.labels)
        # A name at the rim belongs to the tile its point is in, and only to that one.
        inside = np.flatnonzero(((points >= 0) & (points < EXTENT)).all(axis=1))
        content += point_layer(
            f"names{digits}",
            points[inside],
            {key: [column[i] for i in inside] for key, column in columns.items()},  # type: ignore[index]
        )
    return content


def _version() -> tuple[int, int]:
    """Changes when boundaries are loaded anew."""
    known = Place.objects.filter(boundary__isnull=False).order_by("-id")
    return known.count(), getattr(known.first(), "pk", 0)


@lru_cache(maxsize=64)
def _territories(digits: int, zoom: int, version: tuple[int, int]) -> _Territories:
    """Territories of that level, simplified for a zoom.

    The counties are simplified together as a coverage, and what lies above is put together from
    the simplified counties: so a border has one course, on both its sides and at every level.
    """
    counties = Place.objects.filter(boundary__isnull=False, level="county").order_by("code")
    rows = list(counties.values_list("code", "boundary"))
    if not rows:
        return _Territories([], [], [], np.zeros(0, dtype=object), np.zeros((0, 2)))
    shapes = shapely.from_wkb(np.array([bytes(wkb) for _code, wkb in rows], dtype=object))  # type: ignore[type-var, arg-type]
    if zoom < _FULL:
        # Half a screen pixel (512 a tile) in degrees; its square is the tolerance's area.
        shapes = shapely.coverage_simplify(shapes, 360 / 2**zoom / 512 / 2)
    of = np.array([code[:digits] for code, _wkb in rows])
    codes = sorted(set(of))
    if digits < 6:
        shapes = np.array([shapely.coverage_union_all(shapes[of == code]) for code in codes])
    known = {place.code: place for place in Place.objects.filter(code__in=codes)}
    largest = [max(shapely.get_parts(shape), key=shapely.area, default=shape) for shape in shapes]
    labels = [shapely.maximum_inscribed_circle(part, 0.01).coords[0] for part in largest]
    return _Territories(
        [str(code) for code in codes],
        [known[code].name if code in known else str(code) for code in codes],
        [known[code].name_en if code in known else str(code) for code in codes],
        shapes,
        np.array(labels),
    )
