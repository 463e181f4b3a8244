"""Circulation contracts (流转合同): days in order, within the contract's term and area."""

import numpy as np

from ..package import Kind, Problem
from .case import Case, found_at

KINDS: tuple[Kind, ...] = (
    Kind(
        "circulation.dates",
        "error",
        "流转合同 {key}：日期矛盾，{field_title}（{field}）{value} 应早于流转结束日期 {end}。",
        "Circulation {key}: {field} ({value}) is not before its end ({end}).",
        "请核对流转期限起止日期和签订日期。",
        "Check the start, the end and the day it was signed.",
    ),
    Kind(
        "circulation.term",
        "error",
        "流转合同 {key}：流转期限（{value}）超出承包合同 {contract} 的期限 {start} 至 {end}。",
        "Circulation {key}: {value} lies outside the term of contract {contract},"
        " {start} to {end}.",
        "流转期限不得超过承包期的剩余期限（农村土地承包法第三十八条），请更正。",
        "It must not outlast the contract (Land Contract Law, article 38): correct it.",
    ),
    Kind(
        "circulation.area",
        "warning",
        "流转合同 {key}：流转{what_zh} {value} 大于承包合同 {contract} 的 {limit}。",
        "Circulation {key}: its {what_en} {value} is more than the {limit} of contract {contract}.",
        "请核对流转面积、地块数和承包合同。",
        "Compare area and number of parcels with the contract.",
    ),
)


def check(case: Case) -> list[Problem]:
    """All problems of circulation contracts by themselves and against their contract."""
    if not case.rows("LZHT"):
        return []
    start, end = case.days("LZHT", "LZQXKSRQ"), case.days("LZHT", "LZQXJSRQ")
    signed = case.days("LZHT", "HTQDRQ")
    upside_down = start >= end
    late = (signed > end) & ~upside_down

    def until(row: int) -> dict[str, str]:
        return {"end": str(end[row])}

    return [
        *case.problems(
            "circulation.dates", "LZHT", upside_down, "LZQXKSRQ", key_field="LZHTBM", details=until
        ),
        *case.problems(
            "circulation.dates", "LZHT", late, "HTQDRQ", key_field="LZHTBM", details=until
        ),
        *_against_contract(case, start, end, upside_down),
    ]


def _against_contract(
    case: Case, start: np.ndarray, end: np.ndarray, upside_down: np.ndarray
) -> list[Problem]:
    """Against the contract the row names; one with wrong dates of its own proves nothing."""
    if not case.rows("CBHT"):
        return []
    place = found_at(case.column("LZHT", "CBHTBM"), case.column("CBHT", "CBHTBM"))
    known = place >= 0
    at = np.where(known, place, 0)
    starts, ends = case.days("CBHT", "CBQXQ")[at], case.days("CBHT", "CBQXZ")[at]
    in_order = known & ~upside_down & (starts < ends)
    after, before = in_order & (end > ends), in_order & (start < starts)
    contracts = case.column("LZHT", "CBHTBM")
    area, number = case.numbers("CBHT", "HTZMJ")[at], case.numbers("CBHT", "CBDKZS")[at]
    more_area = (
        known
        & (area > 0)
        & (case.numbers("LZHT", "LZMJ") > area + case.thresholds.row_area_m2 + 1e-6)
    )
    more_parcels = known & (number > 0) & (case.numbers("LZHT", "LZDKS") > number) & ~more_area

    def term(row: int) -> dict[str, str]:
        return {
            "contract": str(contracts[row]),
            "start": str(starts[row]),
            "end": str(ends[row]),
        }

    def by_area(row: int) -> dict[str, str]:
        return {
            "contract": str(contracts[row]),
            "limit": f"{area[row]:.2f} m²",
            "what_zh": "面积",
            "what_en": "area",
        }

    def by_number(row: int) -> dict[str, str]:
        return {
            "contract": str(contracts[row]),
            "limit": f"{number[row]:.0f}",
            "what_zh": "地块数",
            "what_en": "number of parcels",
        }

    found: list[Problem] = []
    for code, which, field, details in (
        ("circulation.term", after, "LZQXJSRQ", term),
        ("circulation.term", before & ~after, "LZQXKSRQ", term),
        ("circulation.area", more_area, "LZMJ", by_area),
        ("circulation.area", more_parcels, "LZDKS", by_number),
    ):
        found += case.problems(code, "LZHT", which, field, key_field="LZHTBM", details=details)
    return found
