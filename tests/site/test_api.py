"""The REST root: described, open to visitors for what is public, saying no in problem details."""

import json
import re
from pathlib import Path

import pytest
from django.http import Http404
from django.test import RequestFactory

from chengxiang.kernel.errors import Refused
from chengxiang.kernel.places import lists
from chengxiang.kernel.places.commands import load_places
from chengxiang.site.api import api

LISTED = lists.shipped()
XIFENG = [
    row
    for row in LISTED.rows
    if row.code in {"21", "2112"} or (row.code.startswith("211223") and len(row.code) < 12)
]


@pytest.fixture
def xifeng(db):
    """Xifeng county with its 18 towns, and what it lies in."""
    boundaries = {code: LISTED.boundaries[code] for code in ("21", "2112", "211223")}
    load_places(source=lists.PlaceList(LISTED.day, XIFENG, boundaries))


def test_a_visitor_may_read_places(xifeng, client):
    answer = client.get("/api/places/211223").json()
    assert (answer["name"], answer["parent"], answer["level"]) == ("西丰县", "2112", "county")
    assert [above["code"] for above in answer["ancestors"]] == ["21", "2112"]


def test_pages_follow_each_other_by_cursor_without_loss_or_repeat(xifeng, client):
    address, codes = "/api/places/211223/children?limit=7", []
    while address:
        answer = client.get(address).json()
        codes += [place["code"] for place in answer["items"]]
        address = answer["next"]
    assert codes == [row.code for row in XIFENG if row.parent_code == "211223"]
    assert len(codes) == 18


def test_the_list_of_places_is_narrowed_by_level_and_parent(xifeng, client):
    towns = client.get("/api/places?level=township&parent=211223").json()["items"]
    assert {town["parent"] for town in towns} == {"211223"} and len(towns) == 18


def test_places_are_searched_by_pinyin(xifeng, client):
    answer = client.get("/api/places?q=fang mu").json()
    assert [place["name"] for place in answer["items"]] == ["房木镇"]


def problem(answer, status: int, code: str) -> dict:
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    content = answer.json()
    assert (content["type"], content["status"]) == (code, status)
    assert content["title"] and content["detail"]
    return content


def test_an_unknown_place_is_a_problem_404(db, client):
    problem(client.get("/api/places/99"), 404, "not_found")


def test_wrong_input_is_a_problem_422_that_names_the_field(db, client):
    content = problem(client.get("/api/places?limit=many"), 422, "invalid_input")
    assert content["field"] == "limit"
    assert [error["field"].endswith("limit") for error in content["errors"]] == [True]


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (Refused("land.term_overlaps", "No.", field="term"), 409, "land.term_overlaps"),
        (Refused("accounts.not_permitted", "No."), 403, "accounts.not_permitted"),
        (Refused("history.sign_in_first", "No."), 401, "history.sign_in_first"),
        (Http404("No."), 404, "not_found"),
    ],
)
def test_a_refusal_becomes_problem_details(error, status, code):
    answer = api.on_exception(RequestFactory().get("/api/"), error)
    content = json.loads(answer.content)
    assert (answer.status_code, content["type"], content["detail"]) == (status, code, "No.")
    assert content["field"] == getattr(error, "field", None)


def test_problems_are_told_in_the_readers_language(db, client):
    answer = client.get("/api/places/99", headers={"accept-language": "zh-hans"})
    assert "没有代码为 99 的区划" in answer.json()["detail"]


def test_the_documentation_needs_no_other_server(db, client):
    page = client.get("/api/docs").content.decode()
    outside = re.findall(r"(?:src|href)=[\"']((?:https?:)?//[^\"']+)", page)
    assert outside == []
    for file in re.findall(r"(?:src|href)=\"(/static/[^\"]+)", page):
        answer = client.get(file)
        assert answer.status_code == 200, file
        answer.close()


def test_the_interface_of_places_is_as_published(db, client):
    described = client.get("/api/openapi.json").json()
    found = {path: way for path, way in described["paths"].items() if "/api/places" in path}
    known = json.loads((Path(__file__).parent / "openapi_places.json").read_text("utf-8"))
    # Programs rely on it: a change is made on purpose, in this file too.
    assert found == known


def test_every_operation_says_what_it_does(db, client):
    for path, ways in client.get("/api/openapi.json").json()["paths"].items():
        for way, operation in ways.items():
            assert operation["summary"] and operation["tags"], (way, path)
