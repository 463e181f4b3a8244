"""National tables from columns: missing ones empty, each row told where it stands."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray

from ..layout import FILE, GEOMETRY, LAYERS, ROW, national_tables
from .people import YEAR

PLANE_GEOMETRY = "plane_geometry"

Column = NDArray[Any] | list[Any] | str | int


def national(county_code: str, name: str, rows: int, columns: Mapping[str, Column]) -> pa.Table:
    """A national table of so many rows; a single text or number stands in every row."""
    schema = national_tables()[name].schema
    arrays = []
    for field in schema:
        if field.name == FILE:
            arrays.append(_constant(file_name(county_code, name), rows, field.type))
        elif field.name == ROW:
            arrays.append(pa.array(np.arange(1, rows + 1, dtype=np.int32)))
        elif field.name not in columns:
            arrays.append(pa.nulls(rows, field.type))
        elif isinstance(columns[field.name], str | int):
            arrays.append(_constant(columns[field.name], rows, field.type))
        else:
            column = pa.array(columns[field.name])
            arrays.append(column if column.type == field.type else column.cast(field.type))
    unknown = set(columns) - set(schema.names)
    if unknown:
        raise KeyError(f"{name} has no fields {sorted(unknown)}")
    return pa.table(arrays, schema=schema)


def empty(county_code: str, name: str) -> pa.Table:
    """The table without rows; the parcels keep their column of plane geometry."""
    table = national(county_code, name, 0, {})
    return with_plane(table, np.array([], dtype=object)) if name == "DK" else table


def with_plane(table: pa.Table, plane: NDArray[np.object_]) -> pa.Table:
    """The table and the coordinates as measured, in metres."""
    return table.append_column(PLANE_GEOMETRY, pa.array(shapely.to_wkb(plane), pa.binary()))


def file_name(county_code: str, name: str) -> str:
    """The file of a package the table stands in."""
    if name in LAYERS:
        return f"{name}{county_code}{YEAR}.shp"
    return f"{county_code}{YEAR}.xlsx"


def geometry_column(shapes: NDArray[np.object_]) -> dict[str, Any]:
    """The column of shapes in EPSG:4490."""
    return {GEOMETRY: pa.array(shapely.to_wkb(shapes), pa.binary())}


def fitting(text: str, length: int) -> str:
    """The text, shortened from its beginning until it takes at most `length` bytes in GBK."""
    while len(text.encode("gbk")) > length:
        text = text[1:]
    return text


def _constant(value: object, rows: int, kind: pa.DataType) -> pa.Array:
    if not rows:
        return pa.array([], kind)
    return pa.repeat(pa.scalar(value, kind), rows)
