"""Reads layers: geometries by GDAL, attributes by their bytes, positions into one system."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyogrio
import shapely

from chengxiang.kernel.geometry import transform, zone_of
from chengxiang.kernel.geometry import zone_crs as own_zone_crs

from ..layout import GEOMETRY, Table
from ..package import Problem
from . import crs as systems
from .dbf import read_dbf
from .locate import Source
from .values import canonical

PLANE = "plane_geometry"


@dataclass(frozen=True)
class Layer:
    """One file's rows, with the coordinate system its geometries were submitted in."""

    rows: pa.Table  # `geometry` still in `crs`
    crs: str


def read_shapefile(
    source: Source, table: Table, stated: systems.Zone | None, fallback: str
) -> tuple[Layer | None, list[Problem]]:
    """The rows of one shapefile and what is wrong with its files.

    `stated` is the metadata's zone; `fallback` the county's own, taken (with an error told) where
    nothing says where the layer lies.
    """
    problems: list[Problem] = []
    if not source.is_well_named:
        problems.append(Problem("file.name", file=source.shown, table=table.name))
    dbf_path = _beside(source.path, ".dbf")
    if dbf_path is None:
        missing = Problem(
            "file.part_missing", file=source.shown, table=table.name, details={"part": ".dbf"}
        )
        return None, [*problems, missing]
    if _beside(source.path, ".shx") is None:
        problems.append(Problem("file.index_rebuilt", file=source.shown, table=table.name))
    try:
        dbf = read_dbf(dbf_path, _beside(source.path, ".cpg"))
        geometry = _geometries(source.path)
    except (ValueError, pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        unreadable = Problem(
            "file.unreadable",
            file=source.shown,
            table=table.name,
            details={"reason": _short(error)},
        )
        return None, [*problems, unreadable]
    if dbf.declared and dbf.found not in ("ASCII", dbf.declared):
        problems.append(
            Problem(
                "file.encoding",
                file=source.shown,
                table=table.name,
                details={"declared": dbf.declared, "found": dbf.found},
            )
        )
    count = len(next(iter(dbf.columns.values()), geometry))
    if len(geometry) != count:
        # A cut-off file: what has both parts is read, the rest shows as missing geometry.
        geometry = np.append(geometry[:count], [None] * max(0, count - len(geometry)))
    rows, unreadable_values = canonical(
        table, dbf.columns, count, file=source.shown, geometry=pa.array(geometry, pa.binary())
    )
    crs, crs_problems = _system(source, table, geometry, stated, fallback)
    return Layer(rows, crs), [*problems, *unreadable_values, *crs_problems]


def read_geopackage_layer(
    path: Path, layer: str, table: Table, shown: str
) -> tuple[Layer, list[Problem]]:
    """The rows of a layer of a GeoPackage."""
    meta, read = pyogrio.read_arrow(path, layer=layer)
    name = meta["geometry_name"] or "wkb_geometry"
    geometry = None
    if name in read.column_names:
        geometry = pa.array(_flat(read[name].to_numpy(), meta["geometry_type"]), pa.binary())
    columns = {column: read[column] for column in read.column_names if column != name}
    rows, problems = canonical(
        table,
        columns,
        read.num_rows,
        file=shown,
        geometry=geometry,
    )
    return Layer(rows, _known(meta["crs"])), problems


def _known(crs: str | None) -> str:
    return crs if crs else systems.GEOGRAPHIC


def _beside(path: Path, suffix: str) -> Path | None:
    """The file of the same stem with another ending, whatever its case."""
    for candidate in path.parent.iterdir():
        if candidate.stem == path.stem and candidate.suffix.lower() == suffix:
            return candidate
    return None


def _geometries(path: Path) -> np.ndarray:
    pyogrio.set_gdal_config_options({"SHAPE_RESTORE_SHX": "YES"})
    meta, read = pyogrio.read_arrow(path, columns=[])
    column = read.column_names[-1] if read.column_names else None
    if column is None:
        return np.array([], dtype=object)
    return _flat(read[column].to_numpy(), meta["geometry_type"])


def _flat(values: np.ndarray, geometry_type: str) -> np.ndarray:
    """Geometries without heights and measures, which the standard's layers do not have."""
    if not re.search(r"\b(Z|M|ZM)$|2\.5D|25D", geometry_type or ""):
        return values
    shapes = shapely.from_wkb(values, on_invalid="ignore")
    plain: np.ndarray = shapely.to_wkb(shapely.force_2d(shapes), byte_order=1)
    return plain


def _short(error: Exception) -> str:
    return str(error).splitlines()[0][:160]


def _system(
    source: Source,
    table: Table,
    geometry: np.ndarray,
    stated: systems.Zone | None,
    fallback: str,
) -> tuple[str, list[Problem]]:
    easting = _middle(geometry)
    prj = _beside(source.path, ".prj")
    written = systems.of_prj(prj) if prj else None
    shown = systems.of_coordinates(easting)
    if not np.isfinite(easting):
        return _crs(written or stated or fallback), []

    def conflict(first: str, second: str, used: str) -> Problem:
        return Problem(
            "file.crs_conflict",
            file=source.shown,
            table=table.name,
            details={"stated": first, "other": second, "used": used},
        )

    if shown == systems.GEOGRAPHIC:
        if isinstance(written, systems.Zone):
            said = conflict(f".prj {written.crs}", "0–180°", systems.GEOGRAPHIC)
            return systems.GEOGRAPHIC, [said]
        return systems.GEOGRAPHIC, []
    if isinstance(written, systems.Zone):
        used = systems.agree(written, easting)
        problems = []
        if used != written:
            problems.append(conflict(f".prj {written.crs}", f"X ≈ {easting:.0f}", used.crs))
        elif stated is not None and stated.meridian != written.meridian:
            problems.append(
                conflict(f".prj {written.meridian:g}°", f"SL….xml {stated.meridian:g}°", used.crs)
            )
        return used.crs, problems
    if written == systems.GEOGRAPHIC and stated is None and not isinstance(shown, systems.Zone):
        written = None
    if stated is not None:
        return systems.agree(stated, easting).crs, []
    if isinstance(shown, systems.Zone):
        return shown.crs, []
    unknown = Problem("file.crs_unknown", file=source.shown, table=table.name)
    return fallback, [unknown]


def _crs(system: systems.Zone | str) -> str:
    return system if isinstance(system, str) else system.crs


def _middle(geometry: np.ndarray) -> float:
    """A typical easting: the median of the first geometries' bounds."""
    sample = [value for value in geometry[:200] if value is not None]
    if not sample:
        return float("nan")
    west = shapely.bounds(shapely.from_wkb(np.array(sample, dtype=object), on_invalid="ignore"))[
        :, 0
    ]
    west = west[np.isfinite(west)]
    return float(np.median(west)) if west.size else float("nan")


def positioned(layer: Layer, *, plane_crs: str | None) -> pa.Table:
    """The rows with `geometry` in EPSG:4490, and `plane_geometry` in `plane_crs` if one is asked."""
    submitted = layer.rows[GEOMETRY]
    shapes = _shapes(submitted)
    rows = layer.rows
    index = rows.schema.get_field_index(GEOMETRY)
    geographic = transform(shapes, layer.crs, systems.GEOGRAPHIC)
    rows = rows.set_column(index, GEOMETRY, _wkb(geographic))
    if plane_crs is not None:
        plane = (
            submitted if plane_crs == layer.crs else _wkb(transform(shapes, layer.crs, plane_crs))
        )
        rows = rows.append_column(PLANE, plane)
    return rows


def plane_crs_of(layer: Layer, fallback: str) -> str:
    """The system to measure in: the submitted one, or the zone where a geographic layer lies."""
    if layer.crs != systems.GEOGRAPHIC:
        return layer.crs
    longitude = _middle(layer.rows[GEOMETRY].to_numpy())
    return own_zone_crs(int(zone_of(longitude))) if np.isfinite(longitude) else fallback


def _shapes(values: pa.ChunkedArray) -> np.ndarray[Any, Any]:
    return shapely.from_wkb(values.to_numpy(), on_invalid="ignore")


def _wkb(shapes: np.ndarray[Any, Any]) -> pa.Array:
    return pa.array(shapely.to_wkb(shapes, byte_order=1), pa.binary())
