"""The pages of places: for everyone, in both languages, with few queries."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chengxiang.kernel.places import names


@pytest.fixture(autouse=True)
def names_read_anew(places):
    names.forget()
    yield
    names.forget()


def test_a_visitor_sees_where_a_county_lies_and_what_lies_in_it(client):
    page = client.get("/places/211223/", headers={"accept-language": "en"}).content.decode()
    for link in ("/places/21/", "/places/2112/", "/places/211223107/"):
        assert f'href="{link}"' in page
    assert "Total of 18 places" in page and "/api/places/211223" in page


def test_the_page_speaks_chinese_too(client):
    page = client.get("/places/211223/", headers={"accept-language": "zh-hans"}).content.decode()
    for words in ("西丰县", "房木镇", "村民委员会", "现行", "合计 18 个"):
        assert words in page


def test_the_province_shows_its_residents_and_that_the_figure_is_recalled(client):
    page = client.get("/places/21/", headers={"accept-language": "en"}).content.decode()
    assert "42\u2009591\u2009407" in page and "recalled" in page


def test_a_village_says_that_its_boundary_is_not_known(client):
    page = client.get("/places/211223103201/", headers={"accept-language": "en"}).content.decode()
    assert "No boundary of this place is known" in page


@pytest.mark.parametrize("address", ["/places/99/", "/places/99/_children.html", "/places/a'b/"])
def test_an_unknown_place_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_the_tree_has_every_county_and_towns_come_on_demand(client):
    page = client.get("/places/").content.decode()
    assert page.count("hx-get") > 100 and "/places/211223/" in page
    assert "/places/211223107/" in client.get("/places/211223/_children.html").content.decode()


@pytest.mark.parametrize("text", ["fangmu", "房木", "211223107", "fmz"])
def test_the_tree_is_filtered_by_name_pinyin_code_or_initials(client, text):
    whole = client.get("/places/", {"q": text}).content.decode()
    part = client.get("/places/", {"q": text}, headers={"hx-request": "true"}).content.decode()
    assert "/places/211223107/" in whole and "/places/211223107/" in part
    assert "<html" in whole and "<html" not in part


def test_no_answer_says_what_to_try(client):
    page = client.get("/places/?q=zzzz", headers={"accept-language": "en"}).content.decode()
    assert "Try a part of the name" in page


@pytest.mark.parametrize("code", ["21", "211223", "211223103201"])
def test_the_page_of_any_place_takes_six_queries_at_most(client, code):
    client.get(f"/places/{code}/")  # the names of all places are kept from here on
    cache.clear()
    with CaptureQueriesContext(connection) as asked:
        client.get(f"/places/{code}/")
    assert len(asked) <= 6, [query["sql"][:90] for query in asked]
