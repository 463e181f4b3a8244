"""The shape of each parcel by itself."""

import re

import numpy as np
import shapely
from numpy.typing import NDArray

from chengxiang.kernel.geometry import corner_angles

from ..package import Kind, Problem
from .case import Case
from .parcels import Parcels

KINDS: tuple[Kind, ...] = (
    Kind(
        "parcel.no_geometry",
        "error",
        "地块 {key} 没有图形。",
        "Parcel {key} has no geometry.",
        "请补绘该地块的边界。",
        "Draw the parcel's boundary.",
    ),
    Kind(
        "parcel.invalid",
        "error",
        "地块 {key} 的图形无效：{reason_zh}{place}。",
        "Parcel {key} is no valid polygon: {reason_en}{place}.",
        "请在制图软件中修正该处边界（自相交、未闭合等）。",
        "Mend the boundary there: it crosses or touches itself, or is not closed.",
    ),
    Kind(
        "parcel.multipart",
        "error",
        "地块 {key} 由 {parts} 个互不相连的部分组成。",
        "Parcel {key} consists of {parts} separate parts.",
        "请将各部分分别编为独立地块。",
        "Make each part a parcel of its own.",
    ),
    Kind(
        "parcel.sliver",
        "error",
        "地块 {key} 为碎面：面积 {area_m2} 平方米，平均宽度 {width_m} 米。",
        "Parcel {key} is a sliver: {area_m2} m², {width_m} m wide on average.",
        "请并入相邻地块或删除。",
        "Merge it with a neighbour or delete it.",
    ),
    Kind(
        "parcel.spike",
        "error",
        "地块 {key} 有尖刺：夹角 {angle} 度，位于 ({x}, {y})。",
        "Parcel {key} has a spike: a corner of {angle} degrees at ({x}, {y}).",
        "请删除尖刺处的节点。",
        "Delete the node of the spike.",
    ),
    Kind(
        "parcel.narrow_angle",
        "warning",
        "地块 {key} 有狭长角：夹角 {angle} 度，位于 ({x}, {y})。",
        "Parcel {key} has a narrow corner of {angle} degrees at ({x}, {y}).",
        "请核对该处边界。",
        "Check the boundary there.",
    ),
    Kind(
        "parcel.duplicate_node",
        "warning",
        "地块 {key} 有重复节点：相距 {distance_m} 米，位于 ({x}, {y})，共 {count} 处。",
        "Parcel {key} has nodes {distance_m} m apart at ({x}, {y}), {count} such in all.",
        "请删除多余的节点。",
        "Delete the node that is too many.",
    ),
    Kind(
        "parcel.hole",
        "warning",
        "地块 {key} 内有 {count} 个空洞。",
        "Parcel {key} has {count} holes.",
        "请核对洞内用地：如为其他地块，请确认其图形存在。",
        "Check what lies inside: another parcel should fill it.",
    ),
    Kind(
        "parcel.area",
        "error",
        "地块 {key}：实测面积（SCMJ）为 {value} 平方米，图形面积为 {area_m2} 平方米。",
        "Parcel {key}: its surveyed area SCMJ is {value} m², its shape measures {area_m2} m².",
        "请核对面积或图形；两者相差不应超过 1 % 且不超过 1 平方米。",
        "Check the area or the boundary: they may differ by 1 %, or by 1 m².",
    ),
)

_REASONS_ZH = {
    "Self-intersection": "自相交",
    "Ring Self-intersection": "环自相交",
    "Hole lies outside shell": "空洞在外环之外",
    "Holes are nested": "空洞嵌套",
    "Interior is disconnected": "内部不连通",
    "Nested shells": "外环嵌套",
    "Too few points in geometry component": "节点过少",
    "Invalid Coordinate": "坐标无效",
}


def check(case: Case, parcels: Parcels) -> list[Problem]:
    """All problems of single parcels; what is wrong with one keeps no other from being checked."""
    return [
        *case.problems("parcel.no_geometry", "DK", parcels.absent, "geometry", value=_blank),
        *_invalid(case, parcels),
        *_parts(case, parcels),
        *_slivers(case, parcels),
        *_corners(case, parcels),
        *_areas(case, parcels),
    ]


def _blank(_: int) -> str:
    return ""


def _invalid(case: Case, parcels: Parcels) -> list[Problem]:
    shapes = parcels.shapes

    def details(row: int) -> dict[str, str]:
        if parcels.unread[row]:
            return {"reason_zh": "边界未闭合", "reason_en": "a ring is not closed", "place": ""}
        if shapely.get_type_id(shapes[row]) not in (3, 6):
            return {"reason_zh": "不是面", "reason_en": "not a polygon", "place": ""}
        said = shapely.is_valid_reason(shapes[row])
        match = re.fullmatch(r"(.*)\[(\S+) (\S+)\]", said)
        reason, x, y = match.groups() if match else (said, "", "")
        place = f" ({float(x):.3f}, {float(y):.3f})" if match else ""
        return {
            "reason_zh": _REASONS_ZH.get(reason, reason),
            "reason_en": reason,
            "place": place,
        }

    return case.problems(
        "parcel.invalid", "DK", parcels.invalid, "geometry", value=_blank, details=details
    )


def _parts(case: Case, parcels: Parcels) -> list[Problem]:
    shapes = parcels.shapes
    parts = np.where(parcels.sound, shapely.get_num_geometries(shapes), 0)
    coordinates, rings = parcels.nodes.polygon, parcels.nodes.ring
    # Rings of a parcel less its parts are its holes.
    starts = np.concatenate([[True], rings[1:] != rings[:-1]]) if len(rings) else rings == 0
    number = np.zeros(len(shapes), dtype=np.int64)
    number[parcels.measured] = np.bincount(coordinates[starts], minlength=len(parcels.measured))
    holes = np.maximum(number - parts, 0)
    return [
        *case.problems(
            "parcel.multipart",
            "DK",
            parts > 1,
            "geometry",
            value=_blank,
            details=lambda row: {"parts": str(parts[row])},
        ),
        *case.problems(
            "parcel.hole",
            "DK",
            holes > 0,
            "geometry",
            value=_blank,
            details=lambda row: {"count": str(holes[row])},
        ),
    ]


def _slivers(case: Case, parcels: Parcels) -> list[Problem]:
    def details(row: int) -> dict[str, str]:
        width = 2 * parcels.areas[row] / shapely.length(parcels.shapes[row])
        return {"area_m2": f"{parcels.areas[row]:.2f}", "width_m": f"{width:.2f}"}

    return case.problems(
        "parcel.sliver", "DK", parcels.slivers, "geometry", value=_blank, details=details
    )


def _corners(case: Case, parcels: Parcels) -> list[Problem]:
    """One problem a parcel for its narrowest corner, one for its nearest pair of nodes."""
    allowed, nodes, rows = case.thresholds, parcels.nodes, parcels.measured
    if not len(nodes):
        return []
    lengths = nodes.side_lengths()
    close = lengths < allowed.duplicate_node_m
    doubles = _worst(np.flatnonzero(close), lengths, nodes.polygon)
    count = np.bincount(nodes.polygon[close], minlength=len(rows))
    # Angles between sides of millimetres mean nothing: the second of two close nodes is left out.
    drop = np.zeros(len(nodes), dtype=np.bool_)
    drop[nodes.following[close]] = True
    clear = nodes.without(drop) if close.any() else nodes
    angles = corner_angles(clear)
    narrow = _worst(np.flatnonzero(angles < allowed.narrow_degrees), angles, clear.polygon)

    def angle(row: int) -> dict[str, str]:
        at = narrow[row]
        place = {"x": f"{clear.x[at]:.3f}", "y": f"{clear.y[at]:.3f}"}
        return {"angle": f"{angles[at]:.2f}"} | place

    def double(row: int) -> dict[str, str]:
        at = doubles[row]
        return {
            "distance_m": f"{lengths[at]:.4f}",
            "x": f"{nodes.x[at]:.3f}",
            "y": f"{nodes.y[at]:.3f}",
            "count": str(count[at_polygon[row]]),
        }

    at_polygon = {int(rows[nodes.polygon[at]]): nodes.polygon[at] for at in doubles.values()}
    doubles = {int(rows[polygon]): at for polygon, at in doubles.items()}
    narrow = {int(rows[polygon]): at for polygon, at in narrow.items()}
    spikes = [row for row, at in narrow.items() if angles[at] < allowed.spike_degrees]
    others = [row for row in narrow if row not in set(spikes)]
    found: list[Problem] = []
    for code, which, details in (
        ("parcel.spike", spikes, angle),
        ("parcel.narrow_angle", others, angle),
        ("parcel.duplicate_node", sorted(doubles), double),
    ):
        chosen = np.array(which, dtype=np.intp)
        found += case.problems(code, "DK", chosen, "geometry", value=_blank, details=details)
    return found


def _worst(
    which: NDArray[np.intp], size: NDArray[np.float64], polygon: NDArray[np.intp]
) -> dict[int, int]:
    """For every polygon concerned the node where `size` is smallest."""
    # The smallest comes last, and the last one given for a key is the one a dict keeps.
    order = which[np.argsort(size[which], kind="stable")[::-1]]
    return dict(sorted({int(polygon[at]): int(at) for at in order}.items()))


def _areas(case: Case, parcels: Parcels) -> list[Problem]:
    stated, allowed = case.numbers("DK", "SCMJ"), case.thresholds
    differ = np.abs(stated - parcels.areas)
    wrong = (stated > 0) & (differ > allowed.area_share * parcels.areas)
    wrong &= differ > allowed.area_m2
    return case.problems(
        "parcel.area",
        "DK",
        wrong,
        "SCMJ",
        details=lambda row: {"area_m2": f"{parcels.areas[row]:.2f}"},
    )
