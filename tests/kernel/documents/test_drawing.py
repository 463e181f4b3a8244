"""Parcels on paper: to a round scale, whole, with readable words that hide nothing."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from chengxiang.kernel.documents import draw
from chengxiang.kernel.documents.drawing import MARGIN_MM, SCALES

WIDTH, HEIGHT = 84.0, 58.0


def sketch(parcel, *around):
    return draw(parcel, around, width_mm=WIDTH, height_mm=HEIGHT)


def strip(long_m, wide_m, turned=0.0):
    # Where parcels of zone 42 lie, with the zone before the easting.
    shape = shapely.box(42_500_000, 4_700_000, 42_500_000 + long_m, 4_700_000 + wide_m)
    return shapely.affinity.rotate(shape, turned)


@given(st.floats(2, 900), st.floats(1, 300), st.floats(0, 360))
def test_the_whole_parcel_stands_inside_the_margin_at_a_round_scale(long_m, wide_m, turned):
    parcel = strip(long_m, wide_m, turned)
    drawing = sketch(parcel)
    points = np.array(drawing.outline[0])
    assert drawing.scale in SCALES
    assert points.min() >= MARGIN_MM - 0.01
    assert points[:, 0].max() <= WIDTH - MARGIN_MM + 0.01
    assert points[:, 1].max() <= HEIGHT - MARGIN_MM + 0.01
    # Points are rounded to 0.01 mm: no side is longer or shorter by more than that.
    sides = np.hypot(*np.diff(points, axis=0).T) * drawing.scale / 1000
    assert sorted(sides) == pytest.approx(sorted([long_m, wide_m] * 2), abs=drawing.scale * 2e-5)


@given(st.floats(2, 900), st.floats(1, 300), st.floats(0, 360))
def test_every_side_has_its_length_in_the_drawing_or_among_the_short_ones(long_m, wide_m, turned):
    drawing = sketch(strip(long_m, wide_m, turned))
    told = [label.text for label in drawing.lengths] + [metres for _, metres in drawing.short]
    assert sorted(map(float, told)) == pytest.approx(sorted([long_m, wide_m] * 2), abs=0.0051)
    assert all(-90 < label.angle <= 90 for label in drawing.lengths)


def test_holes_and_parts_are_drawn_too():
    holed = strip(50, 40).difference(shapely.box(42_500_010, 4_700_010, 42_500_020, 4_700_020))
    parts = shapely.MultiPolygon([strip(20, 20), shapely.affinity.translate(strip(20, 20), 30, 0)])
    assert len(sketch(holed).outline) == 2
    assert len(sketch(parts).outline) == 2


def test_north_is_up():
    point = shapely.Polygon([(0, 0), (10, 0), (5, 30)])
    tip = min(sketch(point).nodes, key=lambda node: node[1])
    assert tip[0] == pytest.approx(WIDTH / 2)


def test_a_neighbour_is_named_where_the_whole_name_fits_in_its_own_field():
    parcel = strip(40, 30)
    east = shapely.affinity.translate(parcel, 40, 0)
    (label,) = sketch(parcel, (east, "李二")).names
    assert label.text == "李二"
    assert label.x > 63
    assert sketch(parcel, (east, "欧阳德福与司徒凤兰夫妇承包的水浇地")).names == []


def test_neighbours_lines_end_at_the_frame():
    parcel = strip(40, 30)
    drawing = sketch(parcel, (parcel.buffer(500).difference(parcel), ""))
    points = np.array([point for line in drawing.around for point in line])
    assert points.min() >= 0
    assert points[:, 0].max() <= WIDTH
    assert points[:, 1].max() <= HEIGHT


def test_a_parcel_larger_than_any_scale_is_refused_in_words():
    with pytest.raises(ValueError, match="fits at no scale"):
        sketch(strip(9000, 10))
