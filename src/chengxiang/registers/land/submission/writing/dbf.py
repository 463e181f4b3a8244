"""Writes dBase tables in GBK with the field widths of the ministry's template."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa

from ..layout import Table

_GBK = 0x4D  # language driver byte


@dataclass(frozen=True)
class DbfField:
    """One column: name, dBase type, width in bytes, decimals."""

    name: str
    kind: str
    width: int
    decimals: int


def dbf_fields(table: Table) -> list[DbfField]:
    """The columns of a layer as the template has them.

    Widths are the standard's, but one more for decimal numbers (the template's own habit), and
    wide enough for eastings with their zone number, which Float(10,3) cannot hold.
    """
    fields = []
    for field in table:
        if field.kind == "Int":
            fields.append(DbfField(field.name, "N", field.length or 10, 0))
        elif field.kind == "Float":
            width = max((field.length or 15) + 1, 10 + (field.decimals or 0))
            fields.append(DbfField(field.name, "N", width, field.decimals or 0))
        elif field.kind == "Date":
            fields.append(DbfField(field.name, "D", 8, 0))
        else:
            fields.append(DbfField(field.name, "C", min(field.length or 254, 254), 0))
    return fields


def write_dbf(path: Path, table: Table, rows: pa.Table) -> None:
    """Writes the national fields of the rows; `.cpg` and language byte say GBK.

    Raises ValueError, naming field and value, where a value does not fit its column: nothing is
    cut off silently.
    """
    fields = dbf_fields(table)
    parts = [np.full((rows.num_rows, 1), ord(" "), np.uint8)]
    for field in fields:
        column = pa.concat_arrays(rows[field.name].chunks) if rows.num_rows else None
        parts.append(_bytes(field, column, rows.num_rows))
    records = np.ascontiguousarray(np.hstack(parts))
    width = 1 + sum(field.width for field in fields)
    header = bytearray(32)
    # The day of writing is left at a fixed date: the same rows give the same file.
    header[0:4] = bytes([0x03, 100, 1, 1])
    header[4:8] = rows.num_rows.to_bytes(4, "little")
    header[8:10] = (32 + 32 * len(fields) + 1).to_bytes(2, "little")
    header[10:12] = width.to_bytes(2, "little")
    header[29] = _GBK
    for field in fields:
        descriptor = bytearray(32)
        descriptor[0 : len(field.name)] = field.name.encode("ascii")
        descriptor[11] = ord(field.kind)
        descriptor[16], descriptor[17] = field.width, field.decimals
        header += descriptor
    header += b"\x0d"
    path.write_bytes(bytes(header) + records.tobytes() + b"\x1a")
    path.with_suffix(".cpg").write_text("GBK")


def _bytes(field: DbfField, column: pa.Array | None, rows: int) -> np.ndarray:
    if column is None or rows == 0:
        return np.zeros((rows, field.width), np.uint8)
    encoded = column.dictionary_encode(null_encoding="encode")
    distinct = [_cell(field, value) for value in encoded.dictionary.to_pylist()]
    block = np.frombuffer(b"".join(distinct), np.uint8).reshape(len(distinct), field.width)
    result: np.ndarray = block[encoded.indices.to_numpy()]
    return result


def _cell(field: DbfField, value: object) -> bytes:
    if value is None:
        text = b""
    elif field.kind == "C":
        # GB18030 writes what GBK knows as GBK does, and has room for rare names.
        return _fits(field, str(value).encode("gb18030"), value).ljust(field.width)
    elif isinstance(value, date):
        text = value.strftime("%Y%m%d").encode()
    else:
        text = f"{value:.{field.decimals}f}".encode()
    return _fits(field, text, value).rjust(field.width)


def _fits(field: DbfField, data: bytes, value: object) -> bytes:
    if len(data) > field.width:
        raise ValueError(f"{field.name}: “{value}” needs {len(data)} of {field.width} bytes")
    return data
