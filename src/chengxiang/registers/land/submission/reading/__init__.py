"""Reads a submission package, folder or zip, whatever its files' habits; never raises for them."""

import tempfile
import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyogrio

from ..county import county_name, own_zone
from ..layout import LAYERS, TABLES, national_tables
from ..package import Package, Problem, Progress, silent
from . import crs as systems
from .kinds import KINDS
from .layers import (
    PLANE,
    Layer,
    plane_crs_of,
    positioned,
    read_geopackage_layer,
    read_shapefile,
)
from .locate import Found, locate, unpack
from .tables import read_tables

__all__ = ["KINDS", "read_package"]

# Nothing can be submitted without these; the others the standard calls mandatory are missed.
_NEEDED = ("DK", "FBF", "CBF", "CBF_JTCY", "CBDKXX", "CBHT")
_EXPECTED = ("JZD", "JZX", "KZD", "XJXZQ", "QYJX", "JBNTBHQ", "CBJYQZDJB", "CBJYQZ")


def read_package(path: Path, progress: Progress = silent) -> tuple[Package, list[Problem]]:
    """What a submission package says and what is wrong with its files.

    path: a folder or a .zip in the layout of NY/T 2539 or near it. Bad content becomes problems,
    never an exception; every row that can be read is in the package.
    """
    if path.is_dir():
        return _read(path, path.name, progress)
    with tempfile.TemporaryDirectory(prefix="chengxiang-") as folder:
        try:
            unpack(path, Path(folder))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            problem = Problem("file.unreadable", file=path.name, details={"reason": str(error)})
            package = _package(Found(), {}, "", frozenset())
            return package, [problem]
        return _read(Path(folder), path.name, progress)


def _read(root: Path, named: str, progress: Progress) -> tuple[Package, list[Problem]]:
    found = locate(root, named)
    problems: list[Problem] = []
    present: set[str] = set()
    tables: dict[str, list[pa.Table]] = {}
    for name, rows, wrong in read_tables(found):
        progress(f"reading {name}", len(tables), len(TABLES))
        problems += wrong
        if name:
            present.add(name)
            tables.setdefault(name, []).append(rows)
    _name_from_codes(found, tables)
    fallback = own_zone(found.county_code)
    stated = next((zone for file in found.metadata if (zone := systems.of_metadata(file))), None)
    layers: dict[str, list[Layer]] = {}
    for done, source in enumerate(found.layers):
        progress(f"reading {source.table}", done, len(found.layers))
        layer, wrong = read_shapefile(source, national_tables()[source.table], stated, fallback)
        problems += wrong
        present.add(source.table)
        if layer is not None:
            layers.setdefault(source.table, []).append(layer)
    for source in found.geopackages:
        for name, _kind in _geopackage_layers(source.path):
            if name.upper() in LAYERS and name.upper() not in layers:
                layer, wrong = read_geopackage_layer(
                    source.path, name, national_tables()[name.upper()], source.shown
                )
                problems += wrong
                present.add(name.upper())
                layers.setdefault(name.upper(), []).append(layer)
    _name_from_parcels(found, layers)
    plane_crs = plane_crs_of(layers["DK"][0], fallback) if layers.get("DK") else fallback
    progress("positioning", 0, 1)
    for name in list(layers):
        parts = layers.pop(name)  # what was submitted makes room for what is positioned
        crs = plane_crs if name == "DK" else None
        tables[name] = [positioned(part, plane_crs=crs) for part in parts]
    absent = [
        Problem(code, table=name)
        for code, names in (("file.table_missing", _NEEDED), ("file.table_absent", _EXPECTED))
        for name in names
        if name not in present
    ]
    package = _package(found, tables, plane_crs, frozenset(present))
    lacking = frozenset((p.table, p.field) for p in problems if p.code == "field.missing")
    return replace(package, absent_fields=lacking), [*problems, *absent]


def _geopackage_layers(path: Path) -> list[tuple[str, str]]:
    try:
        return [(str(name), str(kind)) for name, kind in pyogrio.list_layers(path)]
    except pyogrio.errors.DataSourceError:
        return []  # told already when its tables were read


def _package(
    found: Found, tables: dict[str, list[pa.Table]], crs: str, present: frozenset[str]
) -> Package:
    whole = {}
    for name, table in national_tables().items():
        schema = table.schema
        if name == "DK":
            schema = schema.append(pa.field(PLANE, pa.binary()))
        whole[name] = (
            pa.concat_tables(tables[name]).combine_chunks()
            if tables.get(name)
            else schema.empty_table()
        )
    return Package(
        county_code=found.county_code,
        county_name=found.county_name or county_name(found.county_code),
        year=found.year,
        crs=crs,
        tables=whole,
        present=present,
    )


def _name_from_codes(found: Found, tables: dict[str, list[pa.Table]]) -> None:
    """The county most codes begin with, where neither folder nor file names tell it."""
    for name, column in (("FBF", "FBFBM"), ("CBF", "CBFBM")):
        for rows in tables.get(name, []):
            if not found.county_code:
                found.county_code = _most_common(rows[column])


def _name_from_parcels(found: Found, layers: dict[str, list[Layer]]) -> None:
    for layer in layers.get("DK", []):
        if not found.county_code:
            found.county_code = _most_common(layer.rows["DKBM"])


def _most_common(codes: pa.ChunkedArray) -> str:
    counts = Counter(pc.utf8_slice_codeunits(codes.drop_null(), 0, 6).to_pylist())
    return counts.most_common(1)[0][0] if counts else ""
