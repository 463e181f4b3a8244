"""What lies in what: by prefix, each question one query that an index answers."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chengxiang.kernel.places import queries
from chengxiang.kernel.places.models import Place

ON = date(2026, 11, 24)
COUNTY, TOWN, VILLAGE = "211223", "211223103", "211223103201"


def one_indexed_query(ask) -> str:
    """The plan of the only query `ask` makes; it does not read the whole table."""
    with CaptureQueriesContext(connection) as asked:
        ask()
    assert len(asked) == 1, [query["sql"] for query in asked]
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN " + asked.captured_queries[0]["sql"])
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "Seq Scan" not in plan, plan
    assert "Index" in plan, plan
    return plan


@pytest.fixture
def county(places) -> Place:
    return queries.place(COUNTY)


def test_children_are_one_indexed_query(county):
    one_indexed_query(lambda: list(queries.children(county, ON)))
    one_indexed_query(lambda: list(county.children()))


def test_ancestors_are_one_indexed_query(places):
    village = Place.objects.get(code=VILLAGE)
    one_indexed_query(lambda: list(queries.ancestors(village)))
    assert [p.code for p in queries.ancestors(village)] == ["21", "2112", COUNTY, TOWN]


def test_everything_inside_a_territory_is_one_indexed_query(places):
    plan = one_indexed_query(lambda: list(Place.objects.below(COUNTY)))
    assert "code" in plan
    assert Place.objects.below(COUNTY).count() == 1 + 18 + 187


def test_covering_asks_no_query_at_all(county, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert county.covers(VILLAGE) and county.covers(COUNTY)
        assert not county.covers("2112") and not county.covers("211224")


@pytest.mark.parametrize("text", ["凉泉", "西丰县", "fangmuzhen", "fang mu", "fmz", "211223103"])
def test_a_search_is_one_indexed_query(places, text):
    one_indexed_query(lambda: queries.search(text, 20, on=ON))


def test_counts_below_add_up_to_the_places_below(places):
    below = queries.below(queries.place("21"), ON)
    assert [column.level for column in below.columns[-2:]] == ["township", "village"]
    assert below.totals[-2:] == [1_406, 16_727]
    assert sum(below.totals[:-2]) == 100
    assert sum(number for _title, number in below.kinds) == 18_248 - 1


def test_a_village_has_nothing_below(places):
    below = queries.below(queries.place(VILLAGE), ON)
    assert (list(below.rows), list(below.columns), list(below.kinds)) == ([], [], [])


def test_the_sheet_of_any_place_takes_five_queries_at_most(places):
    for code in ("21", COUNTY, VILLAGE):
        with CaptureQueriesContext(connection) as asked:
            queries.sheet(code, ON)
        assert len(asked) <= 5


def test_a_village_is_shown_in_the_extent_of_its_county(places):
    sheet = queries.sheet(VILLAGE, ON)
    assert sheet.extent_of.code == COUNTY
    assert sheet.population is None


def test_the_census_figure_says_that_it_is_recalled(places):
    population = queries.sheet("21", ON).population
    assert (population.residents, population.recalled) == (42_591_407, True)
