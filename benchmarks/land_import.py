"""A county's package read, checked and applied, beside a plain read and COPY of the same rows.

    python benchmarks/land_import.py [--households 60000] [--json]

The peer, in the same run: pyogrio reads the same layers and tables, psycopg copies the same rows
into plain tables without keys, checks or indexes.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--households", type=int, default=60_000)
    arguments.add_argument("--json", action="store_true")
    asked = arguments.parse_args()
    work = Path(tempfile.mkdtemp(prefix="chengxiang-bench-"))
    os.environ.pop("CHENGXIANG_DATABASE_URL", None)
    os.environ["CHENGXIANG_HOME"] = str(work)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chengxiang.site.settings")
    try:
        result = run(asked.households, work)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    for name, value in result.items():
        print(
            f"{name:<28}{value:>14,.2f}" if isinstance(value, float) else f"{name:<28}{value:>14,}"
        )
    if asked.json:
        print(json.dumps(result))


def run(households: int, work: Path) -> dict[str, float]:
    from chengxiang.kernel import database

    work.chmod(0o755)
    database.ensure()
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from chengxiang.kernel.accounts.commands import open_account
    from chengxiang.kernel.accounts.officer import Officer
    from chengxiang.kernel.exchange import commands as exchange
    from chengxiang.registers.land.exchange.bring import apply_package
    from chengxiang.registers.land.exchange.examine import differences_from_register
    from chengxiang.registers.land.submission.checks import Reference, check_package
    from chengxiang.registers.land.submission.reading import read_package

    account = open_account("bench", None, name="bench", offices=[("operator", "21")])
    officer, on = Officer.of(account, date.today()), date.today()
    folder = work / "211223西丰县"
    # Made in a process of its own, so that the peak of memory is the import's alone.
    code = (
        "import sys; from pathlib import Path;"
        "from chengxiang.registers.land.submission.demo_county import make_county;"
        "from chengxiang.registers.land.submission.writing import write_package;"
        "write_package(make_county('211223', int(sys.argv[1]), 7), Path(sys.argv[2]),"
        " tables_as=['gpkg'])"
    )
    subprocess.run([sys.executable, "-c", code, str(households), str(folder)], check=True)

    brought = exchange.bring_in(officer, folder, format="land", file_name="x", place_code="21")
    start = time.perf_counter()
    package, problems = read_package(folder)
    read = time.perf_counter()
    problems += check_package(package, Reference.shipped("211223"))
    checked = time.perf_counter()
    differences = differences_from_register(officer, package, on)
    from chengxiang.registers.land.exchange.examine import Examined

    apply_package(officer, brought, Examined(package, problems, differences), on=on)
    end = time.perf_counter()
    if problems:
        sys.exit(f"the made-up package has problems: {problems[:3]}")
    counts = package.counts()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    # Last, and in the same run: what the rows cost at least.
    plain_read, plain_copy = plain(folder)
    return {
        "parcels": counts["DK"],
        "households": households,
        "rows": sum(counts.values()),
        "read_s": read - start,
        "check_s": checked - read,
        "apply_s": end - checked,
        "total_s": end - start,
        "plain_read_s": plain_read,
        "plain_copy_s": plain_copy,
        "ratio": (end - start) / (plain_read + plain_copy),
        "peak_mib": peak,
    }


def plain(folder: Path) -> tuple[float, float]:
    """Seconds to read the package with pyogrio alone, and to COPY its rows as they are."""
    import psycopg
    import pyarrow as pa
    import pyarrow.csv
    import pyogrio

    start = time.perf_counter()
    tables: dict[str, pa.Table] = {}
    for path in sorted((folder / "矢量数据").glob("*.shp")):
        _meta, tables[path.stem] = pyogrio.read_arrow(path, encoding="GB18030")
    (rights,) = (folder / "权属数据").glob("*.gpkg")
    for name, _kind in pyogrio.list_layers(rights):
        _meta, tables[str(name)] = pyogrio.read_arrow(rights, layer=str(name), read_geometry=False)
    read = time.perf_counter()
    from chengxiang.kernel.bulk import bytea

    with psycopg.connect(os.environ["CHENGXIANG_DATABASE_URL"]) as connection:
        for name, table in tables.items():
            columns = ", ".join(
                f'"{field.name}" {"bytea" if pa.types.is_binary(field.type) else "text"}'
                for field in table.schema
            )
            with connection.cursor() as cursor:
                cursor.execute(f'CREATE TABLE "plain_{name}" ({columns})')
                with cursor.copy(f'COPY "plain_{name}" FROM STDIN (FORMAT csv)') as copy:
                    for batch in table.to_batches(max_chunksize=50_000):
                        part = pa.table(batch)
                        for at, field in enumerate(part.schema):
                            if pa.types.is_binary(field.type):
                                part = part.set_column(at, field.name, bytea(part[field.name]))
                        sink = pa.BufferOutputStream()
                        pyarrow.csv.write_csv(
                            part, sink, pyarrow.csv.WriteOptions(include_header=False)
                        )
                        copy.write(sink.getvalue().to_pybytes())
        connection.commit()
        with connection.cursor() as cursor:
            for name in tables:
                cursor.execute(f'DROP TABLE "plain_{name}"')
    return read - start, time.perf_counter() - read


if __name__ == "__main__":
    main()
