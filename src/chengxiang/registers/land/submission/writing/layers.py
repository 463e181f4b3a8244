"""Writes the layers of a package as shapefiles in the national layout."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyogrio
import pyproj
import shapely

from chengxiang.kernel.geometry import transform

from ..layout import GEOMETRY, Table
from ..package import Package
from .dbf import write_dbf

GEOGRAPHIC = "EPSG:4490"
# Geometry types of the layers; all others are areas.
_TYPES = {"JZD": "Point", "KZD": "Point", "DZDW": "Point", "ZJ": "Point"} | dict.fromkeys(
    ("JZX", "QYJX", "XZDW"), "LineString"
)
# Coordinates are written to the millimetre.
_DECIMALS = 3


def write_layer(package: Package, table: Table, rows: pa.Table, folder: Path) -> Path:
    """Writes one layer, positions in the package's system rounded to 0.001 m; returns the .shp."""
    path = folder / f"{table.name}{package.county_code}{package.year}.shp"
    shapes = shapely.from_wkb(rows[GEOMETRY].to_numpy(), on_invalid="ignore")
    placed = transform(shapes, GEOGRAPHIC, package.crs)
    if package.crs != GEOGRAPHIC:
        placed = shapely.transform(placed, lambda points: np.round(points, _DECIMALS))
    pyogrio.raw.write(
        path,
        geometry=shapely.to_wkb(placed),
        field_data=[],
        fields=[],
        driver="ESRI Shapefile",
        geometry_type=_geometry_type(table, placed),
        crs=package.crs,
    )
    prj = pyproj.CRS.from_user_input(package.crs).to_wkt("WKT1_ESRI")
    path.with_suffix(".prj").write_text(prj, "utf-8")
    write_dbf(path.with_suffix(".dbf"), table, rows)
    return path


def _geometry_type(table: Table, shapes: np.ndarray) -> str:
    """The layer's type; multipart only where some shape is (a fault, but not ours to hide)."""
    plain = _TYPES.get(table.name, "Polygon")
    known = shapes[~shapely.is_missing(shapes)]
    if plain != "Point" and np.isin(shapely.get_type_id(known), (5, 6)).any():
        return f"Multi{plain}"
    return plain
