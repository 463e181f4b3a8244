"""Households: as many members as stated, one head, and the representative is one of them."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ..package import Kind, Problem
from .case import Case, found_at, given, repeated, truth

KINDS: tuple[Kind, ...] = (
    Kind(
        "household.member_count",
        "error",
        "承包方 {key}：成员数量（CBFCYSL）为 {value}，实有成员 {count} 人。",
        "Contractor {key}: the number of members CBFCYSL is {value}, but {count} are listed.",
        "请核对成员数量和家庭成员表（CBF_JTCY）。",
        "Compare the number with the members in CBF_JTCY.",
    ),
    Kind(
        "household.no_head",
        "error",
        "承包方 {key}：家庭成员中没有户主（与户主关系 01 或 02）。",
        "Contractor {key}: none of the members is the head (relation 01 or 02).",
        "请为一名成员填写与户主关系 02（户主）。",
        "Give one member the relation 02 (head).",
    ),
    Kind(
        "household.several_heads",
        "error",
        "承包方 {key}：有 {count} 名户主（与户主关系 01 或 02）：{names}。",
        "Contractor {key}: {count} members are heads (relation 01 or 02): {names}.",
        "每户只能有一名户主，请改正其他成员与户主的关系。",
        "A household has one head: correct the relation of the others.",
    ),
    Kind(
        "household.representative",
        "error",
        "承包方 {key}：承包方（代表）“{value}”不在家庭成员中。",
        "Contractor {key}: the representative “{value}” is not among the members.",
        "请核对代表姓名，或在家庭成员表中补充此人。",
        "Check the name, or add the person to the members.",
    ),
)

HEADS = ("01", "02")


def check(case: Case) -> list[Problem]:
    """All problems of households with members; one without any is told in `references`."""
    if not case.rows("CBF") or not case.rows("CBF_JTCY"):
        return []
    contractors = case.column("CBF", "CBFBM")
    households = case.sound("CBF", "CBFBM") & truth(pc.equal(case.column("CBF", "CBFLX"), "1"))
    households &= ~repeated(contractors)
    # A member entered twice is told as code.duplicate and counted once.
    once = ~repeated(*(case.column("CBF_JTCY", field) for field in ("CBFBM", "CYXM", "CYZJHM")))
    owner = found_at(case.column("CBF_JTCY", "CBFBM"), contractors)
    rows = len(contractors)
    member = (owner >= 0) & once
    count = np.bincount(owner[member], minlength=rows)
    households &= count > 0
    return [
        *_member_count(case, households, count),
        *_heads(case, households, owner, member),
        *_representative(case, households, owner),
    ]


def _member_count(
    case: Case, households: NDArray[np.bool_], count: NDArray[np.int64]
) -> list[Problem]:
    stated = case.numbers("CBF", "CBFCYSL")
    wrong = households & (stated > 0) & (stated != count)
    return case.problems(
        "household.member_count",
        "CBF",
        wrong,
        "CBFCYSL",
        details=lambda row: {"count": str(count[row])},
    )


def _heads(
    case: Case,
    households: NDArray[np.bool_],
    owner: NDArray[np.int64],
    member: NDArray[np.bool_],
) -> list[Problem]:
    """Told at the household's first member, or at its second head."""
    if not case.has("CBF_JTCY", "YHZGX"):
        return []
    relation = case.column("CBF_JTCY", "YHZGX")
    head = truth(pc.is_in(relation, value_set=pa.array(HEADS))) & member
    heads = np.bincount(owner[head], minlength=len(households))
    none, several = households & (heads == 0), households & (heads > 1)
    if not (none.any() or several.any()):
        return []
    names = case.column("CBF_JTCY", "CYXM")
    members_of: dict[int, list[int]] = {}
    concerned = member & (none | several)[owner]
    for row in np.flatnonzero(concerned):
        members_of.setdefault(int(owner[row]), []).append(int(row))
    without = np.array([rows[0] for of, rows in members_of.items() if none[of]], dtype=np.intp)
    heads_of = {
        of: [row for row in rows if head[row]] for of, rows in members_of.items() if several[of]
    }
    second = np.array([rows[1] for rows in heads_of.values()], dtype=np.intp)

    def details(row: int) -> dict[str, str]:
        rows = heads_of[int(owner[row])]
        return {"count": str(len(rows)), "names": "、".join(str(names[at]) for at in rows)}

    return [
        *case.problems("household.no_head", "CBF_JTCY", without, "YHZGX"),
        *case.problems("household.several_heads", "CBF_JTCY", second, "YHZGX", details=details),
    ]


def _representative(
    case: Case, households: NDArray[np.bool_], owner: NDArray[np.int64]
) -> list[Problem]:
    """Households none of whose members bears the representative's name, all names being known."""
    known = owner >= 0
    names = _bare(case.column("CBF_JTCY", "CYXM"))
    representatives = _bare(case.column("CBF", "CBFMC"))
    nameless = np.bincount(owner[known & ~given(names)], minlength=len(households)) > 0
    rows = np.flatnonzero(known)
    theirs = representatives.take(pa.array(owner[rows]))
    same = rows[truth(pc.equal(names.take(pa.array(rows)), theirs))]
    among = np.bincount(owner[same], minlength=len(households)) > 0
    wrong = households & ~among & ~nameless & given(representatives)
    return case.problems("household.representative", "CBF", wrong, "CBFMC")


def _bare(names: pa.Array) -> pa.Array:
    """Names without the blanks that two-character names are often written with."""
    if not pc.any(pc.match_substring_regex(names, "[ \u3000]")).as_py():
        return names
    return pc.replace_substring(pc.replace_substring(names, " ", ""), "\u3000", "")
