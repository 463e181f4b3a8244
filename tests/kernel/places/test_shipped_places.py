"""The shipped list: all five levels, and codes that agree with parents."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from chengxiang.codes import places as codes
from chengxiang.kernel.places import lists
from chengxiang.kernel.places.latin import latin_name
from chengxiang.kernel.places.models import Place

LISTED = lists.shipped()


def test_all_places_of_the_list_are_there_with_kind_parent_pinyin_and_initials(places):
    assert Place.objects.count() == 18_248
    town = Place.objects.get(code="211223107")
    assert (town.name, town.kind, town.pinyin, town.initials, town.parent.code) == (
        "房木镇", "town", "fang mu zhen", "fmz", "211223",
    )  # fmt: skip


def test_provinces_prefectures_and_counties_have_boundaries_and_extents(places):
    drawn = Place.objects.exclude(boundary=None)
    assert drawn.count() == drawn.exclude(extent=None).count() == 1 + 14 + 100
    west, south, east, north = Place.objects.get(code="21").extent
    assert 118 < west < 119 and 38 < south < 39 and 125 < east < 126 and 43 < north < 44


def test_a_place_is_not_known_to_have_begun_so_it_is_in_force_in_1998(places):
    assert Place.objects.in_force(date(1998, 1, 1)).count() == 18_248


@given(st.sampled_from(LISTED.rows), st.sampled_from(LISTED.rows))
def test_the_algebra_of_prefixes_equals_the_parents_of_the_list(one, other):
    assert codes.parent(one.code) == (one.parent_code or None)
    covers = Place(code=one.code).covers(other.code)
    assert covers == (one.code in {other.code, *codes.ancestors(other.code)})


def test_ancestors_by_parent_links_are_the_ancestors_by_prefix_for_every_place(places):
    rows = Place.objects.values_list("pk", "code", "parent_id")
    code_of = {pk: code for pk, code, _parent in rows}
    for _pk, code, parent in rows:
        assert codes.parent(code) == code_of.get(parent)


def test_every_place_has_an_english_name_without_chinese_in_it():
    names = [latin_name(row.name, row.pinyin) for row in LISTED.rows]
    assert all(name.isascii() and name[0] == name[0].upper() for name in names)
    known = dict(zip((row.code for row in LISTED.rows), names, strict=True))
    assert (known["21"], known["2112"], known["211223"]) == (
        "Liaoning", "Tieling", "Xifeng County",
    )  # fmt: skip
    assert known["211223103201"] == "Zhongxing Village"
