"""The national layout (NY/T 2539): which tables and layers there are, which fields, which codes.

Read from `data/land_tables.csv` and `data/land_codes.csv`, which three independent sources agree on.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import pyarrow as pa

# The layers of the folder 矢量数据 in the order of the standard, and the tables of 权属数据.
LAYERS = (
    "DK", "JZD", "JZX", "KZD", "QYJX", "XJXZQ", "XJQY", "CJQY", "ZJQY", "JBNTBHQ",
    "DZDW", "XZDW", "MZDW", "ZJ",
)  # fmt: skip
TABLES = (
    "FBF", "CBF", "CBF_JTCY", "CBDKXX", "CBHT", "CBJYQZDJB", "CBJYQZ",
    "CBJYQZ_QZBF", "CBJYQZ_QZHF", "CBJYQZ_QZZX", "LZHT", "QSLYZLFJ",
)  # fmt: skip

# What makes a row of a table the same row in another package.
KEYS: Mapping[str, tuple[str, ...]] = {
    "FBF": ("FBFBM",),
    "CBF": ("CBFBM",),
    "CBF_JTCY": ("CBFBM", "CYXM", "CYZJHM"),
    "DK": ("DKBM",),
    "CBDKXX": ("DKBM", "CBFBM"),
    "CBHT": ("CBHTBM",),
    "CBJYQZDJB": ("CBJYQZBM",),
    "CBJYQZ": ("CBJYQZBM",),
    "CBJYQZ_QZBF": ("CBJYQZBM", "BFRQ"),
    "CBJYQZ_QZHF": ("CBJYQZBM", "HFRQ"),
    "CBJYQZ_QZZX": ("CBJYQZBM", "ZXRQ"),
    "LZHT": ("LZHTBM",),
    "QSLYZLFJ": ("CBJYQZBM", "ZLFJBH"),
} | {layer: ("BSM",) for layer in LAYERS if layer != "DK"}

# Columns the reader adds to every table: where a row stands in the submitted files.
FILE, ROW, GEOMETRY = "_file", "_row", "geometry"

# Which code table of land_codes.csv a field's domain is; fields named alike share one.
_CODE_TABLES: Mapping[str, str] = {
    "SYQXZ": "C.6", "DKLB": "C.7", "DLDJ": "C.8", "TDYT": "C.9", "LZQTDYT": "C.9",
    "LZHTDYT": "C.9", "CBJYQQDFS": "C.10", "CBFS": "C.10", "LZFS": "C.10", "JZDLX": "C.11",
    "JBLX": "C.12", "JZXLB": "C.13", "JZXWZ": "C.14", "FZRZJLX": "C.15", "CBFZJLX": "C.15",
    "CYZJLX": "C.15", "QZLQRZJLX": "C.15", "BFLQRZJLX": "C.15", "CBFLX": "C.16",
    "CYXB": "C.17", "CYBZ": "C.18", "SFJBNT": "C.19", "SFGYR": "C.19", "SFQQQG": "C.19",
    "QZSFLQ": "C.19", "JXXZ": "C.5",
}  # fmt: skip

_ARROW = {
    "Char": pa.string(),
    "Int": pa.int64(),
    "Float": pa.float64(),
    "Date": pa.date32(),
    "Varbin": pa.binary(),
}


@dataclass(frozen=True)
class Field:
    """One field of a national table, as the standard prints it."""

    name: str  # the standard's abbreviation, as DKBM
    title: str  # its Chinese name
    kind: str  # Char, Int, Float, Date or Varbin
    length: int | None  # characters (bytes in GBK) or digits
    decimals: int | None
    condition: str  # M mandatory, C conditional, O optional, "" not said
    codes: Mapping[str, str] | None  # the allowed codes with their Chinese names, if listed
    domain: str = ""  # what the standard prints as the allowed values, as ">0"

    @property
    def arrow(self) -> pa.DataType:
        return _ARROW[self.kind]


@dataclass(frozen=True)
class Table:
    """One table or layer of the national layout."""

    name: str
    fields: tuple[Field, ...]  # in the order of the standard

    @property
    def is_layer(self) -> bool:
        return self.name in LAYERS

    @property
    def key(self) -> tuple[str, ...]:
        return KEYS[self.name]

    def __iter__(self) -> Iterator[Field]:
        return iter(self.fields)

    def field(self, name: str) -> Field:
        """The field of that name; KeyError if the standard has none."""
        for field in self:
            if field.name == name:
                return field
        raise KeyError(f"{self.name} has no field {name}")

    @property
    def schema(self) -> pa.Schema:
        """Arrow schema of the table as the reader gives it.

        The national fields in the standard's order, for layers `geometry` (WKB in EPSG:4490,
        longitude first), then `_file` and `_row` (1 for the first record of the file).
        """
        columns = [pa.field(field.name, field.arrow) for field in self]
        if self.is_layer:
            columns.append(pa.field(GEOMETRY, pa.binary()))
        return pa.schema([*columns, pa.field(FILE, pa.string()), pa.field(ROW, pa.int32())])


@cache
def code_tables() -> Mapping[str, Mapping[str, str]]:
    """Code tables of the standard: number of the table (as "C.7") → code → Chinese name."""
    tables: dict[str, dict[str, str]] = {}
    with (resources.files("chengxiang.data") / "land_codes.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            tables.setdefault(row["table"].split()[0], {})[row["code"]] = row["name_zh"]
    return tables


@cache
def national_tables() -> Mapping[str, Table]:
    """Every layer and table of the submission package by its national name."""
    rows: dict[str, list[Field]] = {}
    with (resources.files("chengxiang.data") / "land_tables.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            table_number = _CODE_TABLES.get(row["field"])
            rows.setdefault(row["table"], []).append(
                Field(
                    name=row["field"],
                    title=row["name_zh"],
                    kind=row["type"],
                    length=int(row["length"]) if row["length"] else None,
                    decimals=int(row["decimals"]) if row["decimals"] else None,
                    condition=row["condition"] if row["condition"] in {"M", "C", "O"} else "",
                    codes=code_tables()[table_number] if table_number else None,
                    domain=row["domain"],
                )
            )
    return {name: Table(name, tuple(rows[name])) for name in (*LAYERS, *TABLES)}
