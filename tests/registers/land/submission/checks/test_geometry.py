import math

import pytest
import shapely
from shapely.affinity import translate

from .conftest import ORIGIN, square


def lone(sample, shape, **values):
    """A reserve parcel away from the others, so that only its own shape is in question."""
    party = sample.row("FBF")["FBFBM"]
    area = shape.area if shape is not None else 100.0
    return sample.add(
        "DK", DKBM=f"{party}00099", DKLB="22", SCMJ=round(area, 2) or 0.01, shape=shape, KJZB="1",
        **values,
    )  # fmt: skip


def at(*points):
    return shapely.Polygon([(ORIGIN[0] + 300 + x, ORIGIN[1] + 300 + y) for x, y in points])


def test_a_parcel_without_geometry_is_told(sample, only):
    lone(sample, None)
    only("parcel.no_geometry", "DK", "geometry")


def test_a_bow_tie_is_told_with_its_place_and_nothing_else(sample, only):
    lone(
        sample,
        at((0, 0), (20, 20), (20, 0), (0, 20)),
    )
    sample.tables["DK"][-1]["SCMJ"] = 77.0
    problem = only("parcel.invalid", "DK", "geometry")
    assert "自相交" in problem.details["reason_zh"]
    assert problem.details["place"] == f" ({ORIGIN[0] + 310:.3f}, {ORIGIN[1] + 310:.3f})"


def test_a_ring_that_is_not_closed_is_told(sample, only):
    closed = shapely.to_wkb(square(300, 300, 20, 20))
    count = int.from_bytes(closed[9:13], "little")
    unclosed = closed[:9] + (count - 1).to_bytes(4, "little") + closed[13:-16]
    lone(sample, square(300, 300, 20, 20), wkb=unclosed)
    assert only("parcel.invalid", "DK", "geometry").details["reason_en"] == "a ring is not closed"


def test_two_parts_are_told(sample, only):
    parts = [square(300, 300, 20, 20), square(340, 300, 20, 20)]
    lone(sample, shapely.MultiPolygon(parts))
    assert only("parcel.multipart", "DK", "geometry").details["parts"] == "2"


def test_one_part_in_a_multipolygon_is_a_polygon(sample, found):
    lone(sample, shapely.MultiPolygon([square(300, 300, 20, 20)]))
    assert found() == []


@pytest.mark.parametrize("shape", [square(300, 300, 0.9, 1), square(300, 300, 100, 0.15)])
def test_slivers_are_told_once(sample, only, shape):
    lone(sample, shape)
    only("parcel.sliver", "DK", "geometry")


def test_a_spike_is_told_once_and_not_as_a_narrow_angle(sample, only):
    lone(sample, at((0, 0), (20, 0), (20, 20), (10.1, 20), (10, 60), (9.9, 20), (0, 20)))
    assert only("parcel.spike", "DK", "geometry").details["angle"] == "0.29"


def test_a_corner_of_three_degrees_is_a_warning(sample, only):
    lone(sample, at((0, 0), (100, 0), (100, 100 * math.tan(math.radians(3)))))
    assert only("parcel.narrow_angle", "DK", "geometry").details["angle"] == "3.00"


def test_nodes_three_centimetres_apart_are_told_once(sample, only):
    lone(sample, at((0, 0), (20, 0), (20, 0.03), (20, 20), (0, 20)))
    assert only("parcel.duplicate_node", "DK", "geometry").details["distance_m"] == "0.0300"


def test_a_hole_is_a_warning(sample, only):
    lone(sample, square(300, 300, 30, 30) - square(310, 310, 10, 10))
    assert only("parcel.hole", "DK", "geometry").details["count"] == "1"


def test_a_stated_area_off_by_more_than_one_percent_is_told(sample, only):
    sample.row("DK")["SCMJ"], sample.row("DK")["SCMJM"] = 2021.0, 3.03
    assert only("parcel.area", "DK", "SCMJ").details["area_m2"] == "2000.00"


@pytest.mark.parametrize(("side", "stated"), [(50, 2519.0), (5, 25.9)])
def test_small_differences_of_area_are_allowed(sample, found, side, stated):
    lone(sample, square(300, 300, side, side))
    sample.tables["DK"][-1]["SCMJ"] = stated
    assert found() == []


def test_a_parcel_beyond_its_village_is_a_warning(sample, only):
    lone(sample, square(540, 300, 30, 30))
    only("parcel.outside_village", "DK", "geometry")


def test_half_a_metre_beyond_the_village_is_allowed(sample, found):
    lone(sample, square(520.5, 300, 30, 30))
    assert found() == []


def test_a_parcel_in_another_zone_is_outside_the_county_only(sample, only):
    lone(sample, translate(square(300, 300, 30, 30), 200_000, 0))
    only("parcel.outside_county", "DK", "geometry")


def test_an_overlap_is_told_once_at_the_smaller_code(sample, only):
    lone(sample, square(40, 300, 20, 20))
    other = lone(sample, square(50, 310, 20, 20))
    other["DKBM"], other["BSM"] = other["DKBM"][:-2] + "98", 98
    problem = only("parcel.overlap", "DK", "geometry")
    assert problem.key == other["DKBM"]
    assert problem.value == sample.tables["DK"][-2]["DKBM"]
    assert problem.details["area_m2"] == "100.00"


def test_a_parcel_within_another_is_an_overlap(sample, only):
    lone(sample, square(300, 300, 40, 40))
    lone(sample, square(310, 310, 10, 10))["DKBM"] = sample.row("FBF")["FBFBM"] + "00098"
    assert only("parcel.overlap", "DK", "geometry").details["area_m2"] == "100.00"


def test_a_hair_of_overlap_is_allowed(sample, found):
    lone(sample, square(300, 300, 40, 40))
    lone(sample, square(339.99995, 300, 40, 40))["DKBM"] = sample.row("FBF")["FBFBM"] + "00098"
    assert found() == []


def test_an_invalid_parcel_does_not_hide_the_overlap_of_others(sample, found):
    lone(sample, at((0, 0), (20, 20), (20, 0), (0, 20)))
    lone(sample, square(400, 300, 40, 40))["DKBM"] = sample.row("FBF")["FBFBM"] + "00097"
    lone(sample, square(410, 310, 10, 10))["DKBM"] = sample.row("FBF")["FBFBM"] + "00098"
    assert [p.code for p in found()] == ["parcel.invalid", "parcel.overlap"]


def test_a_node_two_centimetres_off_is_told_once_at_the_parcel_it_belongs_to(sample, only):
    row = sample.row("DK", 2)
    corners = list(row["shape"].exterior.coords)[:-1]
    middle = max(corners)  # the corner that four parcels share
    row["shape"] = shapely.Polygon(
        [(x - 0.02, y) if (x, y) == middle else (x, y) for x, y in corners]
    )
    problem = only("parcel.near_miss", "DK", "geometry")
    assert problem.key == row["DKBM"]
    assert problem.details["distance_m"] == "0.0200"


def test_a_duplicate_node_beside_a_neighbour_is_no_near_miss(sample, only):
    row = sample.row("DK", 2)
    a, b, *rest = list(row["shape"].exterior.coords)[:-1]
    extra = (a[0], a[1] + math.copysign(0.03, b[1] - a[1]))
    row["shape"] = shapely.Polygon([a, extra, b, *rest])
    only("parcel.duplicate_node", "DK", "geometry")
