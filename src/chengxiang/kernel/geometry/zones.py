"""Gauss-Krüger zones of CGCS2000: which one a place lies in, and the way there and back."""

from functools import cache
from typing import Any

import numpy as np
import pyproj
import shapely
from numpy.typing import ArrayLike, NDArray

GEOGRAPHIC = "EPSG:4490"  # CGCS2000, degrees
FIRST_ZONE, LAST_ZONE = 25, 45


def zone_of(longitude: ArrayLike) -> NDArray[np.int64]:
    """The number of the 3-degree zone, 25 to 45, whose central meridian is nearest.

    longitude: degrees, any shape. Halfway between two the eastern zone is taken.
    Raises ValueError outside China (below 73.5 or from 136.5 degrees). Source: GB/T 17798.

    >>> int(zone_of(124.7))
    42
    """
    zone = np.floor(np.asarray(longitude, dtype=np.float64) / 3 + 0.5).astype(np.int64)
    if ((zone < FIRST_ZONE) | (zone > LAST_ZONE)).any():
        raise ValueError("longitude outside the zones 25 to 45")
    return zone


def zone_crs(zone: int, *, prefix: bool = True) -> str:
    """The coordinate system of a 3-degree zone: EPSG:4513 to 4533, or 4534 to 4554.

    prefix: eastings begin with the number of the zone (false easting 42,500,000 m in zone 42);
    without it every zone has 500,000 m.

    >>> zone_crs(42), zone_crs(42, prefix=False)
    ('EPSG:4530', 'EPSG:4551')
    """
    if not FIRST_ZONE <= zone <= LAST_ZONE:
        raise ValueError(f"no zone {zone}: 25 to 45")
    return f"EPSG:{(4513 if prefix else 4534) + zone - FIRST_ZONE}"


def transform(geometries: NDArray[Any], source: str, target: str) -> NDArray[Any]:
    """The geometries in another coordinate system; x is easting or longitude on both sides.

    geometries: shape (n,), Shapely objects, None allowed. Raises pyproj.exceptions.CRSError for
    a system PROJ does not know.
    """
    if source == target:
        return geometries
    way = _way(source, target)

    def move(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(way.transform(points[:, 0], points[:, 1]))

    moved: NDArray[Any] = shapely.transform(geometries, move)
    return moved


@cache
def _way(source: str, target: str) -> pyproj.Transformer:
    return pyproj.Transformer.from_crs(source, target, always_xy=True)
