"""What a package would change: new, changed, gone and unchanged rows per table."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from .layout import GEOMETRY, KEYS, national_tables
from .package import Package

# Degrees to which two positions are the same: a millimetre on the ground.
_SAME_DEGREES = 1e-8


@dataclass(frozen=True)
class TableDifference:
    """Keys of one table's rows by what would happen to them; a key's parts are joined by "|"."""

    new: list[str]
    changed: list[str]
    gone: list[str]
    unchanged: int


def row_keys(national: str, rows: pa.Table) -> pa.Array:
    """The key of every row: the fields of `layout.KEYS` as text, joined by "|"."""
    parts = [pc.fill_null(pc.cast(rows[name], pa.string()), "") for name in KEYS[national]]
    keys = parts[0] if len(parts) == 1 else pc.binary_join_element_wise(*parts, "|")
    if isinstance(keys, pa.ChunkedArray):
        keys = pa.concat_arrays(keys.chunks) if keys.num_chunks else pa.array([], pa.string())
    return keys


def all_new(package: Package) -> Mapping[str, TableDifference]:
    """The differences from an empty register."""
    return {
        name: TableDifference(row_keys(name, rows).to_pylist(), [], [], 0)
        for name, rows in package.tables.items()
    }


def compare(old: Package, new: Package) -> Mapping[str, TableDifference]:
    """What has to happen to `old` so that it says what `new` says, per national table.

    Rows are the same by `layout.KEYS`. A row has changed if any national field differs (a null
    and an empty text are the same) or its geometry moved by more than a millimetre.
    """
    return {
        name: _compare_tables(name, old.tables[name], new.tables[name])
        for name in national_tables()
    }


def _compare_tables(name: str, old: pa.Table, new: pa.Table) -> TableDifference:
    old_keys, new_keys = row_keys(name, old), row_keys(name, new)
    position = pc.index_in(new_keys, value_set=old_keys)
    is_new = pc.is_null(position)
    is_gone = pc.invert(pc.is_in(old_keys, value_set=new_keys))
    both = pc.invert(is_new)
    before = old.take(position.filter(both))
    after = new.filter(both)
    differs = np.zeros(after.num_rows, dtype=bool)
    for field in national_tables()[name]:
        differs |= _differs(before[field.name], after[field.name])
    if national_tables()[name].is_layer and after.num_rows:
        differs |= _moved(before[GEOMETRY], after[GEOMETRY])
    changed = new_keys.filter(both).filter(pa.array(differs))
    return TableDifference(
        new=new_keys.filter(is_new).to_pylist(),
        changed=changed.to_pylist(),
        gone=old_keys.filter(is_gone).to_pylist(),
        unchanged=int((~differs).sum()),
    )


def _differs(before: pa.ChunkedArray, after: pa.ChunkedArray) -> np.ndarray:
    if pa.types.is_string(before.type):
        before, after = pc.fill_null(before, ""), pc.fill_null(after, "")
    different = pc.fill_null(pc.not_equal(before, after), False)
    one_null = pc.xor(pc.is_null(before), pc.is_null(after))
    result: np.ndarray = pc.or_(different, one_null).to_numpy()
    return result


def _moved(before: pa.ChunkedArray, after: pa.ChunkedArray) -> np.ndarray:
    """Which geometries are not the same, to `_SAME_DEGREES`; byte-equal ones are not decoded."""
    moved = _differs(before, after)
    candidates = np.flatnonzero(moved)
    if candidates.size:
        old, new = (_shapes(side.take(candidates)) for side in (before, after))
        moved[candidates] = ~shapely.equals_exact(old, new, tolerance=_SAME_DEGREES, normalize=True)
    return moved


def _shapes(values: pa.ChunkedArray) -> np.ndarray:
    """The geometries; a multipart one with a single part is that part, as files write it."""
    shapes: np.ndarray = shapely.from_wkb(values.to_numpy(), on_invalid="ignore")
    single = (shapely.get_type_id(shapes) > 3) & (shapely.get_num_geometries(shapes) == 1)
    shapes[single] = shapely.get_geometry(shapes[single], 0)
    return shapes
