"""A small sound package of two villages, row by row, that a test spoils in one place."""

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
import shapely

from chengxiang.codes.identity import check_character
from chengxiang.kernel.geometry import transform
from chengxiang.registers.land.submission.checks import Reference, check_package
from chengxiang.registers.land.submission.layout import Field, national_tables
from chengxiang.registers.land.submission.package import Package, Problem

COUNTY, CRS = "211282", "EPSG:4529"
VILLAGES = ("211282001200", "211282001204")
ORIGIN = (41_576_000.0, 4_707_000.0)


class Sample:
    """Rows of every table as dictionaries; shapes of the parcels as plane polygons."""

    def __init__(self) -> None:
        self.tables: dict[str, list[dict[str, Any]]] = {name: [] for name in national_tables()}
        self.absent_fields: frozenset[tuple[str, str]] = frozenset()
        for v, village in enumerate(VILLAGES):
            self._village(v, village)

    def _village(self, v: int, village: str) -> None:
        party = village + "00"
        self.add("FBF", FBFBM=party, FZRZJHM=number(90 + v, 1))
        self.add("CJQY", CJQYDM=village, shape=square(v * 1000 - 50, -50, 600, 600))
        for h in range(1, 4):
            contractor = f"{party}{h:04d}"
            contract = contractor + "J"
            name, serial = f"张{'甲乙丙'[h - 1]}", 20 * v + 4 * h
            self.add("CBF", CBFBM=contractor, CBFMC=name, CBFZJHM=number(serial, 1), CBFCYSL=3)
            for m, relation in enumerate(("02", "10", "20")):
                sex = "2" if m == 1 else "1"
                self.add(
                    "CBF_JTCY", CBFBM=contractor, CYXM=name if m == 0 else f"{name}{m}",
                    CYXB=sex, CYZJHM=number(serial + m, int(sex)), YHZGX=relation,
                )  # fmt: skip
            for p in range(2):
                parcel = f"{party}{2 * h + p - 1:05d}"
                shape = square(v * 1000 + p * 50, h * 40, 50, 40)
                self.add(
                    "DK", DKBM=parcel, SCMJ=2000.0, SCMJM=3.0, shape=shape,
                    TDYT="1", SYQXZ="30", KJZB="1/2/3/4",
                )  # fmt: skip
                self.add(
                    "CBDKXX", DKBM=parcel, FBFBM=party, CBFBM=contractor, CBHTBM=contract,
                    CBJYQZBM=contract, HTMJ=2000.0, HTMJM=3.0, CBJYQQDFS="110",
                )  # fmt: skip
                self.add("JZD", DKBM=parcel, shape=shapely.Point(shape.exterior.coords[0]))
            self.add(
                "CBHT", CBHTBM=contract, FBFBM=party, CBFBM=contractor, CBFS="110",
                CBQXQ=date(2015, 1, 1), CBQXZ=date(2027, 12, 31), QDSJ=date(2015, 1, 1),
                HTZMJ=4000.0, HTZMJM=6.0, CBDKZS=2,
            )  # fmt: skip
            self.add(
                "CBJYQZDJB", CBJYQZBM=contract, FBFBM=party, CBFBM=contractor, CBFS="110",
                CBQXQ=date(2015, 1, 1), CBQXZ=date(2027, 12, 31), DJSJ=date(2016, 5, 1),
            )  # fmt: skip
            self.add(
                "CBJYQZ", CBJYQZBM=contract, FZRQ=date(2016, 6, 1), QZSFLQ="1",
                QZLQRQ=date(2016, 7, 1), QZLQRZJLX="1", QZLQRZJHM=number(serial, 1),
            )  # fmt: skip
        self.add(
            "LZHT", CBHTBM=f"{party}0001J", LZHTBM=f"{party}0001", CBFBM=f"{party}0001",
            SRFBM=f"{party}0002", LZFS="900", LZMJ=2000.0, LZMJM=3.0, LZDKS=1,
            LZQXKSRQ=date(2020, 1, 1), LZQXJSRQ=date(2025, 1, 1), HTQDRQ=date(2019, 12, 1),
        )  # fmt: skip

    def add(self, table: str, **values: Any) -> dict[str, Any]:
        row = {field.name: usual(field, len(self.tables[table]) + 1)
               for field in national_tables()[table]}  # fmt: skip
        row |= values
        self.tables[table].append(row)
        return row

    def row(self, table: str, at: int = 0) -> dict[str, Any]:
        return self.tables[table][at]

    def rename(self, field: str, old: str, new: str) -> None:
        """Write another code wherever the old one stands."""
        for rows in self.tables.values():
            for row in rows:
                if row.get(field) == old:
                    row[field] = new

    def package(self) -> Package:
        return Package(
            county_code=COUNTY,
            county_name="开原市",
            year="2016",
            crs=CRS,
            tables={name: self._arrow(name) for name in national_tables()},
            present=frozenset(self.tables),
            absent_fields=self.absent_fields,
        )

    def _arrow(self, name: str) -> pa.Table:
        rows = self.tables[name]
        schema = national_tables()[name].schema
        records = [{**row, "_file": f"{name}.x", "_row": at} for at, row in enumerate(rows, 1)]
        table = pa.Table.from_pylist([{n: r.get(n) for n in schema.names} for r in records], schema)
        if not national_tables()[name].is_layer:
            return table
        shapes = np.array([row.get("shape") for row in rows], dtype=object)
        geographic = shapely.to_wkb(transform(shapes, CRS, "EPSG:4490"))
        at = schema.get_field_index("geometry")
        table = table.set_column(at, schema.field(at), [pa.array(list(geographic), pa.binary())])
        if name == "DK":
            plane = [
                row.get("wkb", wkb) for row, wkb in zip(rows, shapely.to_wkb(shapes), strict=False)
            ]
            table = table.append_column("plane_geometry", [pa.array(plane, pa.binary())])
        return table


def usual(field: Field, number_in_table: int) -> Any:
    """A value the standard allows, for mandatory fields; None for the others."""
    if field.name == "BSM":
        return number_in_table
    if field.condition != "M":
        return None
    if field.codes:
        return next(iter(field.codes))
    return {"Char": "样", "Int": 1, "Float": 1.0, "Date": date(2016, 1, 1), "Varbin": b"x"}[
        field.kind
    ]


def square(x: float, y: float, width: float, height: float) -> shapely.Polygon:
    return shapely.box(ORIGIN[0] + x, ORIGIN[1] + y, ORIGIN[0] + x + width, ORIGIN[1] + y + height)


def number(serial: int, sex: int) -> str:
    """A valid identity number; the sequence digit is odd for men (1)."""
    body = f"99000019600101{serial // 5:02d}{2 * (serial % 5) + (sex == 1)}"
    return body + check_character(body)


@pytest.fixture
def sample() -> Sample:
    return Sample()


@pytest.fixture(scope="session")
def reference() -> Reference:
    return Reference.shipped(COUNTY)


@pytest.fixture
def found(sample: Sample, reference: Reference) -> Callable[[], list[Problem]]:
    return lambda: check_package(sample.package(), reference)


@pytest.fixture
def only(found: Callable[[], list[Problem]]) -> Callable[..., Problem]:
    """The one problem there is, which must be of that code, table and field."""

    def one(code: str, table: str, field: str) -> Problem:
        problems = found()
        assert [(p.code, p.table, p.field) for p in problems] == [(code, table, field)], problems
        return problems[0]

    return one
