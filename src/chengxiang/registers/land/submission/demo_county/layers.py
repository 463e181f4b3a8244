"""The layers: parcels with their boundary points and lines, territories, control points."""

import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray

from .columns import fitting, geometry_column, national, with_plane
from .fields import sides
from .holders import CONTRACTED, Holdings
from .rights import _mu
from .territory import County, project

GEOGRAPHIC = 4490
# Feature codes (要素代码, table 1 of the standard, from memory): nothing depends on them.
_FEATURES = {
    "DK": "211011", "JZD": "211021", "JZX": "211031", "KZD": "111000", "QYJX": "161051",
    "XJXZQ": "160100", "XJQY": "160200", "CJQY": "160300", "JBNTBHQ": "251100",
}  # fmt: skip
_WAYSIDE = np.array(["道路", "沟渠", "荒地", "林地"], dtype=object)
_FIELD_NAMES = np.array(
    ["东大甸子", "河沿", "北山根", "南岗", "西洼子", "房后", "大榆树", "桥头", "坟茔地", "小东沟"],
    dtype=object,
)


def parcel_layer(
    county: County, held: Holdings, random: np.random.Generator
) -> tuple[pa.Table, NDArray[np.float64]]:
    """DK, and the surveyed area of every strip (m², two decimals)."""
    strips = held.strips
    shapes = strips.polygons()
    area = np.round(shapely.area(shapes), 2)
    count = len(strips)
    words = [held.name[at] if at >= 0 else "集体土地" for at in held.holder]
    bounds = sides(
        strips, words,
        _WAYSIDE[random.integers(4, size=strips.block.max() + 1)][strips.block],
        _WAYSIDE[random.integers(4, size=strips.block.max() + 1)][strips.block],
        _WAYSIDE[random.integers(4, size=strips.block.max() + 1)][strips.block],
    )  # fmt: skip
    cut = {
        key: np.array([fitting(str(value), 50) for value in values], dtype=object)
        for key, values in bounds.items()
    }
    nodes, owner = strips.rings
    first = np.searchsorted(owner, np.arange(count + 1))
    names = np.array([f"J{n}" for n in range(1, len(strips.nodes) + 1)], dtype=object)
    point_list = np.array(
        ["/".join(names[nodes[first[i] : first[i + 1]]]) for i in range(count)], dtype=object
    )
    is_contracted = held.parcel_class == CONTRACTED
    table = national(county.code, "DK", count, {
        "BSM": np.arange(1, count + 1), "YSDM": _FEATURES["DK"], "DKBM": held.parcel,
        "DKMC": _FIELD_NAMES[strips.block % len(_FIELD_NAMES)],
        "SYQXZ": np.where(np.array([one.group for one in held.issuers])[strips.issuer] > 0, "31", "32").astype(object),
        "DKLB": held.parcel_class,
        "TDLYLX": np.where(strips.block % 5 == 0, "011", "013").astype(object),
        "DLDJ": np.array([f"{n:02d}" for n in range(3, 7)], dtype=object)[strips.block % 4],
        "TDYT": np.where(random.random(count) < 0.97, "1", random.choice(["2", "3", "4"], count)).astype(object),
        "SFJBNT": np.where(is_contracted & (strips.block % 7 > 0), "1", "2").astype(object),
        "SCMJ": area, "DKDZ": cut["east"], "DKXZ": cut["west"], "DKNZ": cut["south"],
        "DKBZ": cut["north"],
        "ZJRXM": np.array([held.name[at] if at >= 0 else "村委会" for at in held.holder], dtype=object),
        "KJZB": point_list, "SCMJM": _mu(area),
        **geometry_column(project(shapes, county.epsg, GEOGRAPHIC)),
    })  # fmt: skip
    return with_plane(table, shapes), area


def boundary_layers(county: County, held: Holdings) -> dict[str, pa.Table]:
    """JZD and JZX: a point stands once with all its parcels, a line once a side of each parcel."""
    strips = held.strips
    nodes, owner = strips.rings
    order = np.argsort(nodes, kind="stable")
    starts = np.flatnonzero(np.diff(nodes[order], prepend=-1))
    used = nodes[order][starts]
    parcels_of = np.split(held.parcel[owner[order]], starts[1:])
    xy = strips.nodes[used]
    points = national(county.code, "JZD", len(used), {
        "BSM": np.arange(1, len(used) + 1), "YSDM": _FEATURES["JZD"],
        "JZDH": np.array([f"J{n + 1}" for n in used], dtype=object), "JZDLX": "1", "JBLX": "6",
        "DKBM": np.array(["/".join(codes) for codes in parcels_of], dtype=object),
        # The standard's X is north, Y is east.
        "XZBZ": xy[:, 1], "YZBZ": xy[:, 0],
        **geometry_column(project(shapely.points(xy), county.epsg, GEOGRAPHIC)),
    })  # fmt: skip
    last = np.append(owner[1:] != owner[:-1], True)
    first = np.flatnonzero(np.append(True, owner[1:] != owner[:-1]))
    following = np.roll(nodes, -1)
    following[last] = nodes[first]
    # A side that two parcels share is one line.
    pair = np.sort(np.column_stack([nodes, following]), axis=1)
    unique, where, inverse = np.unique(pair, axis=0, return_index=True, return_inverse=True)
    codes: list[list[str]] = [[] for _ in unique]
    for line, parcel in zip(inverse.ravel(), held.parcel[owner], strict=True):
        codes[line].append(parcel)
    ends = strips.nodes[np.column_stack([nodes, following])[where]]
    names = np.array([held.name[at] if at >= 0 else "集体土地" for at in held.holder], dtype=object)
    lines = national(county.code, "JZX", len(unique), {
        "BSM": np.arange(1, len(unique) + 1), "YSDM": _FEATURES["JZX"], "JXXZ": "600001",
        "JZXLB": "01", "JZXWZ": "2", "JZXSM": "沿田埂中心", "PLDWQLR": names[owner[where]],
        "PLDWZJR": names[owner[where]],
        "QJZDH": np.array([f"J{n + 1}" for n in nodes[where]], dtype=object),
        "ZJZDH": np.array([f"J{n + 1}" for n in following[where]], dtype=object),
        "DKBM": np.array(["/".join(c) for c in codes], dtype=object),
        **geometry_column(project(shapely.linestrings(ends), county.epsg, GEOGRAPHIC)),
    })  # fmt: skip
    return {"JZD": points, "JZX": lines}


def territory_layers(county: County, held: Holdings) -> dict[str, pa.Table]:
    """XJXZQ, XJQY, CJQY, QYJX, KZD and JBNTBHQ."""
    villages = list(county.villages)
    lands = project(
        np.array([one.polygon for one in villages], dtype=object), county.epsg, GEOGRAPHIC
    )
    townships = sorted({one.township_code for one in villages})
    names = {one.township_code: one.township_name for one in villages}
    plane = [
        shapely.union_all(
            [one.polygon for one in villages if one.township_code == code], grid_size=0.001
        )
        for code in townships
    ]
    around = project(np.array(plane, dtype=object), county.epsg, GEOGRAPHIC)
    outline = np.array([shapely.boundary(county.lonlat)], dtype=object)
    fields = shapely.buffer(shapely.convex_hull(shapely.multipoints(held.strips.nodes)), 20)
    control = np.array(
        [shapely.point_on_surface(one.polygon) for one in villages[:20]], dtype=object
    )
    here = shapely.get_coordinates(control)
    rows = {
        "XJXZQ": (1, {"XZQDM": county.code, "XZQMC": county.name}, np.array([county.lonlat], dtype=object)),
        "XJQY": (len(townships), {
            "XJQYDM": np.array(townships, dtype=object),
            "XJQYMC": np.array([names[code] for code in townships], dtype=object),
        }, around),
        "CJQY": (len(villages), {
            "CJQYDM": np.array([village.code for village in villages], dtype=object),
            "CJQYMC": np.array([village.name for village in villages], dtype=object),
        }, lands),
        "QYJX": (1, {"JXLX": "250200", "JXXZ": "600001"}, outline),
        "KZD": (len(control), {
            "KZDDH": np.array([f"K{n:03d}" for n in range(1, len(control) + 1)], dtype=object),
            "KZDLX": "110102", "KZDDJ": "E级", "BSLX": "1", "BZLX": "1", "DZJ": "点之记.jpg",
            "X2000": np.round(here[:, 1], 3), "Y2000": np.round(here[:, 0], 3),
        }, project(control, county.epsg, GEOGRAPHIC)),
        "JBNTBHQ": (1, {"BHQBH": f"{county.code}0000001", "JBNTMJ": [round(float(shapely.area(fields)), 2)]},
                    project(np.array([fields], dtype=object), county.epsg, GEOGRAPHIC)),
    }  # fmt: skip
    return {
        name: national(county.code, name, count, {
            "BSM": np.arange(1, count + 1), "YSDM": _FEATURES[name], **columns, **geometry_column(shapes),  # type: ignore[dict-item]
        })
        for name, (count, columns, shapes) in rows.items()
    }  # fmt: skip
