"""Rows that point at others: is what they name there, and is everything used that must be?"""

from difflib import SequenceMatcher

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from chengxiang.codes import land

from ..package import Kind, Problem
from .case import FORMS, HOMES, LISTS, ORDER, Case, first_of_each, given, prefix, truth, within

KINDS: tuple[Kind, ...] = (
    Kind(
        "reference.missing",
        "error",
        "{table_zh} {key}：{field_title}（{field}）“{value}”在{home_zh}（{home}）中没有对应记录"
        "（共 {rows} 行引用）。",
        "{table_en} {key}: {field} names “{value}”, which has no row in {home} ({home_en});"
        " {rows} rows name it.",
        "请补充该记录，或改正引用它的代码。",
        "Add the row that is missing, or correct the code that names it.",
    ),
    Kind(
        "reference.unused",
        "error",
        "{table_zh} {key} 没有对应的{what_zh}。",
        "{table_en} {key} has no {what_en}.",
        "请补充缺少的记录，或核对代码、类别是否有误。",
        "Add what is missing, or check its code and class.",
    ),
    Kind(
        "reference.no_certificate",
        "warning",
        "承包合同 {key} 没有登记簿或权证记录。",
        "Contract {key} has no register entry or no certificate.",
        "已发证的请补充登记簿和权证记录；未发证的可忽略。",
        "Add register entry and certificate if they were issued; ignore this if not.",
    ),
)

# Tables whose codes begin with the issuing party's without a field of its own for it.
_PREFIXED = {"CBF": "CBFBM", "DK": "DKBM"}
# Above this a package is so wrong that looking for look-alikes no longer explains anything.
_FEW = 200


def check(case: Case) -> list[Problem]:
    """All problems between tables that both have rows; an absent table is the reader's to tell."""
    problems: list[Problem] = []
    for field, home in HOMES.items():
        if case.rows(home):
            problems += _missing(case, field, home)
    return problems + _unused(case) + _without_certificate(case)


def _missing(case: Case, field: str, home: str) -> list[Problem]:
    """One problem for each code that is named but not there, at the row that names it first."""
    known = case.home_codes[field]
    dangling: dict[str, tuple[str, str, int]] = {}
    count: dict[str, int] = {}
    named: set[str] = set()
    malformed = _malformed_at_home(case, field, home)
    for table in ORDER:
        if table == home or not case.rows(table):
            continue
        if field == "FBFBM" and table in _PREFIXED:
            at = _PREFIXED[table]
            codes, rows = prefix(case.column(table, at), 14), np.arange(case.rows(table))
            fit = case.sound(table, at)
        elif field in case.package.tables[table].column_names:
            at = field
            codes, rows = case.codes(table, field)
            fit = (
                truth(pc.starts_with(codes, case.package.county_code))
                if (table, field) in LISTS
                else case.sound(table, field)
            )
        else:
            continue
        if table in case.contradictory:
            fit = fit & ~case.contradictory[table]
        if malformed:
            named |= malformed & set(codes.filter(pa.array(~fit)).drop_null().to_pylist())
        absent = np.flatnonzero(fit & ~within(codes, known))
        if not len(absent):
            continue
        values = codes.take(pa.array(absent))
        if (table, field) in LISTS:
            form = land.well_formed(FORMS[field], values)
            absent, values = absent[form], values.filter(pa.array(form))
        for value, place in first_of_each(values, dangling).items():
            dangling[value] = (table, at, int(rows[absent[place]]))
        for tally in pc.value_counts(values).to_pylist():
            count[tally["values"]] = count.get(tally["values"], 0) + tally["counts"]
    for value in _look_alikes(malformed - named, list(dangling)):
        del dangling[value]
    problems: list[Problem] = []
    for value, (table, at, row) in dangling.items():
        words = {"home": home, "rows": str(count[value])}
        problems += case.problems(
            "reference.missing",
            table,
            np.array([row]),
            at,
            value=lambda _, value=value: value,  # type: ignore[misc]
            details=lambda _, words=words: words,  # type: ignore[misc]
        )
    return problems


def _malformed_at_home(case: Case, field: str, home: str) -> set[str]:
    wrong = ~case.sound(home, field)
    if not wrong.any():
        return set()
    wrong &= given(case.column(home, field))
    return set(case.column(home, field).filter(pa.array(wrong)).to_pylist())


def _look_alikes(malformed: set[str], dangling: list[str]) -> set[str]:
    """Codes that dangle only because the row they name has a slip in its own code.

    That slip is told already (code.malformed); of the dangling codes the most similar one is
    taken for what was meant.
    """
    if len(malformed) > _FEW or len(dangling) > 10 * _FEW:
        return set()
    meant: set[str] = set()
    for wrong in sorted(malformed):
        scores = [
            (SequenceMatcher(None, wrong, code, autojunk=False).ratio(), code) for code in dangling
        ]
        best = max(scores, default=(0.0, ""))
        if best[0] >= 0.85:
            meant.add(best[1])
    return meant


def _unused(case: Case) -> list[Problem]:
    problems: list[Problem] = []
    if case.rows("DK") and case.rows("CBDKXX"):
        contracted = truth(pc.equal(case.column("DK", "DKLB"), "10")) & case.sound("DK", "DKBM")
        contracted &= ~within(case.column("DK", "DKBM"), case.column("CBDKXX", "DKBM"))
        problems += _nothing(case, "DK", contracted, "contract rows", "承包地块信息（CBDKXX）")
    if case.rows("CBF") and case.rows("CBF_JTCY"):
        alone = case.sound("CBF", "CBFBM") & truth(pc.equal(case.column("CBF", "CBFLX"), "1"))
        alone &= ~within(case.column("CBF", "CBFBM"), case.column("CBF_JTCY", "CBFBM"))
        problems += _nothing(case, "CBF", alone, "members", "家庭成员（CBF_JTCY）")
    if case.rows("CBF") and case.rows("CBHT"):
        without = case.sound("CBF", "CBFBM")
        for table, field in (
            ("CBHT", "CBFBM"), ("CBHT", "CBHTBM"), ("CBDKXX", "CBFBM"), ("CBDKXX", "CBHTBM"),
            ("LZHT", "SRFBM"),
        ):  # fmt: skip
            named = prefix(case.column(table, field), 18)
            without &= ~within(case.column("CBF", "CBFBM"), named)
        problems += _nothing(case, "CBF", without, "contract", "承包合同（CBHT）")
    return problems


def _nothing(
    case: Case, table: str, which: NDArray[np.bool_], what_en: str, what_zh: str
) -> list[Problem]:
    words = {"what_en": what_en, "what_zh": what_zh}
    field = "DKBM" if table == "DK" else "CBFBM"
    return case.problems(
        "reference.unused", table, which, field, key_field=field, details=lambda _: words
    )


def _without_certificate(case: Case) -> list[Problem]:
    """Contracts whose certificate, by its own code or that of its parcels, is not complete.

    A certificate code that names no register entry is told as reference.missing, not here.
    """
    if not case.rows("CBHT") or not (case.rows("CBJYQZDJB") or case.rows("CBJYQZ")):
        return []
    codes = case.column("CBHT", "CBHTBM")
    entered = case.column("CBJYQZDJB", "CBJYQZBM")
    issued = case.column("CBJYQZ", "CBJYQZBM")
    complete = entered.filter(pc.is_in(entered, value_set=issued, skip_nulls=True))
    without = case.sound("CBHT", "CBHTBM") & ~within(codes, complete)
    if without.any() and case.rows("CBDKXX"):
        stated = case.column("CBDKXX", "CBJYQZBM")
        told = ~within(stated, entered) & given(stated)
        fine = within(stated, complete) | told
        contracts = case.column("CBDKXX", "CBHTBM").filter(pa.array(fine))
        without &= ~within(codes, contracts)
    return case.problems("reference.no_certificate", "CBHT", without, "CBHTBM")
