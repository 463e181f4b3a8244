"""Which square of the earth a tile is, and where a point falls on its grid."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

EXTENT = 4096  # quanta along the side of a tile
MAX_ZOOM = 22
MAX_LATITUDE = 85.0511287798066  # where the web Mercator square ends


class Tile(NamedTuple):
    """A square of the web Mercator pyramid (EPSG:3857), x from the west, y from the north."""

    z: int
    x: int
    y: int

    @property
    def exists(self) -> bool:
        side = 1 << self.z if 0 <= self.z <= MAX_ZOOM else 0
        return 0 <= self.x < side and 0 <= self.y < side

    def bounds(self, buffer: float = 0) -> tuple[float, float, float, float]:
        """West, south, east, north in degrees; `buffer` is a share of the side on every side."""
        side = 2.0**self.z
        west, east = (360 * (self.x + d) / side - 180 for d in (-buffer, 1 + buffer))
        north, south = (
            float(np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * (self.y + d) / side)))))
            for d in (-buffer, 1 + buffer)
        )
        return west, south, east, north

    def grid(self, points: NDArray[np.float64]) -> NDArray[np.int64]:
        """Longitude, latitude (n, 2) as whole quanta from this tile's north-west corner, y down.

        Rounded on the one grid of the whole zoom level and only then moved to the tile, so a point
        has the same place in every tile that shows it.
        """
        side = float(EXTENT << self.z)
        latitude = np.radians(np.clip(points[:, 1], -MAX_LATITUDE, MAX_LATITUDE))
        quanta = np.empty((len(points), 2))
        quanta[:, 0] = (points[:, 0] + 180) / 360
        quanta[:, 1] = (1 - np.arcsinh(np.tan(latitude)) / np.pi) / 2
        whole = np.floor(quanta * side + 0.5).astype(np.int64)
        return whole - np.array([self.x * EXTENT, self.y * EXTENT])

    def quantum_m(self) -> float:
        """Metres on the map (at the equator) one quantum stands for."""
        return 40075016.685578488 / (EXTENT << self.z)


def tile_at(longitude: float, latitude: float, zoom: int) -> Tile:
    """The tile of that zoom a point lies in."""
    x, y = Tile(zoom, 0, 0).grid(np.array([[longitude, latitude]]))[0] // EXTENT
    return Tile(zoom, int(x), int(y))
