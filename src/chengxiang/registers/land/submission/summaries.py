"""The seven official summary tables (汇总表格) of a package, for a place and its children."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from .package import Package


@dataclass(frozen=True)
class Column:
    """One figure of a summary table: its heading in both languages and its unit."""

    name: str
    zh: str
    en: str
    unit: str  # "" for a number of things, "m2" or "mu"


@dataclass(frozen=True)
class Summary:
    """One summary table: a row per place, in order of code; the parent is the sum of its children."""

    name: str
    zh: str
    en: str
    columns: tuple[Column, ...]
    rows: Mapping[str, Mapping[str, float]]  # place code → column name → figure


# An area's mu is the sum of the rows' rounded mu: what the certificates print adds up to it.
def _areas(stem: str, zh: str, en: str) -> tuple[Column, ...]:
    return (
        Column(f"{stem}_count", f"{zh}（块）", f"{en}, parcels", ""),
        Column(f"{stem}_m2", f"{zh}（m²）", f"{en}, m²", "m2"),
        Column(f"{stem}_mu", f"{zh}（亩）", f"{en}, mu", "mu"),
    )


def _number(name: str, zh: str, en: str) -> Column:
    return Column(name, zh, en, "")


_PARCEL_GROUPS: Mapping[str, tuple[str, str, str]] = {
    # name: (condition over the parcels, Chinese, English)
    "contracted": ("DKLB = '10'", "承包地块", "Contracted parcels"),
    "non_contracted": ("DKLB <> '10'", "非承包地块", "Non-contracted parcels"),
    "private": ("DKLB = '21'", "自留地", "Private plots"),
    "reserve": ("DKLB = '22'", "机动地", "Reserve land"),
    "reclaimed": ("DKLB = '23'", "开荒地", "Reclaimed land"),
    "other_land": ("DKLB = '99'", "其他集体土地", "Other collective land"),
    "crops": ("DKLB = '10' AND TDYT = '1'", "种植业", "Crops"),
    "forestry": ("DKLB = '10' AND TDYT = '2'", "林业", "Forestry"),
    "husbandry": ("DKLB = '10' AND TDYT = '3'", "畜牧业", "Animal husbandry"),
    "fishery": ("DKLB = '10' AND TDYT = '4'", "渔业", "Fishery"),
    "agricultural": ("DKLB = '10' AND TDYT IN ('1','2','3','4')", "农业用途合计", "Agricultural"),
    "non_agricultural": ("DKLB = '10' AND TDYT = '5'", "非农业用途", "Non-agricultural"),
    "state_owned": ("DKLB = '10' AND SYQXZ = '10'", "国有土地", "State land"),
    "group_owned": ("DKLB = '10' AND SYQXZ = '31'", "村民小组所有", "Owned by groups"),
    "village_owned": ("DKLB = '10' AND SYQXZ = '32'", "村级集体所有", "Owned by villages"),
    "township_owned": ("DKLB = '10' AND SYQXZ = '33'", "乡级集体所有", "Owned by townships"),
    "other_owned": (
        "DKLB = '10' AND coalesce(SYQXZ, '') NOT IN ('10','31','32','33')",
        "其他农民集体所有",
        "Owned by other collectives",
    ),
    "basic": ("DKLB = '10' AND SFJBNT = '1'", "基本农田", "Permanent basic farmland"),
    "not_basic": ("DKLB = '10' AND SFJBNT = '2'", "非基本农田", "Other farmland"),
}


def _groups(*names: str) -> tuple[Column, ...]:
    return tuple(
        column for name in names for column in _areas(name, *_PARCEL_GROUPS[name][1:])
    )


LAYOUTS: tuple[tuple[str, str, str, tuple[Column, ...]], ...] = (
    (
        "parcels",
        "按地块汇总表",
        "Parcels",
        (
            _number("issuing_parties", "发包方数量", "Issuing parties"),
            *_groups("contracted", "non_contracted"),
        ),
    ),
    (
        "use",
        "按承包地土地用途汇总表",
        "Contracted land by use",
        _groups("crops", "forestry", "husbandry", "fishery", "agricultural", "non_agricultural"),
    ),
    (
        "ownership",
        "按承包地所有权性质汇总表",
        "Contracted land by ownership",
        _groups("state_owned", "group_owned", "village_owned", "township_owned", "other_owned"),
    ),
    (
        "non_contracted",
        "按非承包地地块类别汇总表",
        "Non-contracted land by class",
        _groups("private", "reserve", "reclaimed", "other_land"),
    ),
    (
        "basic_farmland",
        "按承包地是否基本农田汇总表",
        "Contracted land by basic farmland",
        _groups("basic", "not_basic"),
    ),
    (
        "certificates",
        "按权证信息汇总表",
        "Certificates",
        (
            _number("certificates", "颁发权证数量", "Certificates issued"),
            Column("certified_m2", "颁证面积（m²）", "Certified area, m²", "m2"),
            Column("certified_mu", "颁证面积（亩）", "Certified area, mu", "mu"),
            _number("household_certificates", "家庭承包权证", "Household contracts"),
            _number("other_certificates", "其他方式权证", "Other means"),
        ),
    ),
    (
        "contractors",
        "按承包方汇总表",
        "Contractors",
        (
            _number("contractors", "承包方总数", "Contractors"),
            _number("households", "家庭承包农户", "Households"),
            _number("members", "家庭成员数", "Their members"),
            _number("units", "其他方式：单位", "Other means: units"),
            _number("individuals", "其他方式：个人", "Other means: individuals"),
        ),
    ),
)

# Digits of the codes below a place, down to the issuing party of the villagers' group.
_NEXT = {2: 4, 4: 6, 6: 9, 9: 12, 12: 14}


def summaries(package: Package, place_code: str) -> Sequence[Summary]:
    """The seven tables with a row for the place and one for each place right below it.

    place_code: 6 (county) to 14 digits. m² are sums of the rows to two decimals, mu sums of the
    rows' rounded mu, so that a place's figures equal the sums over its children.
    Source: NY/T 2539, 汇总表格.
    """
    figures = _figures(package.tables, place_code, _NEXT.get(len(place_code), len(place_code)))
    return tuple(
        Summary(
            name,
            zh,
            en,
            columns,
            {
                code: {column.name: found[column.name] for column in columns}
                for code, found in sorted(figures.items())
            },
        )
        for name, zh, en, columns in LAYOUTS
    )


def _figures(
    tables: Mapping[str, pa.Table], place_code: str, digits: int
) -> dict[str, dict[str, float]]:
    connection = duckdb.connect()
    for name in ("DK", "FBF", "CBF", "CBF_JTCY", "CBDKXX", "CBJYQZ"):
        wanted = [c for c in tables[name].column_names if "geometry" not in c]
        connection.register(name, tables[name].select(wanted))
    parcel_sums = ", ".join(
        f"count(*) FILTER ({condition}) AS {name}_count, "
        f"coalesce(sum(m2) FILTER ({condition}), 0) AS {name}_m2, "
        f"coalesce(sum(mu) FILTER ({condition}), 0) AS {name}_mu"
        for name, (condition, _zh, _en) in _PARCEL_GROUPS.items()
    )
    # Exact: hundredths as integers; 0.0015 mu a m² is 15 of 10,000 a hundredth, halves up.
    exact = "CAST(round({0} * 100) AS HUGEINT) AS m2, (CAST(round({0} * 100) AS HUGEINT) * 15 + 5000) // 10000 AS mu"
    queries = {
        "DKBM": f"SELECT {{code}}, {parcel_sums} FROM "
        f"(SELECT *, {exact.format('SCMJ')} FROM DK) GROUP BY 1",
        "FBFBM": "SELECT {code}, count(*) AS issuing_parties FROM FBF GROUP BY 1",
        "CBFBM": "SELECT {code}, count(*) AS contractors, "
        "count(*) FILTER (CBFLX = '1') AS households, count(*) FILTER (CBFLX = '2') AS individuals, "
        "count(*) FILTER (CBFLX = '3') AS units FROM CBF GROUP BY 1",
        "CBFBM ": "SELECT {code}, count(*) AS members FROM CBF_JTCY GROUP BY 1",
        "CBJYQZBM": "SELECT {code}, count(*) AS certificates, "
        "count(*) FILTER (CBJYQZBM LIKE '%J') AS household_certificates, "
        "count(*) FILTER (CBJYQZBM LIKE '%Q') AS other_certificates, "
        "coalesce(sum(m2), 0) AS certified_m2, coalesce(sum(mu), 0) AS certified_mu "
        "FROM CBJYQZ LEFT JOIN (SELECT CBJYQZBM AS held, sum(m2) AS m2, sum(mu) AS mu FROM "
        f"(SELECT *, {exact.format('HTMJ')} FROM CBDKXX) GROUP BY 1) ON held = CBJYQZBM GROUP BY 1",
    }
    names = [column.name for _n, _z, _e, columns in LAYOUTS for column in columns]
    figures: dict[str, dict[str, float]] = {}
    for column, query in queries.items():
        code = f"substr({column.strip()}, 1, {digits}) AS code"
        found = connection.sql(query.format(code=code)).to_arrow_table().to_pylist()
        for row in found:
            place = row.pop("code") or ""
            if place.startswith(place_code):
                figures.setdefault(place, dict.fromkeys(names, 0)).update(row)
    total = dict.fromkeys(names, 0)
    for row in figures.values():
        for name, value in row.items():
            total[name] += value
    figures[place_code] = total
    for row in figures.values():
        for name in names:
            if name.endswith(("_m2", "_mu")):
                row[name] = row[name] / 100
    return figures
