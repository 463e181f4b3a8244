"""Many rows at once into PostgreSQL: Arrow columns through COPY."""

import io

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
from django.db import connection

_HEX = np.array([f"{byte:02x}" for byte in range(256)], dtype="S2")
_ROWS_AT_ONCE = 50_000


def copy_rows(table: str, rows: pa.Table) -> None:
    """Appends the rows to a table (or temporary table), columns matched by name.

    Binary columns go as `bytea`. Runs inside the caller's transaction.
    """
    quoted = ", ".join(f'"{name}"' for name in rows.column_names)
    options = pyarrow.csv.WriteOptions(include_header=False)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({quoted}) FROM STDIN (FORMAT csv)") as copy,
    ):
        for start in range(0, rows.num_rows, _ROWS_AT_ONCE):
            part = rows.slice(start, _ROWS_AT_ONCE)
            for index, column in enumerate(part.schema):
                if pa.types.is_binary(column.type) or pa.types.is_large_binary(column.type):
                    part = part.set_column(index, column.name, bytea(part[column.name]))
            buffer = io.BytesIO()
            pyarrow.csv.write_csv(part, buffer, options)
            copy.write(buffer.getbuffer())


def bytea(values: pa.ChunkedArray) -> pa.Array:
    r"""Binary values in PostgreSQL's text form `\x…`, all rows at once."""
    array = values.combine_chunks()
    if isinstance(array, pa.ChunkedArray):
        array = pa.concat_arrays(array.chunks) if array.num_chunks else pa.array([], values.type)
    lengths = pc.fill_null(pc.binary_length(array), 0).to_numpy(zero_copy_only=False)
    data = b"".join(value for value in array.drop_null().to_pylist())
    text = _HEX[np.frombuffer(data, dtype=np.uint8)].tobytes()
    offsets = np.concatenate([[0], np.cumsum(lengths.astype(np.int64) * 2)])
    hexadecimal = pa.LargeStringArray.from_buffers(
        len(array), pa.py_buffer(offsets), pa.py_buffer(text)
    )
    joined = pc.binary_join_element_wise(
        pa.scalar("\\x", pa.large_string()), hexadecimal, pa.scalar("", pa.large_string())
    )
    return pc.if_else(pc.is_valid(array), joined, pa.scalar(None, pa.large_string()))


def take_ids(sequence_of: str, count: int, column: str = "id") -> pa.Array:
    """`count` fresh primary keys of a table, never given to anyone else."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [sequence_of, column, count],
        )
        return pa.array([row[0] for row in cursor.fetchall()], pa.int64())
