"""Reads dBase tables byte by byte: the truth about their encoding is in the bytes, not the header."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

# Language driver bytes and .cpg words and the encodings they stand for.
_DRIVERS = {0x4D: "GBK", 0x78: "BIG5", 0x57: "ISO-8859-1", 0x03: "ISO-8859-1", 0x01: "CP437"}
_CHINESE = {"GBK", "GB2312", "GB18030", "936", "CP936", "EUC-CN", "ANSI 936", "OEM 936"}
_UNICODE = {"UTF-8", "UTF8", "65001"}


@dataclass(frozen=True)
class Dbf:
    """The live records of a dBase file, every value as text, null where blank."""

    columns: dict[str, pa.Array]
    declared: str  # encoding the .cpg or the header names, empty if neither does
    found: str  # "UTF-8", "GBK" or "ASCII": what the bytes are


def read_dbf(path: Path, cpg: Path | None) -> Dbf:
    """All records not marked as deleted. Raises ValueError if the file is no dBase table."""
    data = np.memmap(path, dtype=np.uint8, mode="r")
    if data.size < 33:
        raise ValueError("not a dBase table")
    header = bytes(data[:32])
    count = int.from_bytes(header[4:8], "little")
    first, length = (int.from_bytes(header[i : i + 2], "little") for i in (8, 10))
    if length == 0 or first < 33 or first > data.size:
        raise ValueError("not a dBase table")
    fields = _fields(bytes(data[32:first]))
    # A header may promise more records than a cut-off file has.
    count = min(count, (data.size - first) // length)
    records = data[first : first + count * length].reshape(count, length)
    records = records[records[:, 0] != ord("*")]
    raw = {
        name: np.ascontiguousarray(records[:, start : start + width]).view(f"S{width}").ravel()
        for name, start, width in fields
    }
    plain = {
        name: not (records[:, start : start + width] > 127).any() for name, start, width in fields
    }
    found = _encoding([raw[name] for name in raw if not plain[name]])
    codec = "utf-8" if found == "UTF-8" else "gb18030"
    columns = {
        name: _ascii(values) if plain[name] else _decoded(values, codec)
        for name, values in raw.items()
    }
    return Dbf(columns, _declared(cpg, header[29]), found)


def _fields(descriptors: bytes) -> list[tuple[str, int, int]]:
    fields, start = [], 1
    for offset in range(0, len(descriptors) - 31, 32):
        descriptor = descriptors[offset : offset + 32]
        if descriptor[0] == 0x0D:
            break
        name = descriptor[:11].split(b"\0")[0].decode("ascii", errors="replace").strip().upper()
        width = descriptor[16]
        fields.append((name, start, width))
        start += width
    return fields


def _binary(values: np.ndarray) -> pa.Array:
    """One array: of wide columns Arrow makes several."""
    array = pa.array(values, pa.binary())
    return pa.concat_arrays(array.chunks) if isinstance(array, pa.ChunkedArray) else array


def _ascii(values: np.ndarray) -> pa.Array:
    text = _binary(values).cast(pa.string())
    return _blank_to_null(pc.ascii_trim(text, " \0\t\r\n"))


def _decoded(values: np.ndarray, codec: str) -> pa.Array:
    encoded = _binary(values).dictionary_encode()
    texts = [
        # A value cut off in the middle of a character loses only that character.
        value.decode(codec, errors="ignore").strip(" \0\t\r\n\u3000")
        for value in encoded.dictionary.to_pylist()
    ]
    return _blank_to_null(pa.array(texts, pa.string()).take(encoded.indices))


def _blank_to_null(texts: pa.Array) -> pa.Array:
    return pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)


def _encoding(columns: list[np.ndarray]) -> str:
    """UTF-8 if (nearly) everything decodes as such, else GBK; ASCII if there is nothing to tell."""
    distinct = {value for column in columns for value in np.unique(column).tolist()}
    foreign = [value for value in distinct if not value.isascii()]
    if not foreign:
        return "ASCII"
    bad = {
        codec: sum(not _decodes(value, codec) for value in foreign)
        for codec in ("utf-8", "gb18030")
    }
    return "UTF-8" if bad["utf-8"] <= bad["gb18030"] else "GBK"


def _decodes(value: bytes, codec: str) -> bool:
    for cut in range(4):  # up to three bytes of a character that was cut off
        try:
            value[: len(value) - cut].decode(codec)
        except UnicodeDecodeError:
            continue
        return True
    return False


def _declared(cpg: Path | None, driver: int) -> str:
    word = _DRIVERS.get(driver, "")
    if cpg is not None:
        word = cpg.read_text("ascii", errors="replace").strip().strip("\ufeff").upper() or word
    if word in _CHINESE:
        return "GBK"
    return "UTF-8" if word in _UNICODE else word
