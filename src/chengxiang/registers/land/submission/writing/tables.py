"""Writes the tables of rights as a workbook and as a GeoPackage."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyogrio
import xlsxwriter

from ..layout import TABLES, national_tables
from ..package import Package

# Workbooks end here; larger tables are in the GeoPackage only, and the reader takes them there.
_MOST_ROWS = 1_048_575


# Written into files instead of the time of day, so that the same package gives the same bytes.
_UNDATED = datetime(2000, 1, 1)


def workbook(path: Path) -> xlsxwriter.Workbook:
    """A workbook written row by row, without the day it was made."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    book.set_properties({"created": _UNDATED})
    return book


def write_workbook(package: Package, tables: Mapping[str, pa.Table], path: Path) -> None:
    """One sheet per table, first row the field names; codes and dates as text, areas as numbers."""
    with workbook(path) as book:
        bold = book.add_format({"bold": True})
        for name in TABLES:
            rows = tables[name]
            if rows.num_rows > _MOST_ROWS:
                continue
            sheet = book.add_worksheet(name)
            fields = [field.name for field in national_tables()[name]]
            sheet.write_row(0, 0, fields, bold)
            sheet.freeze_panes(1, 0)
            texts = rows.select(fields)
            for index, column in enumerate(texts.schema):
                if pa.types.is_date(column.type):
                    texts = texts.set_column(index, column.name, compact_days(texts[column.name]))
            values = zip(*(column.to_pylist() for column in texts.columns), strict=True)
            for row, cells in enumerate(values, start=1):
                for column_index, cell in enumerate(cells):
                    if isinstance(cell, str):
                        sheet.write_string(row, column_index, cell)
                    elif cell is not None:
                        sheet.write_number(row, column_index, cell)


def compact_days(days: pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    """Days as the standard writes them: YYYYMMDD."""
    return pc.replace_substring(pc.cast(days, pa.string()), "-", "")


def write_geopackage(package: Package, tables: Mapping[str, pa.Table], path: Path) -> None:
    """Every table of rights as a table without geometry."""
    path.unlink(missing_ok=True)
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": f"{_UNDATED.isoformat()}Z"})
    for name in TABLES:
        rows = tables[name].select([field.name for field in national_tables()[name]])
        pyogrio.write_arrow(rows, path, layer=name, driver="GPKG", append=path.exists())
