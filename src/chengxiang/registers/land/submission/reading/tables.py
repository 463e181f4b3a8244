"""Reads the tables of rights: Access databases, workbooks, text files, GeoPackages."""

import csv
import io
import logging
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyogrio
from access_parser import AccessParser
from python_calamine import CalamineWorkbook

from ..layout import TABLES, Table, national_tables
from ..package import Problem
from .locate import Found, Source
from .values import canonical

Read = tuple[str, pa.Table, list[Problem]]


def read_tables(found: Found) -> Iterator[Read]:
    """Every national table once, from the first kind of file that has it.

    A table in several files of the same kind is joined. Access comes first, then workbooks (which
    people edit), text files, and last GeoPackage.
    """
    done: set[str] = set()
    kinds = (
        (found.databases, _access),
        (found.workbooks, _workbook),
        (found.texts, _text),
        (found.geopackages, _geopackage),
    )
    for sources, read in kinds:
        seen: set[str] = set()
        for source in sources:
            try:
                for name, rows, problems in read(source, done):
                    seen.add(name)
                    yield name, rows, problems
            except Exception as error:
                # Whatever a parser stumbles over, the file is named and the others go on.
                reason = str(error).splitlines()[0][:160] if str(error) else type(error).__name__
                problem = Problem("file.unreadable", file=source.shown, details={"reason": reason})
                yield "", pa.table({}), [problem]
        done |= seen


def _national(name: str) -> Table | None:
    plain = name.strip().strip("$").upper()
    return national_tables()[plain] if plain in TABLES else None


def _access(source: Source, done: set[str]) -> Iterator[Read]:
    logging.getLogger("access_parser").setLevel(logging.ERROR)
    database = AccessParser(str(source.path))
    for name in database.catalog:
        table = _national(name)
        if table is None or table.name in done:
            continue
        columns: dict[str, list[Any]] = database.parse_table(name)
        count = max((len(values) for values in columns.values()), default=0)
        # Columns the parser leaves short have nothing in their last rows.
        filled = {
            key: [*values, *[None] * (count - len(values))] for key, values in columns.items()
        }
        yield table.name, *canonical(table, filled, count, file=source.shown)


def _workbook(source: Source, done: set[str]) -> Iterator[Read]:
    workbook = CalamineWorkbook.from_path(str(source.path))
    for index, sheet in enumerate(workbook.sheet_names):
        # A workbook named as a table may call its first sheet anything.
        table = _national(sheet) or (_national(source.table) if index == 0 else None)
        if table is None or table.name in done:
            continue
        grid = workbook.get_sheet_by_name(sheet).to_python()
        header = [str(cell) for cell in grid[0]] if grid else []
        body = [row for row in grid[1:] if any(cell not in ("", None) for cell in row)]
        columns = {name: [row[i] for row in body] for i, name in enumerate(header) if name}
        yield table.name, *canonical(table, columns, len(body), file=source.shown)


def _text(source: Source, done: set[str]) -> Iterator[Read]:
    table = _national(source.table)
    if table is None or table.name in done:
        return
    data = source.path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", errors="replace")
    text = text.rstrip("\r\n") + "\n"
    first = text.split("\n", 1)[0]
    delimiter = max(",\t;|", key=first.count)
    names = next(csv.reader([first], delimiter=delimiter), [])
    read = pyarrow.csv.read_csv(
        io.BytesIO(text.encode()),
        parse_options=pyarrow.csv.ParseOptions(delimiter=delimiter, newlines_in_values=True),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types={name.strip("\r"): pa.string() for name in names},
            strings_can_be_null=True,
            null_values=["", "NULL", "null"],
        ),
    )
    columns = {name: read[name] for name in read.column_names}
    yield table.name, *canonical(table, columns, read.num_rows, file=source.shown)


def _geopackage(source: Source, done: set[str]) -> Iterator[Read]:
    for name, _kind in pyogrio.list_layers(source.path):
        table = _national(str(name))
        if table is None or table.name in done:
            continue
        _meta, read = pyogrio.read_arrow(source.path, layer=str(name), read_geometry=False)
        columns = {column: read[column] for column in read.column_names}
        yield table.name, *canonical(table, columns, read.num_rows, file=source.shown)
