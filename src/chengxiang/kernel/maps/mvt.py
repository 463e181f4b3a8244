"""Writes Mapbox Vector Tiles 2.1: whole columns at once, no loop over features.

A feature of the format is a run of base-128 integers from its first byte to its last. So all
features of a layer become one array of integers, turned into bytes in one pass.
A tile is its layers' bytes one after the other. Source: Vector Tile Specification 2.1, 4.
"""

import struct
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from chengxiang.kernel.maps.rings import Ints, Rings
from chengxiang.kernel.maps.tiles import EXTENT

Value = str | int | float | bool | None
Columns = Mapping[str, Sequence[Value]]

_MOVE_TO, _CLOSE = 1 << 3 | 1, 7 | 1 << 3
_FEATURE, _TAGS, _TYPE, _GEOMETRY = 0x12, 0x12, 0x18, 0x22  # field number << 3 | wire type
_POINT, _POLYGON = 1, 3


def polygon_layer(name: str, shapes: Rings, columns: Columns) -> bytes:
    """A layer of polygons; row i of every column belongs to owner i. Rows without rings go."""
    points, sizes, owner = shapes
    rows, feature = np.unique(owner, return_inverse=True)
    if not len(rows):
        return b""
    point_feature = np.repeat(feature, sizes)
    moves = np.diff(points, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
    # The pen starts each feature at the corner; closing a ring does not move it.
    starts = np.flatnonzero(np.r_[True, point_feature[1:] != point_feature[:-1]])
    moves[starts] = points[starts]
    zigzag = (moves << 1) ^ (moves >> 63)
    ring_ints = 2 * sizes + 3  # move, x, y, line, (x, y)…, close
    ring_at = np.cumsum(ring_ints) - ring_ints
    commands = np.empty(int(ring_ints.sum()), dtype=np.int64)
    commands[ring_at] = _MOVE_TO
    commands[ring_at + 3] = (sizes - 1) << 3 | 2
    commands[ring_at + ring_ints - 1] = _CLOSE
    within = np.arange(len(points)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    at = np.repeat(ring_at, sizes) + np.where(within == 0, 1, 2 + 2 * within)
    commands[at], commands[at + 1] = zigzag[:, 0], zigzag[:, 1]
    lengths = np.bincount(feature, weights=ring_ints).astype(np.int64)
    return _layer(name, _POLYGON, commands, lengths, rows, columns)


def point_layer(name: str, points: Ints, columns: Columns) -> bytes:
    """A layer of points (n, 2) in tile coordinates; row i of every column belongs to point i."""
    if not len(points):
        return b""
    commands = np.column_stack([np.full(len(points), _MOVE_TO), (points << 1) ^ (points >> 63)])
    lengths = np.full(len(points), 3)
    return _layer(name, _POINT, commands.ravel(), lengths, np.arange(len(points)), columns)


def _layer(
    name: str, kind: int, commands: Ints, lengths: Ints, rows: Ints, columns: Columns
) -> bytes:
    """`lengths[i]` of the commands draw the feature that has the columns' row `rows[i]`."""
    tags, tag_lengths, values = _tags(columns, rows)
    widths = _widths(commands)
    geometry_bytes = _sums(widths, lengths)
    tag_bytes = _sums(_widths(tags), tag_lengths)
    content = 4 + _widths(tag_bytes) + tag_bytes + _widths(geometry_bytes) + geometry_bytes
    ints = 8 + tag_lengths + lengths
    at = np.cumsum(ints) - ints
    stream = np.empty(int(ints.sum()), dtype=np.int64)
    stream[at], stream[at + 1] = _FEATURE, content
    stream[at + 2], stream[at + 3] = _TAGS, tag_bytes
    _fill(stream, at + 4, tag_lengths, tags)
    after = at + 4 + tag_lengths
    stream[after], stream[after + 1] = _TYPE, kind
    stream[after + 2], stream[after + 3] = _GEOMETRY, geometry_bytes
    _fill(stream, after + 4, lengths, commands)
    body = b"".join(
        [
            b"\x78\x02",  # version 2
            _bytes_field(1, name.encode()),
            varints(stream),
            *(_bytes_field(3, key.encode()) for key in columns),
            *(_bytes_field(4, value) for value in values),
            b"\x28" + _varint(EXTENT),
        ]
    )
    return _bytes_field(3, body)


def _tags(columns: Columns, rows: Ints) -> tuple[Ints, Ints, list[bytes]]:
    """Key and value numbers of every feature in turn, how many each has, and the values."""
    values: list[bytes] = []
    pairs = np.empty((len(rows), len(columns), 2), dtype=np.int64)
    for key, column in enumerate(columns.values()):
        # The first row of each distinct value stands for it. True and 1 are told apart.
        number: dict[tuple[type, Value], int] = {}
        chosen = [column[row] for row in rows.tolist()]
        pairs[:, key, 0] = key
        pairs[:, key, 1] = [
            -1 if value is None else number.setdefault((type(value), value), len(number))
            for value in chosen
        ]
        pairs[:, key, 1] += np.where(pairs[:, key, 1] < 0, 0, len(values))
        values += [_value(value) for _kind, value in number]
    told = pairs[:, :, 1] >= 0
    return pairs[told].ravel(), 2 * told.sum(axis=1), values


def _value(value: Value) -> bytes:
    match value:
        case bool():
            return b"\x38" + _varint(int(value))
        case int():
            return b"\x30" + _varint((value << 1) ^ (value >> 63))
        case float():
            return b"\x19" + struct.pack("<d", value)
        case _:
            return _bytes_field(1, str(value).encode())


def _sums(widths: Ints, lengths: Ints) -> Ints:
    """Sums of consecutive runs of those lengths."""
    running = np.r_[0, np.cumsum(widths)]
    ends = np.cumsum(lengths)
    return running[ends] - running[ends - lengths]


def _fill(stream: Ints, at: Ints, lengths: Ints, content: Ints) -> None:
    """Puts consecutive runs of `content` into the stream, run i at `at[i]`."""
    offsets = np.cumsum(lengths) - lengths
    stream[np.arange(len(content)) + np.repeat(at - offsets, lengths)] = content


def _widths(values: Ints) -> Ints:
    """Bytes each integer takes, seven bits in a byte."""
    widths = np.ones(len(values), dtype=np.int64)
    highest = int(values.max(initial=0))
    for bits in range(7, highest.bit_length(), 7):
        widths += values >> bits > 0
    return widths


def varints(values: NDArray[np.int64]) -> bytes:
    """Non-negative integers as base-128 bytes, one after the other, the lowest bits first."""
    widths = _widths(values)
    ends = np.cumsum(widths)
    out = np.empty(int(ends[-1]) if len(ends) else 0, dtype=np.uint8)
    at = ends - widths
    left = values
    while len(left):
        more = left > 0x7F
        out[at] = (left & 0x7F) | (more << 7)
        at, left = at[more] + 1, left[more] >> 7
    return out.tobytes()


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def _bytes_field(number: int, content: bytes) -> bytes:
    return bytes([number << 3 | 2]) + _varint(len(content)) + content
