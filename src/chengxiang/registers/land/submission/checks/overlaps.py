"""Parcels against each other: common ground, and nodes that were meant to be one."""

from collections import Counter

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from chengxiang.kernel.geometry import overlaps

from ..package import Kind, Problem
from .case import Case
from .near_misses import near_misses
from .parcels import Parcels

KINDS: tuple[Kind, ...] = (
    Kind(
        "parcel.overlap",
        "error",
        "地块 {key} 与地块 {value} 重叠 {area_m2} 平方米。",
        "Parcels {key} and {value} overlap by {area_m2} m².",
        "请核对两地块的公共边界。",
        "Mend the boundary between the two.",
    ),
    Kind(
        "parcel.near_miss",
        "warning",
        "地块 {key} 与地块 {value} 的节点相距 {distance_m} 米未重合，"
        "位于 ({x}, {y})，共 {count} 处。",
        "Nodes of the parcels {key} and {value} miss each other by {distance_m} m at ({x}, {y}),"
        " {count} such in all.",
        "请将相邻地块的节点捕捉到同一点。",
        "Snap the nodes of neighbouring parcels to one point.",
    ),
)


def check(case: Case, parcels: Parcels) -> list[Problem]:
    """All problems between parcels of sound shape."""
    return _overlaps(case, parcels) + _near_misses(case, parcels)


def _overlaps(case: Case, parcels: Parcels) -> list[Problem]:
    """Every pair once, at the smaller code; two rows of one code are told as duplicates."""
    allowed = case.thresholds
    rows = np.flatnonzero(parcels.sound)
    pairs = overlaps(
        parcels.shapes[rows],
        deeper_than_m=allowed.overlap_depth_m,
        larger_than_m2=allowed.overlap_area_m2,
    )
    codes = case.column("DK", "DKBM")
    found: dict[int, list[tuple[str, float]]] = {}
    for first, second, area in zip(
        rows[pairs.first].tolist(), rows[pairs.second].tolist(), pairs.area_m2, strict=True
    ):
        one, two = codes[first].as_py() or "", codes[second].as_py() or ""
        if one != two:
            at, other = (first, two) if one < two else (second, one)
            found.setdefault(at, []).append((other, float(area)))
    problems: list[Problem] = []
    for row in sorted(found):
        for other, area in sorted(found[row]):
            problems += case.problems(
                "parcel.overlap",
                "DK",
                np.array([row]),
                "geometry",
                value=lambda _, other=other: other,  # type: ignore[misc]
                details=lambda _, area=area: {"area_m2": f"{area:.2f}"},  # type: ignore[misc]
            )
    return problems


def _near_misses(case: Case, parcels: Parcels) -> list[Problem]:
    """A node beside those of others is told once, at the parcel that stands alone with it."""
    allowed, nodes, rows = case.thresholds, parcels.nodes, parcels.measured
    codes = case.column("DK", "DKBM")
    told: dict[tuple[int, int], tuple[float, int]] = {}
    count: Counter[tuple[int, int]] = Counter()
    for mine, others, distance in near_misses(
        nodes, same_m=allowed.same_node_m, near_m=allowed.near_miss_m
    ):
        if len(mine) == len(others):
            at, other = _smallest(codes, rows, mine), _smallest(codes, rows, others)
            if (codes[other].as_py() or "") < (codes[at].as_py() or ""):
                at, other, mine = other, at, others
        else:
            if len(mine) > len(others):
                mine, others = others, mine
            at, other = _smallest(codes, rows, mine), _smallest(codes, rows, others)
        node = min(node for polygon, node in mine if int(rows[polygon]) == at)
        count[at, other] += 1
        told[at, other] = min(told.get((at, other), (np.inf, -1)), (distance, node))
    problems: list[Problem] = []
    for (row, other), (distance, node) in sorted(told.items()):
        words = {
            "distance_m": f"{distance:.4f}",
            "x": f"{nodes.x[node]:.3f}",
            "y": f"{nodes.y[node]:.3f}",
            "count": str(count[row, other]),
        }
        problems += case.problems(
            "parcel.near_miss",
            "DK",
            np.array([row]),
            "geometry",
            value=lambda _, other=other: codes[other].as_py() or "",  # type: ignore[misc]
            details=lambda _, words=words: words,  # type: ignore[misc]
        )
    return problems


def _smallest(codes: pa.Array, rows: NDArray[np.intp], nodes: list[tuple[int, int]]) -> int:
    """The row with the smallest code among the parcels of some nodes."""
    concerned = (int(rows[polygon]) for polygon, _ in nodes)
    return min(concerned, key=lambda row: codes[row].as_py() or "")
