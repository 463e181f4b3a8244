"""The register of a place as the national tables: what the export writes and imports compare with."""

import io
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
from django.db import connection

from chengxiang.kernel.accounts.officer import Officer
from chengxiang.registers.land.models import LayerFeature
from chengxiang.registers.land.models.national import CORRESPONDENCES, Correspondence
from chengxiang.registers.land.submission.layout import (
    FILE,
    GEOMETRY,
    ROW,
    Table,
    national_tables,
)
from chengxiang.registers.land.submission.package import Package, Progress, silent

_SQL_TYPES = {"Char": "text", "Int": "bigint", "Float": "float8", "Date": "date", "Varbin": "bytea"}


def register_package(
    officer: Officer,
    place_code: str,
    *,
    name: str,
    year: str,
    crs: str,
    on: date,
    issuing_parties: list[str] | None = None,
    progress: Progress = silent,
) -> Package:
    """Everything in force on a day at a place (and below) in the national layout.

    Empty unless the officer may read the register there (`land.read`). `issuing_parties` limits
    it to records whose codes begin with one of these 14-digit codes. `crs` is the coordinate
    system the package is to be written in; geometries stay in EPSG:4490.
    """
    may_read = officer.may("land.read", at=place_code)
    tables = {}
    for done, (national, table) in enumerate(national_tables().items()):
        progress(f"reading {national}", done, len(national_tables()))
        if not may_read:
            tables[national] = table.schema.empty_table()
        elif national in CORRESPONDENCES:
            tables[national] = _national_rows(
                table, CORRESPONDENCES[national], place_code, on, issuing_parties
            )
        else:
            tables[national] = _layer_rows(table, place_code, on)
    return Package(
        county_code=place_code[:6],
        county_name=name,
        year=year,
        crs=crs,
        tables=tables,
        present=frozenset(name for name, rows in tables.items() if rows.num_rows),
    )


def _expression(correspondence: Correspondence, name: str) -> str:
    if name in correspondence.elsewhere:
        return correspondence.elsewhere[name]
    if name in correspondence.flags:
        column = correspondence.flags[name]
        return f"CASE t.{column} WHEN true THEN '1' WHEN false THEN '2' END"
    return f"t.{correspondence.columns[name]}"


def _national_rows(
    table: Table,
    correspondence: Correspondence,
    place_code: str,
    on: date,
    issuing_parties: list[str] | None,
) -> pa.Table:
    selected = [
        f'({_expression(correspondence, field.name)})::{_SQL_TYPES[field.kind]} AS "{field.name}"'
        for field in table
    ]
    if table.is_layer:
        selected.append(f"encode(t.geometry, 'hex') AS {GEOMETRY}")
    conditions = ["t.place_code LIKE %(place)s", "t.valid @> %(on)s::date"]
    if correspondence.only:
        conditions.append(correspondence.only)
    if issuing_parties is not None and (code := _code_column(table, correspondence)):
        conditions.append(f"left({code}, 14) = ANY(%(parties)s)")
    query = (
        f"COPY (SELECT {', '.join(selected)} FROM {correspondence.table} t {correspondence.joins} "
        f"WHERE {' AND '.join(conditions)}) TO STDOUT (FORMAT csv, HEADER)"
    )
    rows = io.BytesIO()
    with connection.cursor() as cursor:
        parameters = {"place": place_code + "%", "on": on, "parties": issuing_parties}
        with cursor.copy(query, parameters) as copied:
            for block in copied:
                rows.write(block)
    rows.seek(0)
    types = {field.name: field.arrow for field in table} | {GEOMETRY: pa.string()}
    read = pyarrow.csv.read_csv(
        rows,
        parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=types, null_values=[""], strings_can_be_null=True
        ),
    )
    return _completed(table, read)


def _code_column(table: Table, correspondence: Correspondence) -> str:
    """SQL of the code that begins with the issuing party's, if the table has one."""
    for name in ("FBFBM", "DKBM", "CBFBM", "CBJYQZBM"):
        if name in {field.name for field in table}:
            return _expression(correspondence, name)
    return ""


def _completed(table: Table, read: pa.Table) -> pa.Table:
    """The columns of the contract: geometry as bytes, and where the rows stand (nowhere yet)."""
    if table.is_layer:
        index = read.schema.get_field_index(GEOMETRY)
        read = read.set_column(index, GEOMETRY, _from_hex(read[GEOMETRY]))
    read = read.append_column(FILE, pa.nulls(read.num_rows, pa.string()))
    read = read.append_column(ROW, pa.nulls(read.num_rows, pa.int32()))
    return read.select(table.schema.names).cast(table.schema)


def _from_hex(texts: pa.ChunkedArray) -> pa.Array:
    """Bytes from their hexadecimal text, all rows at once."""
    combined = texts.combine_chunks()
    if isinstance(combined, pa.ChunkedArray):
        combined = (
            pa.concat_arrays(combined.chunks) if combined.num_chunks else pa.array([], "string")
        )
    lengths = pc.fill_null(pc.binary_length(combined), 0).to_numpy(zero_copy_only=False) // 2
    data = bytes.fromhex("".join(combined.drop_null().to_pylist()))
    offsets = pa.array([0, *lengths.cumsum().tolist()], pa.int64())
    binary = pa.LargeBinaryArray.from_buffers(
        pa.large_binary(), len(combined), [None, offsets.buffers()[1], pa.py_buffer(data)]
    )
    values = binary.cast(pa.binary())
    return pc.if_else(pc.is_valid(combined), values, pa.scalar(None, pa.binary()))


def _layer_rows(table: Table, place_code: str, on: date) -> pa.Table:
    features = LayerFeature.objects.in_force(on).below(place_code[:6]).filter(layer=table.name)
    # A layer of the whole county belongs to the county's package only.
    if len(place_code) > 6:
        features = features.below(place_code)
    rows = features.order_by("number").values_list("number", "attributes", "geometry")
    columns: dict[str, list[object]] = {name: [] for name in table.schema.names}
    for _number, attributes, geometry in rows.iterator(2000):
        for field in table:
            columns[field.name].append(attributes.get(field.name))
        columns[GEOMETRY].append(None if geometry is None else bytes(geometry))
    size = len(columns[GEOMETRY])
    columns[FILE], columns[ROW] = [None] * size, [None] * size
    return pa.table(columns, schema=table.schema)
