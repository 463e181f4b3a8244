import csv
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengxiang.codes import places

codes = st.sampled_from(places.WIDTHS).flatmap(
    lambda width: st.text("0123456789", min_size=width, max_size=width)
)


@given(codes)
def test_every_ancestor_contains_the_place(code):
    for ancestor in places.ancestors(code):
        assert places.contains(ancestor, code)
        assert not places.contains(code, ancestor)
    assert places.contains(code, code)


@given(codes)
def test_the_parent_is_the_last_ancestor_and_has_the_others_as_its_own(code):
    parent = places.parent(code)
    if parent is None:
        assert places.ancestors(code) == ()
    else:
        assert places.ancestors(code) == (*places.ancestors(parent), parent)


@pytest.mark.parametrize("code", ["", "2", "211", "21x4", "2112821012011", "２１"])
def test_other_texts_are_no_place_codes(code):
    with pytest.raises(ValueError, match="place code"):
        places.level(code)


def test_level_and_parent_of_all_shipped_places_agree_with_their_codes():
    path = resources.files("chengxiang.data") / "places.csv"
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [r["level"] for r in rows] == [places.level(r["code"]) for r in rows]
    assert [r["parent_code"] or None for r in rows] == [places.parent(r["code"]) for r in rows]
    kinds = [(r["kind"].removeprefix("autonomous_"), places.kind(r["code"])) for r in rows]
    assert [pair for pair in kinds if pair[0] != pair[1]] == []


def test_a_place_contains_the_issuing_parties_of_its_villages():
    assert places.contains("211282", "21128200120000")
