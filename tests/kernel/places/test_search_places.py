"""A place is found by what people type: a part of its name, pinyin, initials, code."""

import time
from datetime import date

import pytest

from chengxiang.kernel.places import queries

ON = date(2026, 11, 24)


def found(text: str, limit: int = 10) -> list[str]:
    return [place.code for place in queries.search(text, limit, on=ON)]


@pytest.mark.parametrize(
    "text",
    [
        "房木镇",
        "房木",
        "木镇",
        "fangmuzhen",
        "fang mu",
        "Fang Mu Zhen",
        "fangm",
        "fmz",
        "211223107",
    ],
)
def test_fangmu_town_is_found_by(places, text):
    assert "211223107" in found(text, 50)


def test_what_is_meant_exactly_comes_first(places):
    assert found("房木镇")[0] == found("fangmuzhen")[0] == found("fmz")[0] == "211223107"
    assert found("211223")[0] == "211223"


def test_among_equals_the_wider_place_comes_first(places):
    assert found("沈阳")[0] == "2101"
    assert [len(code) for code in found("2112", 4)] == [4, 6, 6, 6]


def test_a_name_that_begins_so_comes_before_one_that_has_it_inside(places):
    names = [place.name for place in queries.search("凉泉", 10, on=ON)]
    assert names == sorted(names, key=lambda name: not name.startswith("凉泉"))


@pytest.mark.parametrize("text", ["", "   ", "%", "_", "'", "王%", "\\", "99999999999999", "zzzz"])
def test_nothing_is_found_by(places, text):
    assert found(text) == []


def test_every_search_takes_less_than_20_milliseconds(places):
    for text in ("沈阳", "凉泉", "fangmuzhen", "fang mu", "fmz", "2112", "f", "l"):
        queries.search(text, 20, on=ON)
        times = []
        for _ in range(5):
            start = time.perf_counter()
            queries.search(text, 20, on=ON)
            times.append(time.perf_counter() - start)
        assert min(times) < 0.020, (text, times)
