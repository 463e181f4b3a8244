"""Codes: well formed, made of the codes they must contain, unique, of a known village?"""

from collections import Counter

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from chengxiang.codes import land

from ..layout import KEYS
from ..package import Kind, Problem
from .case import (
    FORMS,
    HOMES,
    LISTS,
    ORDER,
    Case,
    first_of_each,
    given,
    prefix,
    repeated,
    truth,
    within,
)

KINDS: tuple[Kind, ...] = (
    Kind(
        "code.malformed",
        "error",
        "{table_zh}：{field_title}（{field}）“{value}”不符合编码规则。",
        "{table_en}: {field} ({field_title}) “{value}” does not have the form of such a code.",
        "请按规则更正：{form_zh}；各表中的同一代码须一并更正。",
        "Correct it in every table where it stands: {form_en}.",
    ),
    Kind(
        "code.composition",
        "error",
        "{table_zh} {key}：{field_title}（{field}）“{value}”与应包含的代码“{expected}”不一致。",
        "{table_en} {key}: {field} ({field_title}) “{value}” does not agree with “{expected}”,"
        " the code it belongs with.",
        "请核对该行各代码：前若干位须为所属发包方、承包方或县的代码。",
        "Compare the codes of the row: each begins with that of its county, issuing party or"
        " contractor.",
    ),
    Kind(
        "code.duplicate",
        "error",
        "{table_zh}：{field_title}（{field}）“{value}”重复出现。",
        "{table_en}: {field} ({field_title}) “{value}” stands in more than one row.",
        "请删除重复行或改正代码。",
        "Delete the repeated row or correct its code.",
    ),
    Kind(
        "code.place_unknown",
        "error",
        "发包方 {key}：村级代码“{value}”不在区划代码库中。",
        "Issuing party {key}: there is no village with the code “{value}”.",
        "请核对村级区划代码；确属已撤并的村，请先在区划库中登记其历史代码。",
        "Check the village code; if the village was abolished, enter its former code first.",
    ),
    Kind(
        "code.way",
        "error",
        "{table_zh} {key}：{field_title}（{field}）为 {value}，与代码末位“{letter}”不符。",
        "{table_en} {key}: {field} ({field_title}) is {value}, but the code ends in {letter}.",
        "家庭承包（110）的代码以 J 结尾，其他方式（120–129）以 Q 结尾。",
        "Codes end in J for household contracts (110), in Q for other means (120 to 129).",
    ),
    Kind(
        "code.serial_range",
        "warning",
        "承包方 {key}：承包方类型为 {kind}，代码末四位不在 {range} 内。",
        "Contractor {key} is of type {kind}, whose serials are {range}.",
        "农户用 0001–8000，个人用 8001–9000，单位用 9001–9999。",
        "Households take 0001 to 8000, individuals 8001 to 9000, units 9001 to 9999.",
    ),
)

_FORM_WORDS = {
    "issuing_party": ("14 位数字", "14 digits"),
    "contractor": ("18 位数字", "18 digits"),
    "parcel": ("19 位数字", "19 digits"),
    "contract": ("18 位数字加 J 或 Q", "18 digits and J or Q"),
    "certificate": ("18 位数字加 J 或 Q", "18 digits and J or Q"),
    "circulation": ("18 位数字", "18 digits"),
    "county": ("6 位数字", "6 digits"),
    "township": ("9 位数字", "9 digits"),
    "village": ("12 位数字", "12 digits"),
    "group": ("14 位数字", "14 digits"),
}
# Table, the code that begins with another, that other, characters they share.
_CONTAINS = (
    ("CBDKXX", "DKBM", "FBFBM", 14),
    ("CBDKXX", "CBHTBM", "CBFBM", 18),
    ("CBDKXX", "CBJYQZBM", "CBFBM", 18),
    ("CBHT", "CBFBM", "FBFBM", 14),
    ("CBHT", "CBHTBM", "CBFBM", 18),
    ("CBJYQZDJB", "CBFBM", "FBFBM", 14),
    ("CBJYQZDJB", "CBJYQZBM", "CBFBM", 18),
    ("LZHT", "CBHTBM", "CBFBM", 18),
    ("LZHT", "LZHTBM", "CBFBM", 14),
)
_WAYS = (
    ("CBDKXX", "CBJYQQDFS", "CBHTBM"),
    ("CBHT", "CBFS", "CBHTBM"),
    ("CBJYQZDJB", "CBFS", "CBJYQZBM"),
)
_SERIALS = {"1": (1, 8000), "2": (8001, 9000), "3": (9001, 9999)}


def check(case: Case) -> list[Problem]:
    """All problems of codes by themselves; what they point at is asked in `references`."""
    return [
        *_malformed(case),
        *_other_county(case),
        *_composition(case),
        *_duplicates(case),
        *_unknown_places(case),
        *_ways(case),
        *_serials(case),
    ]


def _malformed(case: Case) -> list[Problem]:
    """A malformed code is told once, in its own table if it stands there."""
    problems: list[Problem] = []
    for field, form in FORMS.items():
        seen: set[str] = set()
        tables = [table for table in ORDER if field in case.package.tables[table].column_names]
        tables.sort(key=lambda table: table != HOMES.get(field))
        zh, en = _FORM_WORDS[form]
        for table in tables:
            column, rows = case.codes(table, field)
            if (table, field) in LISTS:
                wrong = ~land.well_formed(form, column)
            else:
                wrong = ~case.sound(table, field)
                wrong[wrong] = ~land.well_formed(form, column.filter(pa.array(wrong)))
            if wrong.any():
                wrong &= given(column)
            places = np.flatnonzero(wrong)
            first = first_of_each(column.take(pa.array(places)), seen)
            seen |= set(first)
            for value, place in first.items():
                problems += case.problems(
                    "code.malformed",
                    table,
                    rows[places[[place]]],
                    field,
                    value=lambda _, value=value: value,  # type: ignore[misc]
                    details=lambda _, zh=zh, en=en: {"form_zh": zh, "form_en": en},  # type: ignore[misc]
                )
    return problems


def _other_county(case: Case) -> list[Problem]:
    """Codes of another county, told once for each issuing party they name."""
    problems: list[Problem] = []
    seen: set[str] = set()
    if not case.package.county_code:
        return []
    for field, table in HOMES.items():
        column = case.column(table, field)
        other = ~case.sound(table, field)
        if not other.any():
            continue
        other[other] = land.well_formed(FORMS[field], column.filter(pa.array(other)))
        rows = np.flatnonzero(other)
        first = first_of_each(prefix(column.take(pa.array(rows)), 14), seen)
        seen |= set(first)
        problems += case.problems(
            "code.composition",
            table,
            rows[np.array(list(first.values()), dtype=np.intp)],
            field,
            details=lambda _: {"expected": case.package.county_code},
        )
    return problems


def _composition(case: Case) -> list[Problem]:
    """Rows whose codes contradict each other: one problem a row, at the code in the wrong."""
    problems: list[Problem] = []
    for table in dict.fromkeys(rule[0] for rule in _CONTAINS):
        broken: dict[int, list[tuple[str, str]]] = {}
        for _, whole, part, width in (rule for rule in _CONTAINS if rule[0] == table):
            ours, theirs = case.column(table, whole), case.column(table, part)
            differ = truth(pc.not_equal(prefix(ours, width), prefix(theirs, width)))
            differ &= case.sound(table, whole) & case.sound(table, part)
            for row in np.flatnonzero(differ):
                broken.setdefault(int(row), []).append((whole, part))
        contradictory = np.zeros(case.rows(table), dtype=np.bool_)
        contradictory[list(broken)] = True
        case.contradictory[table] = contradictory
        for row, pairs in broken.items():  # type: ignore[assignment]
            named = Counter(name for pair in pairs for name in pair)
            # Two rules broken at once: the code they have in common is the one in the wrong.
            field = pairs[0][0] if len(pairs) == 1 else named.most_common(1)[0][0]
            whole, part = next(pair for pair in pairs if field in pair)
            other = str(case.column(table, part if field == whole else whole)[row])
            problems += case.problems(
                "code.composition",
                table,
                np.array([row]),
                field,
                details=lambda _, other=other: {"expected": other},  # type: ignore[misc]
            )
    return problems


def _duplicates(case: Case) -> list[Problem]:
    problems: list[Problem] = []
    for table, fields in KEYS.items():
        if not case.rows(table):
            continue
        again = repeated(*(case.column(table, field) for field in fields))
        if fields == ("BSM",):
            again &= case.numbers(table, "BSM") > 0
        problems += case.problems("code.duplicate", table, again, fields[0])
    return problems


def _unknown_places(case: Case) -> list[Problem]:
    """Villages nobody knows, each told once, at its first issuing party."""
    known = case.reference.village_codes
    if not len(known) or not case.rows("FBF"):
        return []
    villages = prefix(case.column("FBF", "FBFBM"), 12)
    unknown = case.sound("FBF", "FBFBM") & ~within(villages, pa.array(known, pa.string()))
    rows = np.flatnonzero(unknown)
    first = first_of_each(villages.take(pa.array(rows)))
    which = rows[np.array(list(first.values()), dtype=np.intp)]
    return case.problems(
        "code.place_unknown", "FBF", which, "FBFBM", value=lambda row: str(villages[row])
    )


def _ways(case: Case) -> list[Problem]:
    """Household contracts end in J, other means in Q; transfers and exchanges keep theirs."""
    problems: list[Problem] = []
    for table, field, code_field in _WAYS:
        if not case.rows(table):
            continue
        codes, ways = case.column(table, code_field), case.column(table, field)
        household = truth(pc.equal(ways, "110"))
        other = truth(pc.is_in(ways, value_set=pa.array(["120", "121", "122", "123", "129"])))
        wrong = (truth(pc.ends_with(codes, "J")) & other) | (
            truth(pc.ends_with(codes, "Q")) & household
        )
        wrong &= case.sound(table, code_field)
        problems += case.problems(
            "code.way",
            table,
            wrong,
            field,
            details=lambda row, codes=codes: {"letter": str(codes[row])[-1]},  # type: ignore[misc]
        )
    return problems


def _serials(case: Case) -> list[Problem]:
    if not case.rows("CBF"):
        return []
    sound = case.sound("CBF", "CBFBM")
    serials = np.zeros(len(sound), dtype=np.int64)
    last = pc.utf8_slice_codeunits(case.column("CBF", "CBFBM").filter(pa.array(sound)), 14, 18)
    serials[sound] = last.cast(pa.int64()).to_numpy()
    kinds = case.column("CBF", "CBFLX")
    wrong = np.zeros(len(sound), dtype=np.bool_)
    for kind, (lowest, highest) in _SERIALS.items():
        outside = (serials < lowest) | (serials > highest)
        wrong |= truth(pc.equal(kinds, kind)) & outside & sound

    def details(row: int) -> dict[str, str]:
        kind = str(kinds[row])
        lowest, highest = _SERIALS[kind]
        return {"kind": kind, "range": f"{lowest:04d}–{highest:04d}"}

    return case.problems("code.serial_range", "CBF", wrong, "CBFBM", details=details)
