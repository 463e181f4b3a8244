"""Tiles, search and summary over a register of a million parcels, tiles beside DuckDB's.

    python benchmarks/land_map.py [--parcels 1000000] [--json]

A grid of fields is written straight into the register's tables. Uncached tiles at zoom 14 to 16 are
made by this project and, of the same parcels in the same run, by DuckDB spatial's ST_AsMVT.
"""

import argparse
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

ON = date(2026, 11, 24)
TILES = 40
PER_VILLAGE = 2000


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--parcels", type=int, default=1_000_000)
    arguments.add_argument("--json", action="store_true")
    asked = arguments.parse_args()
    work = Path(tempfile.mkdtemp(prefix="chengxiang-bench-"))
    work.chmod(0o755)
    os.environ.pop("CHENGXIANG_DATABASE_URL", None)
    os.environ["CHENGXIANG_HOME"] = str(work)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chengxiang.site.settings")
    try:
        result = run(asked.parcels)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    for name, value in result.items():
        print(f"{name:<34}{value:>14,.1f}")
    if asked.json:
        print(json.dumps(result))


def run(count: int) -> dict[str, float]:
    from chengxiang.kernel import database

    database.ensure()
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    bounds = fill(count)
    return {**measure_tiles(bounds), **measure_questions()}


def fill(count: int) -> np.ndarray:
    """A million strips of 20 by 120 m in villages of two thousand; returns their boxes."""
    import pyarrow as pa
    import shapely
    from django.db import connection

    from chengxiang.kernel.bulk import copy_rows
    from chengxiang.registers.land.commands.columns import box_text

    side = int(np.ceil(np.sqrt(count * 6)))
    number = np.arange(count)
    column, row = number % side, number // side
    west = 123.9 + column * 0.00026
    south = 42.2 + row * 0.0012
    boxes = np.column_stack([west, south, west + 0.00024, south + 0.0011])
    village = number // PER_VILLAGE
    place = np.array(
        [
            f"2112{v // 999 + 21:02d}{100 + v % 99:03d}{200 + v % 799:03d}"
            for v in range(village[-1] + 1)
        ]
    )
    places = place[village]
    holder = number // 3
    holders = holder[-1] + 1
    holder_place = places[::3][:holders]

    def text(values: Any) -> pa.Array:
        return pa.array(values, pa.string())

    def same(value: Any, size: int) -> pa.Array:
        return pa.repeat(pa.scalar(value), size)

    parcel_code = np.char.add(places, np.char.zfill((number % 10_000_000).astype(str), 7))
    holder_code = np.char.add(holder_place, np.char.zfill(np.arange(holders).astype(str), 6))
    letters = np.array(["wang", "li", "zhang", "liu", "chen", "yang", "zhao", "sun"])
    given = np.array(["defu", "guoqiang", "xiulan", "changshan", "yufen", "haifeng"])
    pinyin = np.char.add(letters[np.arange(holders) % 8], given[np.arange(holders) % 6])
    parcel_id, holder_id, party_id = number + 1, count + 1 + np.arange(holders), count + holders + 1
    valid = "[1998-01-01,)"
    step = 100_000
    copy_rows("subjects_subject", pa.table({
        "id": holder_id, "kind": same("household", holders), "code": text(holder_code),
        "name": text(np.char.add("户", np.arange(holders).astype(str))), "pinyin": text(pinyin),
        "initials": text(np.char.add(letters[np.arange(holders) % 8].astype("U1"), "dg")),
        "place_code": text(holder_place),
    }))  # fmt: skip
    copy_rows("subjects_subject", pa.table({
        "id": [party_id], "kind": ["organisation"], "code": ["P"], "name": ["P"], "pinyin": ["p"],
        "initials": ["p"], "place_code": [places[0]],
    }))  # fmt: skip
    empty = same("", holders)
    copy_rows("land_issuingparty", pa.table({
        "subject_id": [party_id], "code": ["P"], "place_code": [places[0]], "valid": [valid],
        **{name: [""] for name in ("head_name", "head_document_kind", "head_document_number",
                                   "phone", "address", "postcode", "surveyor", "survey_note")},
    }))  # fmt: skip
    copy_rows("land_contractor", pa.table({
        "subject_id": holder_id, "code": text(holder_code), "kind": same("1", holders),
        "issuing_party_id": same(party_id, holders), "member_count": same(3, holders),
        "place_code": text(holder_place), "valid": same(valid, holders),
        "document_number": text(np.char.add("2199", np.arange(holders).astype(str))),
        **dict.fromkeys(
            ("document_kind", "address", "postcode", "phone", "surveyor",
             "survey_note", "posting_note", "posting_recorder", "posting_reviewer"),
            empty,
        ),
    }))  # fmt: skip
    contract_id = np.arange(holders) + 1
    copy_rows("land_contract", pa.table({
        "id": contract_id, "code": text(np.char.add(holder_code, "J")), "previous_code": empty,
        "issuing_party_id": same(party_id, holders), "contractor_id": holder_id,
        "way": same("110", holders), "term": same("[1998-01-01,2028-01-01)", holders),
        "area_m2": same(7200.0, holders), "parcel_count": same(3, holders),
        "place_code": text(holder_place), "valid": same(valid, holders),
    }))  # fmt: skip
    for start in range(0, count, step):
        part = slice(start, min(start + step, count))
        size = part.stop - part.start
        shapes = shapely.box(*boxes[part].T)
        codes, here = text(parcel_code[part]), text(places[part])
        copy_rows("subjects_subject", pa.table({
            "id": parcel_id[part], "kind": same("parcel", size), "code": codes,
            "name": same("东大甸子", size), "pinyin": same("", size), "initials": same("", size),
            "place_code": here,
        }))  # fmt: skip
        copy_rows("land_parcel", pa.table({
            "subject_id": parcel_id[part], "code": codes, "number": parcel_id[part],
            "parcel_class": text(np.where(number[part] % 20, "10", "22")),
            "soil_grade": same("03", size), "use": same("1", size), "ownership": same("32", size),
            "is_basic_farmland": same(True, size), "area_m2": same(2400.0, size),
            "land_use": same("013", size), "geometry": pa.array(shapely.to_wkb(shapes), pa.binary()),
            "extent": box_text(boxes[part]), "geodesic_area_m2": same(2400.0, size),
            "place_code": here, "valid": same(valid, size),
            **{name: same("", size) for name in ("feature_code", "east", "west", "south", "north",
               "note", "boundary_witness", "point_list")},
        }))  # fmt: skip
        copy_rows("land_parcelright", pa.table({
            "parcel_id": parcel_id[part], "issuing_party_id": same(party_id, size),
            "contractor_id": holder_id[holder[part]], "contract_id": contract_id[holder[part]],
            "way": same("110", size), "area_m2": same(2380.0, size),
            "circulation_code": same("", size), "certificate_code": same("", size),
            "is_by_shares": same(False, size), "place_code": here, "valid": same(valid, size),
        }))  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return boxes


def measure_tiles(boxes: np.ndarray) -> dict[str, float]:
    from chengxiang.kernel.maps.tiles import Tile
    from chengxiang.registers.land.queries.tiles import tile_content

    random = np.random.default_rng(1)
    answer: dict[str, float] = {}
    duck = duckdb_tiles(boxes)
    for zoom in (14, 15, 16):
        ours, theirs, numbers = [], [], []
        for index in random.choice(len(boxes), TILES, replace=False):
            tile = tile_at(zoom, boxes[index])
            square = Tile(zoom, *tile)
            start = time.perf_counter()
            tile_content(square, ["2112"], ON)
            ours.append((time.perf_counter() - start) * 1000)
            start = time.perf_counter()
            numbers.append(duck(square))
            theirs.append((time.perf_counter() - start) * 1000)
        answer |= {
            f"z{zoom}_parcels_median": float(np.median(numbers)),
            f"z{zoom}_ours_p50_ms": float(np.percentile(ours, 50)),
            f"z{zoom}_ours_p95_ms": float(np.percentile(ours, 95)),
            f"z{zoom}_duckdb_p50_ms": float(np.percentile(theirs, 50)),
            f"z{zoom}_duckdb_p95_ms": float(np.percentile(theirs, 95)),
        }
    return answer


def tile_at(zoom: int, box: np.ndarray) -> tuple[int, int]:
    side = 2**zoom
    x = int((box[0] + 180) / 360 * side)
    y = int((1 - np.arcsinh(np.tan(np.radians(box[1]))) / np.pi) / 2 * side)
    return x, y


def duckdb_tiles(boxes: np.ndarray) -> Callable[[Any], int]:
    """Makes the same tile with DuckDB spatial from a table with an R-tree; returns its parcels."""
    import duckdb
    import duckdb_extension_spatial

    (extension,) = Path(duckdb_extension_spatial.__file__).parent.rglob("*.duckdb_extension")
    connection = duckdb.connect(config={"allow_unsigned_extensions": "true"})
    connection.execute(f"LOAD '{extension}'")
    table = {name: boxes[:, at] for at, name in enumerate(("w", "s", "e", "n"))}
    import pyarrow as pa

    connection.register("boxes", pa.table(table))
    # In Web Mercator metres, as ST_AsMVTGeom wants them.
    connection.execute(
        "CREATE TABLE parcels AS SELECT row_number() OVER () AS id, '110' AS way, '10' AS class, "
        "ST_Transform(ST_MakeEnvelope(w, s, e, n), 'EPSG:4326', 'EPSG:3857', true) AS geometry "
        "FROM boxes"
    )
    connection.execute("CREATE INDEX places ON parcels USING RTREE (geometry)")
    half = 20037508.342789244

    def make(square: Any) -> int:
        size = 2 * half / 2**square.z
        west, north = -half + square.x * size, half - square.y * size
        box = f"ST_MakeEnvelope({west}, {north - size}, {west + size}, {north})"
        extent = f"ST_Extent({box})"
        found = connection.execute(
            f"SELECT ST_AsMVT(row, 'parcels'), count(*) FROM (SELECT {{'geometry': ST_AsMVTGeom("
            f"geometry, {extent}, 4096, 64, true), 'id': id, 'way': way, 'class': class}} AS row "
            f"FROM parcels WHERE ST_Intersects(geometry, {box}))"
        ).fetchone()
        return int(found[1]) if found else 0

    return make


def measure_questions() -> dict[str, float]:
    from chengxiang.kernel.accounts.commands import open_account
    from chengxiang.kernel.accounts.officer import Officer
    from chengxiang.registers.land.models import Contractor, Parcel
    from chengxiang.registers.land.queries.search import search
    from chengxiang.registers.land.queries.statistics import statistics

    account = open_account("bench", None, name="bench", offices=[("county_registrar", "2112")])
    officer = Officer.of(account, ON)
    parcel = Parcel.objects.order_by("code")[500_000 % Parcel.objects.count()].code
    holder = Contractor.objects.order_by("code").first()
    assert holder is not None
    questions = {
        "parcel": parcel, "code_prefix": parcel[:14], "pinyin": "wangdefu", "initials": "wdg",
        "name": "户123", "identity": "219900000000000123", "contractor": holder.code,
    }  # fmt: skip
    answer: dict[str, float] = {}
    # The first question of a process also opens its connection and loads the names of places.
    start = time.perf_counter()
    search(officer, "zzz", 20)
    answer["search_first_of_process_ms"] = (time.perf_counter() - start) * 1000
    for name, text in questions.items():
        times = []
        for _ in range(5):
            start = time.perf_counter()
            search(officer, text, 20)
            times.append((time.perf_counter() - start) * 1000)
        answer[f"search_{name}_worst_ms"] = max(times)
    times = []
    for _ in range(3):
        start = time.perf_counter()
        statistics(officer, "2112", ON)
        times.append((time.perf_counter() - start) * 1000)
    answer["summary_of_all_worst_ms"] = max(times)
    return answer


if __name__ == "__main__":
    main()
