"""Values as they stand in files, made into the types of the standard."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ..layout import FILE, GEOMETRY, ROW, Field, Table
from ..package import Problem

_NUMBER = r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$"
_DAY = re.compile(r"^(\d{4})\s*[-/.年]?\s*(\d{1,2})\s*[-/.月]?\s*(\d{1,2})\s*日?(?:[T ].*)?$")
_EXPECTED = {
    "Int": ("整数", "a whole number"),
    "Float": ("数字", "a number"),
    "Date": ("日期", "a date"),
    "Char": ("完整的文本编码", "a code in full"),
}
# Beyond this a spreadsheet has rounded a number and its last digits are lost.
_EXACT = 2**53


def canonical(
    table: Table,
    columns: Mapping[str, pa.Array | pa.ChunkedArray | Sequence[Any]],
    rows: int,
    *,
    file: str,
    geometry: pa.Array | None = None,
) -> tuple[pa.Table, list[Problem]]:
    """The columns of a file as `Table.schema` has them.

    Columns are found by name or by their Chinese title, in any order and case; others are left
    out. Mandatory ones that are not there, and values that cannot be read, become problems; such
    values are null.
    """
    known = {_plain(name): values for name, values in columns.items()}
    problems: list[Problem] = []
    result: dict[str, pa.Array | pa.ChunkedArray] = {}
    for field in table:
        values = known.get(field.name)
        if values is None:
            values = known.get(_plain(field.title))
        if values is None:
            if field.condition == "M":
                problems.append(
                    Problem("field.missing", file=file, table=table.name, field=field.name)
                )
            result[field.name] = pa.nulls(rows, field.arrow)
            continue
        typed, bad = _typed(field, _array(values, field))
        result[field.name] = typed
        problems += [
            Problem(
                "field.unreadable",
                file=file,
                table=table.name,
                row=row + 1,
                field=field.name,
                value=value,
                details={
                    "expected_zh": _EXPECTED[field.kind][0],
                    "expected_en": _EXPECTED[field.kind][1],
                },
            )
            for row, value in bad
        ]
    if table.is_layer:
        result[GEOMETRY] = pa.nulls(rows, pa.binary()) if geometry is None else geometry
    result[FILE] = pa.repeat(pa.scalar(file, pa.string()), rows)
    result[ROW] = pa.array(np.arange(1, rows + 1, dtype=np.int32))
    return pa.table(result, schema=table.schema), _keyed(table, problems, result)


def _keyed(
    table: Table, problems: list[Problem], columns: Mapping[str, pa.Array | pa.ChunkedArray]
) -> list[Problem]:
    """The problems with the key of their row, where it has one."""
    keyed = []
    for problem in problems:
        key = columns[table.key[0]][problem.row - 1].as_py() if problem.row else None
        keyed.append(replace(problem, key="" if key is None else str(key)))
    return keyed


def _plain(name: str) -> str:
    return re.sub(r"[\s（）()]", "", name).upper()


def _array(values: pa.Array | pa.ChunkedArray | Sequence[Any], field: Field) -> pa.Array:
    """One array; cells of a spreadsheet become text first, each as it was meant."""
    if isinstance(values, pa.ChunkedArray):
        return pa.concat_arrays(values.chunks) if values.num_chunks else pa.array([], values.type)
    if isinstance(values, pa.Array):
        return values
    return pa.array([_cell(value, field) for value in values], pa.string())


def _cell(value: Any, field: Field) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "1" if value else "2"
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d") if field.kind == "Date" else value.strftime("%Y%m%d")
    if isinstance(value, float) and value.is_integer() and field.kind in {"Char", "Date", "Int"}:
        # Not exact any more: shown with an exponent, so that it cannot pass for a code.
        return str(int(value)) if abs(value) < _EXACT else f"{value:.15e}"
    return str(value)


def _typed(field: Field, values: pa.Array) -> tuple[pa.Array, list[tuple[int, str]]]:
    """The values in the field's type, and (row, value) of those that cannot be."""
    if values.type == field.arrow and field.kind != "Char":
        return values, []
    if field.kind == "Char":
        return _text(field, values)
    if field.kind in {"Int", "Float"} and (
        pa.types.is_integer(values.type) or pa.types.is_floating(values.type)
    ):
        if field.kind == "Float":
            return values.cast(pa.float64()), []
        return pc.cast(pc.round(values.cast(pa.float64())), pa.int64()), []
    if field.kind == "Date" and pa.types.is_temporal(values.type):
        return values.cast(pa.date32(), safe=False), []
    texts = _trimmed(values.cast(pa.string()))
    if field.kind == "Date":
        return _days(texts)
    if field.kind == "Varbin":
        return pa.nulls(len(values), pa.binary()), []
    sound = pc.fill_null(pc.match_substring_regex(texts, _NUMBER), False)
    numbers = pc.if_else(sound, texts, pa.scalar(None, pa.string())).cast(pa.float64())
    bad = _listed(texts, pc.and_(pc.is_valid(texts), pc.invert(sound)))
    if field.kind == "Float":
        return numbers, bad
    whole = pc.equal(pc.round(numbers), numbers)
    bad += _listed(texts, pc.fill_null(pc.invert(whole), False))
    return pc.if_else(whole, numbers, None).cast(pa.int64()), bad


def _text(field: Field, values: pa.Array) -> tuple[pa.Array, list[tuple[int, str]]]:
    if pa.types.is_floating(values.type):
        values = pa.array([_cell(value, field) for value in values.to_pylist()], pa.string())
    elif pa.types.is_temporal(values.type):
        values = pc.strftime(values.cast(pa.timestamp("s")), "%Y%m%d")
    texts = _trimmed(values.cast(pa.string()))
    # A code of 18 or 19 digits that a spreadsheet kept as a rounded number.
    rounded = pc.fill_null(pc.match_substring_regex(texts, r"^\d\.\d+[eE]\+\d+$"), False)
    if (field.length or 0) >= 14 and pc.any(rounded).as_py():
        bad = _listed(texts, rounded)
        return pc.if_else(rounded, pa.scalar(None, pa.string()), texts), bad
    return texts, []


def _trimmed(texts: pa.Array) -> pa.Array:
    trimmed = pc.utf8_trim_whitespace(texts)
    return pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, pa.string()), trimmed)


def _days(texts: pa.Array) -> tuple[pa.Array, list[tuple[int, str]]]:
    encoded = texts.dictionary_encode()
    days = pa.array([_day(text) for text in encoded.dictionary.to_pylist()], pa.date32())
    read = days.take(encoded.indices)
    return read, _listed(texts, pc.and_(pc.is_valid(texts), pc.is_null(read)))


def _day(text: str) -> date | None:
    match = _DAY.match(text)
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def _listed(texts: pa.Array, where: pa.Array) -> list[tuple[int, str]]:
    rows = np.flatnonzero(pc.fill_null(where, False).to_numpy(zero_copy_only=False))
    return [(int(row), texts[int(row)].as_py() or "") for row in rows]
