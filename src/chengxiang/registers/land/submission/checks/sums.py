"""Figures that must agree: areas and numbers of parcels, days, mu with square metres."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from chengxiang.codes import land

from ..package import Kind, Problem
from .case import Case, found_at, prefix, repeated, within

KINDS: tuple[Kind, ...] = (
    Kind(
        "contract.area_sum",
        "error",
        "承包合同 {key}：合同总面积（HTZMJ）为 {value} 平方米，"
        "各地块合同面积（HTMJ）之和为 {sum} 平方米。",
        "Contract {key}: its total area HTZMJ is {value} m², its parcels (HTMJ) make {sum} m².",
        "请核对总面积和 CBDKXX 中该合同各地块的面积。",
        "Compare the total with the areas of the contract's parcels in CBDKXX.",
    ),
    Kind(
        "contract.parcel_count",
        "error",
        "承包合同 {key}：承包地块总数（CBDKZS）为 {value}，实有 {count} 块。",
        "Contract {key}: the number of parcels CBDKZS is {value}, but there are {count}.",
        "请核对地块总数和 CBDKXX 中该合同的地块。",
        "Compare the number with the contract's parcels in CBDKXX.",
    ),
    Kind(
        "contract.dates",
        "error",
        "{table_zh} {key}：日期矛盾，{field_title}（{field}）{value} 晚于或等于期限止 {end}。",
        "{table_en} {key}: {field} ({value}) is not before the end of the term ({end}).",
        "请核对承包期限起止日期和签订时间。",
        "Check the start and end of the term and the day it was signed.",
    ),
    Kind(
        "certificate.dates",
        "warning",
        "权证 {key}：{field_title}（{field}）{value} 早于{earlier_zh} {earlier}。",
        "Certificate {key}: {field} ({value}) lies before {earlier_en} ({earlier}).",
        "请核对登记、发证和领取日期。",
        "Check the days of registration, issue and collection.",
    ),
    Kind(
        "area.mu",
        "warning",
        "{table_zh} {key}：{field_title}（{field}）为 {value} 亩，按平方米数折算应为 {mu} 亩。",
        "{table_en} {key}: {field} is {value} mu; its square metres make {mu} mu.",
        "亩数 = 平方米数 × 0.0015，四舍五入保留两位小数。",
        "mu = m² × 0.0015, rounded half up to two decimals.",
    ),
)

# Table, area in m², area in mu, field that tells how many rounded rows the mu are a sum of.
_MU = (
    ("DK", "SCMJ", "SCMJM", ""),
    ("CBDKXX", "HTMJ", "HTMJM", ""),
    ("CBDKXX", "YHTMJ", "YHTMJM", ""),
    ("CBHT", "HTZMJ", "HTZMJM", "CBDKZS"),
    ("CBHT", "YHTZMJ", "YHTZMJM", "CBDKZS"),
    ("LZHT", "LZMJ", "LZMJM", "LZDKS"),
    ("MZDW", "MJ", "MJM", ""),
    ("JBNTBHQ", "JBNTMJ", "JBNTMJM", ""),
)


def check(case: Case) -> list[Problem]:
    """All disagreements of sums, days and units."""
    return [
        *_contracts(case),
        *_contract_dates(case),
        *_certificate_dates(case),
        *_mu(case),
    ]


def _contracts(case: Case) -> list[Problem]:
    """Sums over the parcels of each contract whose rows are all beyond doubt."""
    if not case.rows("CBHT") or not case.rows("CBDKXX"):
        return []
    contracts = case.column("CBHT", "CBHTBM")
    place = found_at(case.column("CBDKXX", "CBHTBM"), contracts)
    named = place >= 0
    areas = case.numbers("CBDKXX", "HTMJ")
    rows = len(contracts)
    number = np.bincount(place[named], minlength=rows)
    total = np.bincount(place[named], np.nan_to_num(areas[named]), minlength=rows)
    unknown = np.bincount(place[named], ~(areas[named] > 0), minlength=rows) > 0

    sure = case.sound("CBHT", "CBHTBM") & ~within(prefix(contracts, 18), _uncertain(case))
    sure &= ~repeated(contracts)
    stated_number = case.numbers("CBHT", "CBDKZS")
    stated = case.numbers("CBHT", "HTZMJ")
    wrong_number = sure & (stated_number > 0) & (stated_number != number)
    allowed = case.thresholds.row_area_m2 * np.maximum(number, 1) + 1e-6
    wrong_sum = sure & (stated > 0) & (number > 0) & ~unknown & (np.abs(stated - total) > allowed)
    return [
        *case.problems(
            "contract.area_sum",
            "CBHT",
            wrong_sum,
            "HTZMJ",
            details=lambda row: {"sum": f"{total[row]:.2f}"},
        ),
        *case.problems(
            "contract.parcel_count",
            "CBHT",
            wrong_number,
            "CBDKZS",
            details=lambda row: {"count": str(number[row])},
        ),
    ]


def _uncertain(case: Case) -> pa.Array:
    """Contractors whose contracts cannot be summed: a row of theirs has a fault told elsewhere."""
    codes = case.column("CBDKXX", "CBHTBM")
    doubtful = ~within(codes, case.home_codes["CBHTBM"])
    doubtful |= repeated(case.column("CBDKXX", "DKBM"), case.column("CBDKXX", "CBFBM"))
    if "CBDKXX" in case.contradictory:
        doubtful |= case.contradictory["CBDKXX"]
    columns = [
        prefix(case.column("CBDKXX", field).filter(pa.array(doubtful)), 18)
        for field in ("CBHTBM", "CBFBM", "CBJYQZBM")
    ]
    if "CBHT" in case.contradictory:
        doubtful = case.contradictory["CBHT"]
        columns += [
            prefix(case.column("CBHT", field).filter(pa.array(doubtful)), 18)
            for field in ("CBHTBM", "CBFBM")
        ]
    return pa.concat_arrays(columns)


def _contract_dates(case: Case) -> list[Problem]:
    problems: list[Problem] = []
    for table, signed_field in (("CBHT", "QDSJ"), ("CBJYQZDJB", "")):
        start, end = case.days(table, "CBQXQ"), case.days(table, "CBQXZ")
        upside_down = start >= end
        late = case.days(table, signed_field) > end if signed_field else upside_down
        for which, field in ((upside_down, "CBQXQ"), (late & ~upside_down, signed_field)):
            problems += case.problems(
                "contract.dates",
                table,
                which,
                field,
                details=lambda row, end=end: {"end": str(end[row])},  # type: ignore[misc]
            )
    return problems


def _certificate_dates(case: Case) -> list[Problem]:
    if not case.rows("CBJYQZ"):
        return []
    issued, collected = case.days("CBJYQZ", "FZRQ"), case.days("CBJYQZ", "QZLQRQ")
    entry = found_at(case.column("CBJYQZ", "CBJYQZBM"), case.column("CBJYQZDJB", "CBJYQZBM"))
    registered = np.full(len(issued), "NaT", dtype="datetime64[D]")
    registered[entry >= 0] = case.days("CBJYQZDJB", "DJSJ")[entry[entry >= 0]]
    return [
        *_too_early(case, issued < registered, "FZRQ", registered, "registration", "登记时间"),
        *_too_early(case, collected < issued, "QZLQRQ", issued, "its issue", "发证日期"),
    ]


def _too_early(
    case: Case,
    which: NDArray[np.bool_],
    field: str,
    before: NDArray[np.datetime64],
    earlier_en: str,
    earlier_zh: str,
) -> list[Problem]:
    return case.problems(
        "certificate.dates",
        "CBJYQZ",
        which,
        field,
        details=lambda row: {
            "earlier": str(before[row]),
            "earlier_en": earlier_en,
            "earlier_zh": earlier_zh,
        },
    )


def _mu(case: Case) -> list[Problem]:
    """Areas in mu that are not their square metres; a sum may carry the roundings of its rows."""
    problems: list[Problem] = []
    for table, field_m2, field_mu, parts in _MU:
        if not case.has(table, field_mu) or not given_any(case, table, field_mu):
            continue
        area_m2, area_mu = case.numbers(table, field_m2), case.numbers(table, field_mu)
        expected = land.mu_of(area_m2)
        allowed = np.full(len(area_mu), case.thresholds.row_mu + 1e-9)
        if parts:
            allowed += 0.005 * np.nan_to_num(case.numbers(table, parts))
        wrong = (area_m2 > 0) & (np.abs(area_mu - expected) > allowed)
        problems += case.problems(
            "area.mu",
            table,
            wrong,
            field_mu,
            details=lambda row, expected=expected: {  # type: ignore[misc]
                "mu": f"{expected[row]:.2f}"
            },
        )
    return problems


def given_any(case: Case, table: str, field: str) -> bool:
    """Whether any row states that figure: packages of 2014 have no mu at all."""
    return case.column(table, field).null_count < case.rows(table)
