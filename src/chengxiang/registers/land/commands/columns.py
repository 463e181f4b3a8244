"""The register's columns made from the national ones, all rows of a table at once."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from chengxiang.registers.land.models.national import CORRESPONDENCES

FAR = date(9999, 12, 30)  # the last day whose next day PostgreSQL and Python both know


@dataclass(frozen=True)
class Index:
    """Primary keys by code."""

    codes: pa.Array
    ids: pa.Array

    def ids_of(self, codes: pa.ChunkedArray | pa.Array) -> pa.ChunkedArray | pa.Array:
        """The keys of these codes, null where a code is not known."""
        return self.ids.take(pc.index_in(codes, value_set=self.codes))

    def extended(self, codes: pa.Array, ids: pa.Array) -> "Index":
        return Index(pa.concat_arrays([self.codes, codes]), pa.concat_arrays([self.ids, ids]))


def same_columns(national: str, rows: pa.Table) -> dict[str, pa.ChunkedArray]:
    """The columns that are kept as they come; null texts become empty, 1 and 2 true and false."""
    correspondence = CORRESPONDENCES[national]
    columns = {}
    for name, column in correspondence.columns.items():
        values = rows[name]
        columns[column] = pc.fill_null(values, "") if pa.types.is_string(values.type) else values
    for name, column in correspondence.flags.items():
        columns[column] = pc.equal(rows[name], "1")
    return columns


def range_text(since: pa.Array | pa.ChunkedArray, until: pa.Array | pa.ChunkedArray) -> pa.Array:
    """PostgreSQL's text of date ranges `[since,until)`; a null end is open."""
    return pc.binary_join_element_wise(
        "[",
        pc.fill_null(pc.cast(since, pa.string()), ""),
        ",",
        pc.fill_null(pc.cast(until, pa.string()), ""),
        ")",
        "",
    )


def term_text(first: pa.ChunkedArray, last: pa.ChunkedArray) -> pa.Array:
    """The range of a term whose last day is still inside."""
    capped = pc.min_element_wise(last, pa.scalar(FAR, pa.date32()), skip_nulls=False)
    day_after = pc.cast(pc.add(pc.cast(capped, pa.int32()), pa.scalar(1, pa.int32())), pa.date32())
    return range_text(first, day_after)


def box_text(bounds: np.ndarray) -> pa.Array:
    """PostgreSQL's text of boxes from an array (n, 4): west, south, east, north."""
    west, south, east, north = (pc.cast(pa.array(bounds[:, i]), pa.string()) for i in range(4))
    return pc.binary_join_element_wise("(", west, ",", south, "),(", east, ",", north, ")", "")


def flat(values: pa.ChunkedArray | pa.Array) -> pa.Array:
    """One array of a column in chunks."""
    if not isinstance(values, pa.ChunkedArray):
        return values
    return pa.concat_arrays(values.chunks) if values.num_chunks else pa.array([], values.type)
