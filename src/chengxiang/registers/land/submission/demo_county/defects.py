"""Plants one fault of each kind of the catalogue, each on households of its own."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import numpy as np
import shapely

from ..package import Package, Problem
from . import shapes
from .scene import Household, Scene
from .shapes import corners, drawn_in

Plant = Callable[[Scene], Problem]


def _mu(area_m2: float) -> float:
    return (round(area_m2 * 100) * 15 + 5000) // 10_000 / 100


def _cell(
    code: str, table: str, field: str, value: Any, row: Callable[[Household], int], key: str
) -> Plant:
    """A fault in one cell of a household's row; the key is another field of that row."""

    def plant(scene: Scene) -> Problem:
        at = row(scene.household())
        old = scene.editing.get(table, at, field)
        scene.editing.set(table, at, field, value(old) if callable(value) else value)
        return Problem(code, table=table, key=str(scene.editing.get(table, at, key)), field=field)

    return plant


def _reshape(code: str, change: Callable[[Any], Any]) -> Plant:
    """A fault of shape on a parcel drawn in; its stated area follows the new shape."""

    def plant(scene: Scene) -> Problem:
        _household, row, _beside = scene.parcel()
        return _shaped(scene, code, row, change(drawn_in(scene.planes[row])))

    return plant


def _shaped(scene: Scene, code: str, row: int, shape: Any, key: str = "") -> Problem:
    scene.editing.shape(row, shape)
    if shape is not None and shape.is_valid:
        area = round(shape.area, 2)
        scene.editing.set("DK", row, "SCMJ", area)
        scene.editing.set("DK", row, "SCMJM", _mu(area))
    return Problem(code, table="DK", key=key or scene.codes[row], field="geometry")


def _missing_reference(scene: Scene) -> Problem:
    party = scene.household().code[:14]
    code = f"{party}{scene.serial('entry' + party) - 2000:04d}J"
    scene.editing.add(
        "QSLYZLFJ", CBJYQZBM=code, ZLFJBH="FJ999999", ZLFJMC="合同", FJ="FJ.pdf",
        ZLFJRQ=scene.editing.get("CBHT", 0, "QDSJ"),
    )  # fmt: skip
    return Problem("reference.missing", table="QSLYZLFJ", key=code, field="CBJYQZBM")


def _unused(scene: Scene) -> Problem:
    row = scene.uncontracted()
    scene.editing.set("DK", row, "DKLB", "10")
    return Problem("reference.unused", table="DK", key=scene.codes[row], field="DKBM")


def _no_certificate(scene: Scene) -> Problem:
    one = scene.household()
    scene.editing.drop("CBJYQZ", one.certificate)
    code = scene.editing.get("CBHT", one.contract, "CBHTBM")
    return Problem("reference.no_certificate", table="CBHT", key=code, field="CBHTBM")


def _unknown_place(scene: Scene) -> Problem:
    county = scene.editing.package.county_code
    serial = scene.serial("place")
    code = f"{county}999{serial - 9000:03d}00"
    scene.editing.copy("FBF", 0, FBFBM=code)
    return Problem("code.place_unknown", table="FBF", key=code, field="FBFBM")


def _duplicate(scene: Scene) -> Problem:
    one = scene.household()
    scene.editing.copy("CBF_JTCY", one.members[-1])
    return Problem("code.duplicate", table="CBF_JTCY", key=one.code, field="CBFBM")


def _composition(scene: Scene) -> Problem:
    one = scene.household()
    other = next(
        code
        for code in scene.editing.package.tables["FBF"]["FBFBM"].to_pylist()
        if not one.code.startswith(code)
    )
    scene.editing.set("CBHT", one.contract, "FBFBM", other)
    key = scene.editing.get("CBHT", one.contract, "CBHTBM")
    return Problem("code.composition", table="CBHT", key=key, field="CBFBM")


def _malformed(scene: Scene) -> Problem:
    wrong = f"21122{scene.serial('malformed')}"  # a code is told once, so each is another
    return _circulation(scene, "code.malformed", "SRFBM", SRFBM=wrong)


def _serial_range(scene: Scene) -> Problem:
    one = scene.household()
    scene.editing.set("CBF", one.row, "CBFLX", "2")
    return Problem("code.serial_range", table="CBF", key=one.code, field="CBFBM")


def _contract_area(scene: Scene) -> Problem:
    one = scene.household()
    area = round(scene.editing.get("CBHT", one.contract, "HTZMJ") + 500, 2)
    scene.editing.set("CBHT", one.contract, "HTZMJ", area)
    scene.editing.set("CBHT", one.contract, "HTZMJM", _mu(area))
    key = scene.editing.get("CBHT", one.contract, "CBHTBM")
    return Problem("contract.area_sum", table="CBHT", key=key, field="HTZMJ")


def _certificate_dates(scene: Scene) -> Problem:
    while True:
        one = scene.household()
        issued = scene.editing.get("CBJYQZ", one.certificate, "FZRQ")
        if scene.editing.get("CBJYQZ", one.certificate, "QZLQRQ") is not None:
            break
    scene.editing.set("CBJYQZ", one.certificate, "QZLQRQ", issued - timedelta(days=10))
    key = scene.editing.get("CBJYQZ", one.certificate, "CBJYQZBM")
    return Problem("certificate.dates", table="CBJYQZ", key=key, field="QZLQRQ")


def _identity_invalid(scene: Scene) -> Problem:
    one = scene.household()
    number = scene.editing.get("CBF_JTCY", one.members[1], "CYZJHM")
    wrong = number[:17] + ("0" if number[17] != "0" else "1")
    scene.editing.set("CBF_JTCY", one.members[1], "CYZJHM", wrong)
    return Problem("identity.invalid", table="CBF_JTCY", key=one.code, field="CYZJHM")


def _identity_sex(scene: Scene) -> Problem:
    one = scene.household()
    sex = scene.editing.get("CBF_JTCY", one.members[1], "CYXB")
    scene.editing.set("CBF_JTCY", one.members[1], "CYXB", "2" if sex == "1" else "1")
    return Problem("identity.sex", table="CBF_JTCY", key=one.code, field="CYXB")


def _identity_duplicate(scene: Scene) -> Problem:
    one, other = scene.household(), scene.household()
    number = scene.editing.get("CBF_JTCY", one.members[1], "CYZJHM")
    scene.editing.set("CBF_JTCY", other.members[1], "CYZJHM", number)
    key = min(one.code, other.code)
    return Problem("identity.duplicate", table="CBF_JTCY", key=key, field="CYZJHM")


def _two_heads(scene: Scene) -> Problem:
    one = scene.household()
    scene.editing.set("CBF_JTCY", one.members[1], "YHZGX", "02")
    return Problem("household.several_heads", table="CBF_JTCY", key=one.code, field="YHZGX")


def _no_head(scene: Scene) -> Problem:
    one = scene.household()
    scene.editing.set("CBF_JTCY", one.members[0], "YHZGX", "99")
    return Problem("household.no_head", table="CBF_JTCY", key=one.code, field="YHZGX")


def _circulation(scene: Scene, code: str, field: str, **changes: Any) -> Problem:
    """A sound circulation contract of a fresh household with something wrong in it."""
    one, taker = scene.household(), scene.household()
    party = one.code[:14]
    get = scene.editing.get
    start = get("CBHT", one.contract, "QDSJ") + timedelta(days=365)
    area = get("CBHT", one.contract, "HTZMJ")
    number = f"{party}{scene.serial(party):04d}"
    row: dict[str, Any] = {
        "CBHTBM": get("CBHT", one.contract, "CBHTBM"), "LZHTBM": number, "CBFBM": one.code,
        "SRFBM": taker.code, "LZFS": "900", "LZQX": "2年", "LZQXKSRQ": start,
        "LZQXJSRQ": start + timedelta(days=730), "LZMJ": area, "LZMJM": _mu(area),
        "LZDKS": get("CBHT", one.contract, "CBDKZS"), "LZJGSM": "每亩每年 600 元",
        "HTQDRQ": start - timedelta(days=5),
    }  # fmt: skip
    given = {
        name: value(row, get, one) if callable(value) else value for name, value in changes.items()
    }
    scene.editing.add("LZHT", **row | given)
    return Problem(code, table="LZHT", key=number, field=field)


def _circulation_dates(scene: Scene) -> Problem:
    return _circulation(
        scene, "circulation.dates", "LZQXKSRQ",
        LZQXKSRQ=lambda row, get, one: row["LZQXJSRQ"] + timedelta(days=9),
    )  # fmt: skip


def _circulation_term(scene: Scene) -> Problem:
    return _circulation(
        scene, "circulation.term", "LZQXJSRQ",
        LZQXJSRQ=lambda row, get, one: get("CBHT", one.contract, "CBQXZ") + timedelta(days=30)
        if get("CBHT", one.contract, "CBQXZ").year < 9999 else row["LZQXJSRQ"],
        CBHTBM=lambda row, get, one: row["CBHTBM"],
    )  # fmt: skip


def _circulation_area(scene: Scene) -> Problem:
    return _circulation(
        scene, "circulation.area", "LZMJ",
        LZMJ=lambda row, get, one: row["LZMJ"] + 800.0,
        LZMJM=lambda row, get, one: _mu(row["LZMJ"] + 800.0),
    )  # fmt: skip


def _stated_area(scene: Scene) -> Problem:
    one = scene.household()
    row = one.parcels[0]
    area = round(scene.planes[row].area * 1.05 + 5, 2)
    scene.editing.set("DK", row, "SCMJ", area)
    scene.editing.set("DK", row, "SCMJM", _mu(area))
    return Problem("parcel.area", table="DK", key=scene.codes[row], field="SCMJ")


def _overlap(scene: Scene) -> Problem:
    _one, row, beside = scene.parcel(with_neighbour=True)
    common = shapely.line_merge(
        shapely.intersection(
            shapely.boundary(scene.planes[row]), shapely.boundary(scene.planes[beside])
        )
    )
    side = shapely.get_coordinates(common)
    shape = shapes.reaching_over(drawn_in(scene.planes[row]), side)
    key = min(scene.codes[row], scene.codes[beside])
    return _shaped(scene, "parcel.overlap", row, shape, key)


def _near_miss(scene: Scene) -> Problem:
    _one, row, beside = scene.parcel(with_neighbour=True)
    theirs = {tuple(point) for point in corners(scene.planes[beside])}
    corner = next(point for point in corners(scene.planes[row]) if tuple(point) in theirs)
    shape = shapes.near_to(scene.planes[row], drawn_in(scene.planes[row]), corner)
    key = min(scene.codes[row], scene.codes[beside])
    return _shaped(scene, "parcel.near_miss", row, shape, key)


def _outside_village(scene: Scene) -> Problem:
    _one, row, _beside = scene.parcel()
    shape = shapes.moved_to(drawn_in(scene.planes[row]), scene.spare_place())
    return _shaped(scene, "parcel.outside_village", row, shape)


def _outside_county(scene: Scene) -> Problem:
    _one, row, _beside = scene.parcel()
    bounds = shapely.total_bounds(scene.planes)
    # Far to the south of every field, each one farther than the last; still in the same zone.
    away = np.array([bounds[0], bounds[1] - 120_000.0 - 500.0 * scene.serial("county")])
    return _shaped(
        scene, "parcel.outside_county", row, shapes.moved_to(drawn_in(scene.planes[row]), away)
    )


def _member(one: Household) -> int:
    return one.members[1]


def _holder(one: Household) -> int:
    return one.row


def _contract(one: Household) -> int:
    return one.contract


def _first_right(one: Household) -> int:
    return one.rights[0]


def _first_parcel(one: Household) -> int:
    return one.parcels[0]


PLANTS: dict[str, Plant] = {
    "value.missing": _cell("value.missing", "CBF", "CBFDZ", None, _holder, "CBFBM"),
    "value.too_long": _cell("value.too_long", "CBF", "CBFDZ", "长" * 60, _holder, "CBFBM"),
    "value.not_in_list": _cell("value.not_in_list", "DK", "TDYT", "8", _first_parcel, "DKBM"),
    "value.not_positive": _cell("value.not_positive", "CBDKXX", "HTMJ", -5.0, _first_right, "DKBM"),
    "code.malformed": _malformed,
    "code.composition": _composition,
    "code.duplicate": _duplicate,
    "code.place_unknown": _unknown_place,
    "code.way": _cell("code.way", "CBDKXX", "CBJYQQDFS", "121", _first_right, "DKBM"),
    "code.serial_range": _serial_range,
    "reference.missing": _missing_reference,
    "reference.unused": _unused,
    "reference.no_certificate": _no_certificate,
    "contract.area_sum": _contract_area,
    "contract.parcel_count": _cell(
        "contract.parcel_count", "CBHT", "CBDKZS", lambda old: old + 1, _contract, "CBHTBM"
    ),
    "contract.dates": _cell(
        "contract.dates", "CBJYQZDJB", "CBQXQ", lambda old: old.replace(year=9999, month=6),
        lambda one: one.entry, "CBJYQZBM",
    ),
    "certificate.dates": _certificate_dates,
    "area.mu": _cell("area.mu", "CBDKXX", "HTMJM", lambda old: old + 1, _first_right, "DKBM"),
    "household.member_count": _cell(
        "household.member_count", "CBF", "CBFCYSL", lambda old: old + 1, _holder, "CBFBM"
    ),
    "household.no_head": _no_head,
    "household.several_heads": _two_heads,
    "household.representative": _cell(
        "household.representative", "CBF", "CBFMC", "查无此人", _holder, "CBFBM"
    ),
    "identity.invalid": _identity_invalid,
    "identity.sex": _identity_sex,
    "identity.duplicate": _identity_duplicate,
    "circulation.dates": _circulation_dates,
    "circulation.term": _circulation_term,
    "circulation.area": _circulation_area,
    "parcel.no_geometry": _reshape("parcel.no_geometry", lambda _: None),
    "parcel.invalid": _reshape("parcel.invalid", shapes.bow_tie),
    "parcel.multipart": _reshape("parcel.multipart", shapes.two_parts),
    "parcel.hole": _reshape("parcel.hole", shapes.with_hole),
    "parcel.sliver": _reshape("parcel.sliver", shapes.splinter),
    "parcel.spike": _reshape("parcel.spike", lambda free: shapes.notched(free, 0.06)),
    "parcel.narrow_angle": _reshape("parcel.narrow_angle", lambda free: shapes.notched(free, 0.4)),
    "parcel.duplicate_node": _reshape("parcel.duplicate_node", shapes.double_node),
    "parcel.area": _stated_area,
    "parcel.overlap": _overlap,
    "parcel.near_miss": _near_miss,
    "parcel.outside_village": _outside_village,
    "parcel.outside_county": _outside_county,
}  # fmt: skip


def plant(package: Package, count: int, seed: int) -> tuple[Package, list[Problem]]:
    """The package with `count` faults, cycling through every kind of the checks, and their list.

    Each fault stands on rows of its own and sets off nothing else. The list has code, table, key
    and field of each as the checks report it. ValueError if the package has too few households.
    """
    scene = Scene(package, seed)
    kinds = list(PLANTS.values())
    planted = [kinds[number % len(kinds)](scene) for number in range(count)]
    return scene.editing.done(), planted
