"""Writes a submission package in the national layout: folder or zip."""

import shutil
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from ..differences import row_keys
from ..layout import LAYERS, TABLES, national_tables
from ..package import Package, Progress, silent
from .layers import write_layer
from .papers import NOTE, write_metadata, write_place_codes
from .summaries import write_summaries
from .tables import write_geopackage, write_workbook

__all__ = ["write_package"]

# Written even when empty: the standard calls them mandatory.
_ALWAYS = ("DK", "JZD", "JZX", "KZD", "XJXZQ", "QYJX", "JBNTBHQ")
_FOLDERS = ("矢量数据", "权属数据", "汇总表格", "图件", "文字报告", "栅格数据", "其他资料")


def write_package(
    package: Package,
    out: Path,
    *,
    progress: Progress = silent,
    tables_as: Sequence[str] = ("xlsx", "gpkg"),
) -> Path:
    """Writes the package; returns the folder, or the zip where `out` ends in .zip.

    Records are in the order of their keys, positions in `package.crs` to the millimetre, layers in
    GBK. The same package gives the same records. Raises FileExistsError for a folder with
    something in it, and ValueError where a value does not fit the standard's field.
    A folder appears only when it is complete.
    """
    if out.suffix.lower() != ".zip":
        if out.exists() and any(out.iterdir()):
            raise FileExistsError(f"{out} is not empty")
        out.parent.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
        part.chmod(0o755)
        try:
            _write(package, part, progress, tables_as)
            if out.exists():
                out.rmdir()
            part.rename(out)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
        return out
    with tempfile.TemporaryDirectory(prefix="chengxiang-") as folder:
        named = Path(folder) / f"{package.county_code}{package.county_name}"
        named.mkdir()
        _write(package, named, progress, tables_as)
        part_file = out.with_name(f".{out.name}.part")
        with zipfile.ZipFile(part_file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for member in sorted(named.rglob("*")):
                archive.write(member, member.relative_to(folder))
        part_file.rename(out)
    return out


def _write(package: Package, root: Path, progress: Progress, tables_as: Sequence[str]) -> None:
    for folder in _FOLDERS:
        (root / folder).mkdir()
    tables = {name: _ordered(name, rows) for name, rows in package.tables.items()}
    written = [name for name in LAYERS if name in _ALWAYS or tables[name].num_rows]
    for done, name in enumerate(written):
        progress(f"writing {name}", done, len(written) + 4)
        write_layer(package, national_tables()[name], tables[name], root / "矢量数据")
    stem = f"{package.county_code}{package.year}"
    write_metadata(package, written, root / "矢量数据" / f"SL{stem}.xml")
    rights = root / "权属数据"
    progress("writing tables", len(written), len(written) + 4)
    if "xlsx" in tables_as:
        write_workbook(package, tables, rights / f"{stem}.xlsx")
    if "gpkg" in tables_as:
        write_geopackage(package, tables, rights / f"{stem}.gpkg")
    write_place_codes(package, tables, rights / f"{stem}权属单位代码表.xlsx")
    (rights / "说明.txt").write_text(NOTE, "utf-8")
    progress("writing summaries", len(written) + 2, len(written) + 4)
    write_summaries(package, root / "汇总表格")


def _ordered(name: str, rows: pa.Table) -> pa.Table:
    if name in TABLES or name in LAYERS:
        return rows.take(pc.sort_indices(row_keys(name, rows))).combine_chunks()
    return rows
