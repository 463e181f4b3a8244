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


@dataclass(frozen=True)
class Group:
    """Parcels counted together: which, and what they are called."""

    zh: str
    en: str
    classes: tuple[str, ...]  # table C.7
    uses: tuple[str, ...] = ()  # table C.9; empty: any
    ownerships: tuple[str, ...] = ()  # table C.6; empty: any
    basic: str = ""  # table C.19; empty: any
    not_owned_by: tuple[str, ...] = ()

    def holds(self, parcel: Mapping[str, str]) -> bool:
        """Whether a parcel (parcel_class, use, ownership, basic) is one of them."""
        return (
            parcel["parcel_class"] in self.classes
            and (not self.uses or parcel["use"] in self.uses)
            and (not self.ownerships or parcel["ownership"] in self.ownerships)
            and parcel["ownership"] not in self.not_owned_by
            and (not self.basic or parcel["basic"] == self.basic)
        )


_CONTRACTED = ("10",)
_NAMED_OWNERS = ("10", "31", "32", "33")

GROUPS: Mapping[str, Group] = {
    "contracted": Group("承包地块", "Contracted parcels", _CONTRACTED),
    "non_contracted": Group("非承包地块", "Non-contracted parcels", ("21", "22", "23", "99")),
    "private": Group("自留地", "Private plots", ("21",)),
    "reserve": Group("机动地", "Reserve land", ("22",)),
    "reclaimed": Group("开荒地", "Reclaimed land", ("23",)),
    "other_land": Group("其他集体土地", "Other collective land", ("99",)),
    "crops": Group("种植业", "Crops", _CONTRACTED, uses=("1",)),
    "forestry": Group("林业", "Forestry", _CONTRACTED, uses=("2",)),
    "husbandry": Group("畜牧业", "Animal husbandry", _CONTRACTED, uses=("3",)),
    "fishery": Group("渔业", "Fishery", _CONTRACTED, uses=("4",)),
    "agricultural": Group("农业用途合计", "Agricultural", _CONTRACTED, uses=("1", "2", "3", "4")),
    "non_agricultural": Group("非农业用途", "Non-agricultural", _CONTRACTED, uses=("5",)),
    "state_owned": Group("国有土地", "State land", _CONTRACTED, ownerships=("10",)),
    "group_owned": Group("村民小组所有", "Owned by groups", _CONTRACTED, ownerships=("31",)),
    "village_owned": Group("村级集体所有", "Owned by villages", _CONTRACTED, ownerships=("32",)),
    "township_owned": Group("乡级集体所有", "Owned by townships", _CONTRACTED, ownerships=("33",)),
    "other_owned": Group(
        "其他农民集体所有",
        "Owned by other collectives",
        _CONTRACTED,
        not_owned_by=_NAMED_OWNERS,
    ),
    "basic": Group("基本农田", "Permanent basic farmland", _CONTRACTED, basic="1"),
    "not_basic": Group("非基本农田", "Other farmland", _CONTRACTED, basic="2"),
}


def _groups(*names: str) -> tuple[Column, ...]:
    return tuple(
        column for name in names for column in _areas(name, GROUPS[name].zh, GROUPS[name].en)
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
NEXT_DIGITS = {2: 4, 4: 6, 6: 9, 9: 12, 12: 14}


def summaries(package: Package, place_code: str) -> Sequence[Summary]:
    """The seven tables with a row for the place and one for each place right below it.

    place_code: 6 (county) to 14 digits. m² are sums of the rows to two decimals, mu sums of the
    rows' rounded mu, so that a place's figures equal the sums over its children.
    Source: NY/T 2539, 汇总表格.
    """
    figures = _figures(
        package.tables, place_code, NEXT_DIGITS.get(len(place_code), len(place_code))
    )
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
    # Exact: hundredths as integers; 0.0015 mu a m² is 15 of 10,000 a hundredth, halves up.
    exact = "CAST(round({0} * 100) AS HUGEINT) AS m2, (CAST(round({0} * 100) AS HUGEINT) * 15 + 5000) // 10000 AS mu"
    queries = {
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
    parcels = connection.sql(
        f"SELECT substr(DKBM, 1, {digits}), DKLB, TDYT, coalesce(SYQXZ, ''), SFJBNT, count(*), "
        f"sum(m2), sum(mu) FROM (SELECT *, {exact.format('SCMJ')} FROM DK) GROUP BY ALL"
    ).fetchall()
    for code, parcel_class, use, ownership, is_basic, count, area_m2, area_mu in parcels:
        if not (code or "").startswith(place_code):
            continue
        row = figures.setdefault(code, dict.fromkeys(names, 0))
        parcel = {
            "parcel_class": parcel_class,
            "use": use,
            "ownership": ownership,
            "basic": is_basic,
        }
        for name, group in GROUPS.items():
            if group.holds(parcel):
                row[f"{name}_count"] += count
                row[f"{name}_m2"] += area_m2
                row[f"{name}_mu"] += area_mu
    total = dict.fromkeys(names, 0)
    for row in figures.values():
        for name, value in row.items():
            total[name] += value  # type: ignore[assignment]
    figures[place_code] = total  # type: ignore[assignment]
    for row in figures.values():
        for name in names:
            if name.endswith(("_m2", "_mu")):
                row[name] = row[name] / 100
    return figures
