"""Columns of codes of one width as matrices of bytes, so that digits are checked all at once."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

# Anything that holds one text per row: Arrow arrays, NumPy string arrays, lists.
Texts = pa.Array | pa.ChunkedArray | NDArray[Any] | Sequence[str | None]

ZERO, NINE = ord("0"), ord("9")


def as_column(texts: Texts) -> pa.Array:  # type: ignore[valid-type]
    """The texts as one Arrow string array, nulls kept."""
    if isinstance(texts, pa.ChunkedArray):
        texts = texts.combine_chunks()
    if isinstance(texts, pa.Array):
        return texts if pa.types.is_string(texts.type) else texts.cast(pa.string())
    return pa.array(texts, pa.string())


def byte_matrix(column: pa.Array, width: int) -> tuple[NDArray[np.intp], NDArray[np.uint8]]:
    """Which rows are exactly `width` bytes long, and their bytes, shape (rows, width)."""
    lengths = pc.fill_null(pc.binary_length(column), -1).to_numpy(zero_copy_only=False)
    rows = np.flatnonzero(lengths == width)
    chosen = column if len(rows) == len(column) else column.take(pa.array(rows))
    fixed = chosen.cast(pa.binary()).cast(pa.binary(width))
    data = fixed.buffers()[1]
    if data is None or not len(rows):
        return rows, np.zeros((0, width), dtype=np.uint8)
    start = fixed.offset * width
    flat = np.frombuffer(data, dtype=np.uint8)[start : start + len(rows) * width]
    return rows, flat.reshape(len(rows), width)


def digits_only(column: pa.Array, width: int, tail: bytes = b"") -> NDArray[np.bool_]:
    """True where the text is `width` digits, followed by one letter of `tail` if that is given."""
    good = np.zeros(len(column), dtype=np.bool_)
    rows, letters = byte_matrix(column, width + bool(tail))
    body = letters[:, :width]
    fits = ((body >= ZERO) & (body <= NINE)).all(axis=1)
    if tail:
        fits &= np.isin(letters[:, width], np.frombuffer(tail, dtype=np.uint8))
    good[rows] = fits
    return good
