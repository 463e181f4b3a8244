"""Packages as they really come: encodings, zones, file kinds, field orders, broken files."""

import shutil
import zipfile
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyogrio
import pytest
import shapely
import xlsxwriter

from chengxiang.registers.land.submission.differences import compare
from chengxiang.registers.land.submission.layout import TABLES, national_tables
from chengxiang.registers.land.submission.reading import read_package
from chengxiang.registers.land.submission.writing import write_package
from tests.registers.land.submission.checks.conftest import Sample

LAYERS, RIGHTS = "矢量数据", "权属数据"


@pytest.fixture
def package():
    sample = Sample()
    for row in sample.tables["DK"]:
        row.update(DKMC="东大甸子", DKDZ="张甲", DKBZXX="房后" * 40)
    return sample.package()


@pytest.fixture
def folder(package, tmp_path):
    return write_package(package, tmp_path / "211282开原市")


def same(package, read):
    found = compare(package, read)
    return {n: d for n, d in found.items() if d.new or d.changed or d.gone} == {}


def codes(problems):
    return sorted(problem.code for problem in problems)


def parcels(folder):
    (path,) = (folder / LAYERS).glob("DK*.shp")
    return path


def test_what_is_written_is_read_back(package, folder):
    read, problems = read_package(folder)
    assert problems == []
    assert same(package, read)
    assert (read.county_code, read.county_name, read.year) == ("211282", "开原市", "2016")
    assert read.crs == "EPSG:4529"


@pytest.mark.parametrize("cpg", [None, "GBK", "936", "GB2312"])
def test_gbk_is_read_with_and_without_a_word_on_it(package, folder, cpg):
    for path in (folder / LAYERS).glob("*.cpg"):
        path.unlink()
        if cpg:
            path.write_text(cpg)
    read, problems = read_package(folder)
    assert problems == []
    assert same(package, read)


@pytest.mark.parametrize("language_byte", [0x00, 0x4D, 0x57])
def test_a_wrong_cpg_or_language_byte_is_told_and_the_bytes_are_believed(
    package, folder, language_byte
):
    dbf = parcels(folder).with_suffix(".dbf")
    data = bytearray(dbf.read_bytes())
    data[29] = language_byte
    dbf.write_bytes(bytes(data))
    dbf.with_suffix(".cpg").write_text("ISO-8859-1")
    read, problems = read_package(folder)
    assert codes(problems) == ["file.encoding"]
    assert same(package, read)


def test_utf_8_is_read_and_a_gbk_label_on_it_is_told(package, folder):
    table, rows = national_tables()["DK"], read_package(folder)[0].tables["DK"]
    fields = [field.name for field in table if field.name != "DKBZXX"]
    pyogrio.write_arrow(
        rows.select(fields).append_column("geometry", rows["plane_geometry"]),
        parcels(folder), driver="ESRI Shapefile", geometry_name="geometry",
        geometry_type="Polygon", crs="EPSG:4529", ENCODING="UTF-8",
    )  # fmt: skip
    read, problems = read_package(folder)
    assert problems == []
    assert read.tables["DK"]["DKMC"].to_pylist() == ["东大甸子"] * 12
    parcels(folder).with_suffix(".cpg").write_text("GBK")
    read, problems = read_package(folder)
    assert codes(problems) == ["file.encoding"]
    assert read.tables["DK"]["DKMC"][0].as_py() == "东大甸子"


def test_fields_are_found_by_name_in_any_order_and_case_and_those_of_2014_suffice(folder):
    rows = read_package(folder)[0].tables["DK"]
    without_mu = [n for n in rows.column_names if n.isupper() and n != "SCMJM"][::-1]
    shuffled = rows.select(without_mu).rename_columns([n.lower() for n in without_mu])
    pyogrio.write_arrow(
        shuffled.append_column("geometry", rows["plane_geometry"]),
        parcels(folder), driver="ESRI Shapefile", geometry_name="geometry",
        geometry_type="Polygon", crs="EPSG:4529", ENCODING="UTF-8",
    )  # fmt: skip
    read, problems = read_package(folder)
    assert problems == []
    assert read.tables["DK"]["SCMJ"].to_pylist() == [2000.0] * 12
    assert read.tables["DK"]["SCMJM"].null_count == 12


@pytest.mark.parametrize(
    "crs",
    [
        "EPSG:4529", "EPSG:4550", "EPSG:4530", "EPSG:4551", "EPSG:4499", "EPSG:4510", "EPSG:4490",
        "+proj=tmerc +lat_0=0 +lon_0=124.5 +k=1 +x_0=500000 +y_0=0 +a=6378137 "
        "+rf=298.257222101 +units=m +no_defs",
    ],
)  # fmt: skip
def test_every_zone_with_and_without_its_number_and_geographic(package, tmp_path, crs):
    folder = write_package(replace(package, crs=crs), tmp_path / "211282开原市")
    read, problems = read_package(folder)
    assert problems == []
    before = shapely.from_wkb(package.tables["DK"]["geometry"].to_numpy())
    after = shapely.from_wkb(read.tables["DK"]["geometry"].to_numpy())
    far = shapely.hausdorff_distance(before, after[np.argsort(np.argsort(np.arange(12)))])
    assert far.max() < 2e-8


def test_without_prj_the_metadata_or_the_coordinates_tell_the_zone(package, folder):
    for path in (folder / LAYERS).glob("*.prj"):
        path.unlink()
    read, problems = read_package(folder)
    assert problems == []
    assert same(package, read)
    (folder / LAYERS / "SL2112822016.xml").unlink()
    read, problems = read_package(folder)
    assert problems == []
    assert same(package, read)


def test_where_nothing_tells_the_zone_it_is_said(package, tmp_path):
    folder = write_package(replace(package, crs="EPSG:4550"), tmp_path / "211282开原市")
    for path in [*(folder / LAYERS).glob("*.prj"), *(folder / LAYERS).glob("SL*.xml")]:
        path.unlink()
    _read, problems = read_package(folder)
    assert set(codes(problems)) == {"file.crs_unknown"}


def test_several_parcel_files_of_different_zones_become_one_layer(package, tmp_path, folder):
    rows = package.tables["DK"]
    other = write_package(
        replace(package, crs="EPSG:4530", tables={**package.tables, "DK": rows.slice(6)}),
        tmp_path / "other",
    )
    first = write_package(
        replace(package, tables={**package.tables, "DK": rows.slice(0, 6)}), tmp_path / "211282a"
    )
    for path in (other / LAYERS).glob("DK*"):
        shutil.copy(path, first / LAYERS / f"DK21128220161{path.suffix}")
    (first / LAYERS / "SL2112822016.xml").unlink()  # it names one zone only
    read, problems = read_package(first)
    assert problems == []
    assert same(package, read)
    assert read.tables["DK"]["plane_geometry"].null_count == 0


def test_a_zip_with_gbk_names_and_a_flat_folder_are_read_too(package, folder, tmp_path):
    archive = tmp_path / "gbk.zip"
    with zipfile.ZipFile(archive, "w") as out:
        for path in folder.rglob("*"):
            if path.is_file():
                name = f"211282开原市/{path.relative_to(folder)}".encode("gbk").decode("cp437")
                info = zipfile.ZipInfo(name)
                out.writestr(info, path.read_bytes())
    read, problems = read_package(archive)
    assert problems == []
    assert same(package, read)
    flat = tmp_path / "flat"
    flat.mkdir()
    for path in folder.rglob("*"):
        if path.is_file() and "汇总" not in str(path):
            shutil.copy(path, flat / path.name)
    read, problems = read_package(flat)
    assert problems == []
    assert same(package, read)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_tables_as_csv(package, folder, encoding):
    shutil.rmtree(folder / RIGHTS)
    (folder / RIGHTS).mkdir()
    for name in TABLES:
        rows = package.tables[name]
        fields = [field.name for field in national_tables()[name]]
        lines = [",".join(fields)]
        lines += [",".join("" if v is None else str(v) for v in row.values())
                  for row in rows.select(fields).to_pylist()]  # fmt: skip
        (folder / RIGHTS / f"{name}.csv").write_text("\n".join(lines), encoding)
    read, problems = read_package(folder)
    assert problems == []
    assert same(package, read)


def test_codes_that_a_spreadsheet_made_numbers_are_recovered_or_told(package, folder):
    (book,) = (folder / RIGHTS).glob("2112822016.xlsx")
    book.unlink()
    with xlsxwriter.Workbook(str(book)) as out:
        for name in TABLES:
            sheet = out.add_worksheet(name)
            fields = [field.name for field in national_tables()[name]]
            sheet.write_row(0, 0, fields)
            for at, row in enumerate(package.tables[name].select(fields).to_pylist(), 1):
                for column, (field, value) in enumerate(row.items()):
                    if value is None:
                        continue
                    if name == "FBF" and field == "FBFBM":
                        sheet.write_number(at, column, int(value))
                    elif name == "CBF" and field == "CBFBM" and at == 1:
                        sheet.write_number(at, column, float(value))
                    elif hasattr(value, "year"):
                        sheet.write_string(at, column, f"{value:%Y年%m月%d日}")
                    else:
                        sheet.write(at, column, value)
    for path in (folder / RIGHTS).glob("*.gpkg"):
        path.unlink()
    read, problems = read_package(folder)
    assert read.tables["FBF"]["FBFBM"].to_pylist() == package.tables["FBF"]["FBFBM"].to_pylist()
    (problem,) = problems
    assert (problem.code, problem.table, problem.row, problem.field) == (
        "field.unreadable", "CBF", 1, "CBFBM",
    )  # fmt: skip
    assert read.tables["CBHT"].num_rows == 6
    assert read.tables["CBHT"]["CBQXQ"].null_count == 0


def test_values_that_are_no_numbers_or_days_are_told_with_their_row(package, folder):
    fields = [field.name for field in national_tables()["CBHT"]]
    rows = package.tables["CBHT"].select(fields).to_pylist()
    rows[1]["HTZMJ"], rows[2]["CBQXQ"] = "四千", "2015-02-30"
    lines = [
        ",".join(fields),
        *(",".join("" if v is None else str(v) for v in r.values()) for r in rows),
    ]
    shutil.rmtree(folder / RIGHTS)
    write = folder / RIGHTS
    write.mkdir()
    for name in TABLES:
        if name != "CBHT":
            columns = [field.name for field in national_tables()[name]]
            pyarrow.csv.write_csv(package.tables[name].select(columns), write / f"{name}.csv")
    (write / "CBHT.csv").write_text("\n".join(lines), "utf-8")
    _read, problems = read_package(folder)
    assert sorted((p.code, p.row, p.field, p.value) for p in problems) == [
        ("field.unreadable", 2, "HTZMJ", "四千"),
        ("field.unreadable", 3, "CBQXQ", "2015-02-30"),
    ]


def test_text_cut_in_the_middle_of_a_character_loses_that_character_only(folder):
    dbf = parcels(folder).with_suffix(".dbf")
    data = dbf.read_bytes().replace("东大甸子".encode("gbk"), "东大甸".encode("gbk") + b"\xd7 ", 1)
    dbf.write_bytes(data)
    read, problems = read_package(folder)
    assert problems == []
    assert sorted(set(read.tables["DK"]["DKMC"].to_pylist())) == ["东大甸", "东大甸子"]


def test_broken_files_are_named_and_everything_else_is_read(package, folder):
    parcels(folder).with_suffix(".dbf").unlink()
    (folder / LAYERS / "JZD2112822016.shp").write_bytes(b"nothing")
    read, problems = read_package(folder)
    assert codes(problems) == ["file.part_missing", "file.unreadable"]
    assert read.tables["CBF"].num_rows == 6


def test_a_package_of_nothing_says_what_is_missing(tmp_path):
    empty = tmp_path / "211282开原市"
    empty.mkdir()
    _read, problems = read_package(empty)
    missing = {p.table for p in problems if p.code == "file.table_missing"}
    assert missing == {"DK", "FBF", "CBF", "CBF_JTCY", "CBDKXX", "CBHT"}
    bad = tmp_path / "bad.zip"
    bad.write_bytes(b"PK\x03\x04 not really")
    assert codes(read_package(bad)[1]) == ["file.unreadable"]


def test_a_zip_cannot_write_outside_its_folder(tmp_path):
    archive = tmp_path / "evil.zip"
    with zipfile.ZipFile(archive, "w") as out:
        out.writestr("../../evil.txt", "x")
    read_package(archive)
    assert not (tmp_path.parent / "evil.txt").exists()


def test_the_ministrys_empty_access_template_is_read(folder):
    from pathlib import Path

    template = Path(__file__).parents[5] / "shared/data/land_tables_template.mdb"
    if not template.exists():
        pytest.skip("the template is not part of the repository")
    shutil.copy(template, folder / RIGHTS / "2112822016.mdb")
    read, problems = read_package(folder)
    assert [p for p in problems if p.code != "field.missing"] == []
    assert read.tables["CBF"].num_rows == 0
    assert isinstance(read.tables["CBF"], pa.Table)
