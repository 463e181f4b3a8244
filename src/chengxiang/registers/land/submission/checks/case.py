"""A package under examination: its columns, sound codes, and how rows become problems."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from chengxiang.codes import land

from ..layout import FILE, KEYS, LAYERS, ROW
from ..package import Package, Problem
from .reference import Reference

# Which kind of code (chengxiang.codes.land) the fields of that name hold.
FORMS: Mapping[str, str] = {
    "FBFBM": "issuing_party",
    "CBFBM": "contractor",
    "DKBM": "parcel",
    "CBHTBM": "contract",
    "CBJYQZBM": "certificate",
    "LZHTBM": "circulation",
    "SRFBM": "contractor",
    "XZQDM": "county",
    "XJQYDM": "township",
    "CJQYDM": "village",
    "ZJQYDM": "group",
}
# The table whose rows the codes of a field name.
HOMES: Mapping[str, str] = {
    "FBFBM": "FBF",
    "CBFBM": "CBF",
    "DKBM": "DK",
    "CBHTBM": "CBHT",
    "CBJYQZBM": "CBJYQZDJB",
    "LZHTBM": "LZHT",
}
# Tables before layers: a missing row is told where a clerk looks first.
ORDER = (
    "FBF", "CBF", "CBF_JTCY", "DK", "CBDKXX", "CBHT", "CBJYQZDJB", "CBJYQZ", "LZHT",
    "CBJYQZ_QZBF", "CBJYQZ_QZHF", "CBJYQZ_QZZX", "QSLYZLFJ",
    *(layer for layer in LAYERS if layer != "DK"),
)  # fmt: skip
# Boundary points and lines name all parcels they bound, joined by strokes.
LISTS = frozenset({("JZD", "DKBM"), ("JZX", "DKBM")})

Details = Callable[[int], Mapping[str, str]]


class Case:
    """The package, what is known besides, and what several checks need, worked out once."""

    def __init__(self, package: Package, reference: Reference) -> None:
        self.package = package
        self.reference = reference
        self.thresholds = reference.thresholds
        self._columns: dict[tuple[str, str], pa.Array] = {}
        self._sound: dict[tuple[str, str], NDArray[np.bool_]] = {}
        # 18-digit contractors whose contracts cannot be added up because a row names the wrong one.
        self.uncertain_contractors: set[str] = set()
        # Rows of a table whose codes contradict each other: told once, not followed any further.
        self.contradictory: dict[str, NDArray[np.bool_]] = {}

    def rows(self, table: str) -> int:
        return self.package.tables[table].num_rows

    def has(self, table: str, field: str) -> bool:
        """Whether the files have that column and any row in it."""
        return self.rows(table) > 0 and (table, field) not in self.package.absent_fields

    def column(self, table: str, field: str) -> pa.Array:
        """One column as one array."""
        if (table, field) not in self._columns:
            chunked = self.package.tables[table].column(field)
            column = chunked.combine_chunks()
            if isinstance(column, pa.ChunkedArray):
                column = (
                    pa.concat_arrays(column.chunks)
                    if column.num_chunks
                    else pa.array([], chunked.type)
                )
            self._columns[table, field] = column
        return self._columns[table, field]

    def numbers(self, table: str, field: str) -> NDArray[np.float64]:
        """A numeric column as floats, NaN where empty."""
        column = self.column(table, field).cast(pa.float64())
        return pc.fill_null(column, float("nan")).to_numpy(zero_copy_only=False)

    def days(self, table: str, field: str) -> NDArray[np.datetime64]:
        """A column of dates as datetime64[D], NaT where empty; comparisons with NaT are False."""
        return self.column(table, field).to_numpy(zero_copy_only=False).astype("datetime64[D]")

    def sound(self, table: str, field: str) -> NDArray[np.bool_]:
        """Where the code of that field is well formed and, in its county's register, its own."""
        if (table, field) not in self._sound:
            column = self.column(table, field)
            good = land.well_formed(FORMS[field], column)
            if field in HOMES and self.package.county_code:
                good &= truth(pc.starts_with(column, self.package.county_code))
            self._sound[table, field] = good
        return self._sound[table, field].copy()

    def codes(self, table: str, field: str) -> tuple[pa.Array, NDArray[np.intp]]:
        """The codes a field names and the row each stands in; a list of codes is taken apart."""
        column = self.column(table, field)
        rows = np.arange(len(column))
        if (table, field) in LISTS and pc.any(pc.match_substring(column, "/")).as_py():
            parts = pc.split_pattern(column, "/")
            return pc.list_flatten(parts), pc.list_parent_indices(parts).to_numpy()
        return column, rows

    @cached_property
    def home_codes(self) -> Mapping[str, pa.Array]:
        """Sound codes of each kind that have a row of their own, by the name of the field."""
        return {
            field: self.column(home, field).filter(pa.array(self.sound(home, field)))
            for field, home in HOMES.items()
        }

    def problems(
        self,
        code: str,
        table: str,
        which: NDArray[Any],
        field: str,
        *,
        key_field: str = "",
        value: Callable[[int], str] | None = None,
        details: Details | None = None,
    ) -> list[Problem]:
        """One problem for each row that `which` (a mask or row numbers) points at."""
        rows = np.flatnonzero(which) if which.dtype == np.bool_ else which
        if not len(rows):
            return []
        key_field = key_field or KEYS[table][0]
        source = self.package.tables[table]
        take = pa.array(rows)
        files = source.column(FILE).take(take).to_pylist()
        numbers = source.column(ROW).take(take).to_pylist()
        keys = source.column(key_field).take(take).to_pylist()
        has_value = field in source.column_names and value is None
        values = source.column(field).take(take).to_pylist() if has_value else [None] * len(rows)
        return [
            Problem(
                code=code,
                file=file or "",
                table=table,
                row=number,
                key=text(key),
                field=field,
                value=value(int(row)) if value else text(stated),
                details=details(int(row)) if details else {},
            )
            for row, file, number, key, stated in zip(
                rows, files, numbers, keys, values, strict=True
            )
        ]


def text(value: object) -> str:
    """A value as the problems quote it: dates as 2024-05-01, numbers without exponents."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.2f}"
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def truth(condition: pa.Array) -> NDArray[np.bool_]:
    """An Arrow truth column as NumPy, null as False."""
    return pc.fill_null(condition, False).to_numpy(zero_copy_only=False)  # type: ignore[no-any-return]


def given(column: pa.Array) -> NDArray[np.bool_]:
    """Where a text is neither null nor blank."""
    filled = truth(pc.greater(pc.binary_length(column), 0))
    blank = truth(pc.or_(pc.starts_with(column, " "), pc.starts_with(column, "\u3000")))
    if blank.any():
        rows = np.flatnonzero(blank)
        bare = pc.utf8_trim_whitespace(column.take(pa.array(rows)))
        filled[rows] = truth(pc.greater(pc.binary_length(bare), 0))
    return filled


def prefix(column: pa.Array, width: int) -> pa.Array:
    """The first characters of every code (codes are ASCII)."""
    return pc.utf8_slice_codeunits(column, 0, width)


def within(column: pa.Array, known: pa.Array) -> NDArray[np.bool_]:
    """Where a value is among the known ones; null is not."""
    return truth(pc.is_in(column, value_set=known, skip_nulls=True))


def found_at(column: pa.Array, known: pa.Array) -> NDArray[np.int64]:
    """The place of each value among the known ones, -1 where it is not."""
    places = pc.index_in(column, value_set=known, skip_nulls=True)
    return pc.fill_null(places, -1).to_numpy(zero_copy_only=False).astype(np.int64)


def repeated(*columns: pa.Array) -> NDArray[np.bool_]:
    """Where a row repeats the key of an earlier row; keys with a null in them never do."""
    if len(columns) == 1:
        key = columns[0]
    else:
        parts = [column.cast(pa.string()) for column in columns]
        key = pc.binary_join_element_wise(*parts, "\x1f")
    coded = key.dictionary_encode()
    if len(coded.dictionary) + key.null_count == len(key):
        return np.zeros(len(key), dtype=np.bool_)
    # The dictionary is in order of appearance: a key seen first is greater than all before it.
    numbers = pc.fill_null(coded.indices, -1).to_numpy(zero_copy_only=False).astype(np.int64)
    before = np.concatenate([[-1], np.maximum.accumulate(numbers)[:-1]])
    return (numbers >= 0) & (numbers <= before)


def first_of_each(values: pa.Array, seen: Iterable[str] = ()) -> dict[str, int]:
    """For every distinct value, except those in `seen`, the place where it stands first."""
    told = set(seen)
    places: dict[str, int] = {}
    for place, value in enumerate(values.to_pylist()):
        if value is not None and value not in told:
            told.add(value)
            places[value] = place
    return places
