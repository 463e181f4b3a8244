"""Identity numbers: valid by GB 11643, in keeping with the sex, in one household only."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from chengxiang.codes.identity import Verdict, check_many, sexes

from ..package import Kind, Problem
from .case import Case, prefix, repeated, truth, within

KINDS: tuple[Kind, ...] = (
    Kind(
        "identity.invalid",
        "error",
        "{table_zh} {key}：身份证号码“{value}”无效：{reason_zh}。",
        "{table_en} {key}: the identity number “{value}” is not valid: {reason_en}.",
        "请对照居民身份证或户口簿更正；不是居民身份证的，请改正证件类型。",
        "Correct it from the card or the household booklet, or correct the kind of document.",
    ),
    Kind(
        "identity.sex",
        "warning",
        "家庭成员 {name}（承包方 {key}）：性别为 {value}，与身份证号码不符。",
        "Member {name} of contractor {key}: the sex {value} does not agree with the identity"
        " number.",
        "身份证号码第 17 位单数为男（1），双数为女（2），请核对。",
        "The 17th digit is odd for men (1), even for women (2): check both.",
    ),
    Kind(
        "identity.duplicate",
        "warning",
        "身份证号码“{value}”同时出现在承包方 {key} 和 {others} 中。",
        "The identity number “{value}” stands in contractor {key} and in {others}.",
        "请核实此人应属哪一户，从另一户中删除或更正号码。",
        "Find out which household the person belongs to; correct the other.",
    ),
)

_REASONS = {
    Verdict.LENGTH: ("应为 18 位", "it must have 18 characters"),
    Verdict.CHARACTERS: ("含有非法字符", "it has other characters than digits"),
    Verdict.BIRTH_DATE: ("出生日期不存在", "there is no such day of birth"),
    Verdict.CHECKSUM: ("校验码不符", "the check character does not fit"),
    Verdict.OLD_FORM: ("15 位旧号码已停用", "numbers of 15 digits are no longer valid"),
}
# Table, kind of document, number, key; the members first, the others often repeat theirs.
_NUMBERS = (
    ("CBF_JTCY", "CYZJLX", "CYZJHM", "CBFBM"),
    ("CBF", "CBFZJLX", "CBFZJHM", "CBFBM"),
    ("CBJYQZ", "QZLQRZJLX", "QZLQRZJHM", "CBJYQZBM"),
    ("CBJYQZ_QZBF", "BFLQRZJLX", "BFLQRZJHM", "CBJYQZBM"),
    ("CBJYQZ_QZHF", "HFLQRZJLX", "HFLQRZJHM", "CBJYQZBM"),
    ("FBF", "FZRZJLX", "FZRZJHM", "FBFBM"),
)


def check(case: Case) -> list[Problem]:
    """All problems of identity cards; other documents have no rule to check."""
    return _invalid(case) + _members(case)


def _invalid(case: Case) -> list[Problem]:
    """A wrong number is told once for each household, at the member if it stands there."""
    problems: list[Problem] = []
    told: set[tuple[str, str]] = set()
    for table, kind, field, key in _NUMBERS:
        if not case.rows(table):
            continue
        numbers = case.column(table, field)
        verdicts = check_many(numbers, case.reference.on)
        wrong = truth(pc.equal(case.column(table, kind), "1"))
        wrong &= (verdicts != Verdict.VALID) & (verdicts != Verdict.EMPTY)
        rows = np.flatnonzero(wrong)
        take = pa.array(rows)
        owners = prefix(case.column(table, key).take(take), 18).to_pylist()
        pairs = list(zip(owners, numbers.take(take).to_pylist(), strict=True))
        new = np.array([pair not in told for pair in pairs], dtype=np.bool_)
        told.update(pairs)

        def details(row: int, verdicts=verdicts) -> dict[str, str]:  # type: ignore[no-untyped-def]
            zh, en = _REASONS[Verdict(int(verdicts[row]))]
            return {"reason_zh": zh, "reason_en": en}

        problems += case.problems(
            "identity.invalid", table, rows[new], field, key_field=key, details=details
        )
    return problems


def _members(case: Case) -> list[Problem]:
    if not case.rows("CBF_JTCY"):
        return []
    numbers = case.column("CBF_JTCY", "CYZJHM")
    valid = check_many(numbers, case.reference.on) == Verdict.VALID
    valid &= truth(pc.equal(case.column("CBF_JTCY", "CYZJLX"), "1"))
    upper = pc.ascii_upper(numbers)
    # The same number in two households: one of them is wrong, so its sex proves nothing.
    duplicates, twice = _duplicates(case, upper, valid)
    stated = pc.index_in(case.column("CBF_JTCY", "CYXB"), value_set=pa.array(["1", "2"]))
    sex = pc.fill_null(stated, -1).to_numpy(zero_copy_only=False) + 1
    differs = valid & (sex > 0) & (sex != sexes(numbers)) & ~within(upper, twice)
    names = case.column("CBF_JTCY", "CYXM")
    return [
        *case.problems(
            "identity.sex",
            "CBF_JTCY",
            differs,
            "CYXB",
            details=lambda row: {"name": str(names[row])},
        ),
        *duplicates,
    ]


def _duplicates(case: Case, numbers: pa.Array, valid: np.ndarray) -> tuple[list[Problem], pa.Array]:
    """One problem for each number that two households share, at the smaller contractor's row."""
    again = repeated(numbers) & valid
    shared = pc.unique(numbers.filter(pa.array(again)))
    rows = np.flatnonzero(within(numbers, shared) & valid)
    take = pa.array(rows)
    owners = case.column("CBF_JTCY", "CBFBM").take(take).to_pylist()
    holders: dict[str, dict[str, int]] = {}
    for row, number, owner in zip(rows, numbers.take(take).to_pylist(), owners, strict=True):
        holders.setdefault(number, {}).setdefault(owner or "", int(row))
    holders = {number: where for number, where in holders.items() if len(where) > 1}
    first = {where[min(where)]: sorted(where)[1:] for where in holders.values()}
    problems = case.problems(
        "identity.duplicate",
        "CBF_JTCY",
        np.array(list(first), dtype=np.intp),
        "CYZJHM",
        details=lambda row: {"others": "、".join(first[row])},
    )
    return problems, pa.array(list(holders), pa.string())
