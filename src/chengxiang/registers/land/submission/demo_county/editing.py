"""Changes single cells, rows and shapes of a package; everything else stays as it is."""

from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import shapely

from ..layout import FILE, GEOMETRY, ROW
from ..package import Package
from .columns import PLANE_GEOMETRY, file_name
from .territory import project


class Editing:
    """Changes to a package, kept until `done`; rows are counted from 0."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self._cells: dict[tuple[str, str], dict[int, Any]] = {}
        self._added: dict[str, list[dict[str, Any]]] = {}
        self._dropped: dict[str, set[int]] = {}

    def get(self, table: str, row: int, field: str) -> Any:
        """The value as it was submitted."""
        return self.package.tables[table][field][row].as_py()

    def set(self, table: str, row: int, field: str, value: Any) -> None:
        self._cells.setdefault((table, field), {})[row] = value

    def copy(self, table: str, row: int, **changes: Any) -> None:
        """A further row like that one, with some values of its own."""
        added = self.package.tables[table].slice(row, 1).to_pylist()[0] | changes
        self._added.setdefault(table, []).append(added)

    def add(self, table: str, **values: Any) -> None:
        """A further row with these values."""
        empty = dict.fromkeys(self.package.tables[table].column_names)
        self._added.setdefault(table, []).append({**empty, **values})

    def drop(self, table: str, row: int) -> None:
        self._dropped.setdefault(table, set()).add(row)

    def shape(self, row: int, plane: Any) -> None:
        """Another shape for a parcel, given in the package's plane (None for none at all)."""
        geographic = None
        if plane is not None:
            epsg = int(self.package.crs.split(":")[1])
            geographic = shapely.to_wkb(project(np.array([plane]), epsg, 4490)[0])
        self.set("DK", row, PLANE_GEOMETRY, None if plane is None else shapely.to_wkb(plane))
        self.set("DK", row, GEOMETRY, geographic)

    def plane(self, row: int) -> Any:
        """A parcel's shape in the package's plane."""
        return shapely.from_wkb(self.package.tables["DK"][PLANE_GEOMETRY][row].as_py())

    def done(self) -> Package:
        """The package with all changes in it; rows are numbered anew."""
        tables = dict(self.package.tables)
        for (name, field), cells in self._cells.items():
            table = tables[name]
            values = table[field].to_pylist()
            for row, value in cells.items():
                values[row] = value
            at = table.schema.get_field_index(field)
            tables[name] = table.set_column(
                at, field, pa.array(values, table.schema.field(at).type)
            )
        for name in {*self._added, *self._dropped}:
            table = tables[name]
            keep = np.ones(table.num_rows, dtype=bool)
            keep[list(self._dropped.get(name, ()))] = False
            parts = [table.filter(pa.array(keep))]
            if name in self._added:
                parts.append(pa.Table.from_pylist(self._added[name], table.schema))
            table = pa.concat_tables(parts)
            file = file_name(self.package.county_code, name)
            numbers = np.arange(1, table.num_rows + 1, dtype=np.int32)
            at = table.schema.get_field_index(ROW)
            table = table.set_column(at, ROW, pa.array(numbers))
            at = table.schema.get_field_index(FILE)
            tables[name] = table.set_column(
                at, FILE, pa.repeat(pa.scalar(file, pa.string()), table.num_rows)
            )
        return replace(self.package, tables=tables)
