"""OGC API - Features: a GIS program finds its way from the landing page to every feature."""

import pytest
import shapely
from shapely.geometry import shape

from chengxiang.kernel.area import Area, Collection
from chengxiang.kernel.places import lists
from chengxiang.kernel.places.commands import load_places
from chengxiang.site import ogc

LISTED = lists.shipped()
CODES = {"21", *(row.code for row in LISTED.rows if len(row.code) in (4, 6)), "211223103"}
ITEMS = "/ogc/collections/places/items"


@pytest.fixture
def counties(db):
    """Province, prefectures, counties and one town."""
    rows = [row for row in LISTED.rows if row.code in CODES]
    load_places(source=lists.PlaceList(LISTED.day, rows, LISTED.boundaries))


def link(content: dict, rel: str) -> str:
    return next((link["href"] for link in content["links"] if link["rel"] == rel), "")


def test_every_link_from_the_landing_page_leads_somewhere(counties, client):
    landing = client.get("/ogc/").json()
    for rel in ("self", "alternate", "service-desc", "service-doc", "conformance", "data"):
        assert client.get(link(landing, rel)).status_code == 200, rel
    for collection in client.get(link(landing, "data")).json()["collections"]:
        for found in collection["links"]:
            assert client.get(found["href"]).status_code == 200, found


def test_it_keeps_core_geojson_html_and_openapi(db, client):
    classes = client.get("/ogc/conformance").json()["conformsTo"]
    assert {name.rpartition("/")[2] for name in classes} == {"core", "oas30", "html", "geojson"}


def test_a_collection_tells_extent_and_items(db, client):
    places = client.get("/ogc/collections/places").json()
    assert places["id"] == "places" and places["itemType"] == "feature"
    assert len(places["extent"]["spatial"]["bbox"][0]) == 4
    assert link(places, "items").endswith(ITEMS)


def test_next_links_lead_through_every_feature_once(counties, client):
    address, ids = f"{ITEMS}?limit=40", []
    while address:
        answer = client.get(address)
        assert answer["Content-Type"] == "application/geo+json"
        content = answer.json()
        assert content["numberReturned"] == len(content["features"]) <= 40
        ids += [feature["id"] for feature in content["features"]]
        address = link(content, "next")
    assert ids == sorted(CODES)


def test_features_are_narrowed_by_level_and_parent(counties, client):
    content = client.get(f"{ITEMS}?level=county&parent=2112").json()
    assert {f["properties"]["parent"] for f in content["features"]} == {"2112"}
    assert len(content["features"]) == 7


@pytest.mark.parametrize("box", [(124.3, 42.4, 125, 43), (121.5, 38.8, 121.7, 39), (0, 0, 1, 1)])
def test_a_box_gives_exactly_the_places_whose_boundary_meets_it(counties, client, box):
    address = f"{ITEMS}?limit=1000&bbox={','.join(map(str, box))}"
    found = {feature["id"] for feature in client.get(address).json()["features"]}
    meets = {
        code
        for code, wkb in LISTED.boundaries.items()
        if shapely.intersects(shapely.from_wkb(wkb), shapely.box(*box))
    }
    assert found == meets


def test_one_feature_is_geojson_with_the_places_code_as_id(counties, client):
    answer = client.get(f"{ITEMS}/211223")
    feature = answer.json()
    assert answer["Content-Type"] == "application/geo+json"
    assert (feature["id"], feature["properties"]["name_en"]) == ("211223", "Xifeng County")
    assert shape(feature["geometry"]).equals(shapely.from_wkb(LISTED.boundaries["211223"]))


def test_a_place_without_a_known_boundary_has_a_null_geometry(counties, client):
    assert client.get(f"{ITEMS}/211223103").json()["geometry"] is None


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("bbox=1,2,3", "bbox"),
        ("bbox=a,b,c,d", "bbox"),
        ("bbox=nan,0,1,1", "bbox"),
        ("bbox=0,5,1,1", "bbox"),
        ("limit=0", "limit"),
        ("limit=x", "limit"),
        ("colour=red", "colour"),
        ("f=xml", "f"),
    ],
)
def test_a_parameter_that_cannot_be_read_is_refused_by_name(counties, client, query, field):
    answer = client.get(f"{ITEMS}?{query}")
    assert (answer.status_code, answer.json()["field"]) == (400, field)


def test_datetime_is_taken_without_effect(counties, client):
    address = f"{ITEMS}?level=province&datetime=2020-01-01T00:00:00Z/.."
    assert client.get(address).json()["numberReturned"] == 1


@pytest.mark.parametrize(
    "address", ["/ogc/collections/none", f"{ITEMS}/99", "/ogc/collections/none/items"]
)
def test_what_is_not_there_is_a_problem_404(db, client, address):
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.parametrize(
    "address",
    ["/ogc/", "/ogc/conformance", "/ogc/api", "/ogc/collections", "/ogc/collections/places",
     ITEMS, f"{ITEMS}/211223"],
)  # fmt: skip
def test_every_document_is_also_a_page(counties, client, address):
    assert client.get(f"{address}?f=html")["Content-Type"].startswith("text/html")
    by_accept = client.get(address, headers={"accept": "text/html,*/*;q=0.8"})
    assert by_accept["Content-Type"].startswith("text/html")
    assert "json" in client.get(address, headers={"accept": "*/*"})["Content-Type"]


def test_a_collection_is_there_only_for_those_who_may_read_it(browser, li, visitor, monkeypatch):
    secret = Collection(
        name="secret", title="Secret", description="", extent=(0, 0, 1, 1),
        items=lambda *asked: [], item=lambda officer, code: None, permission="land.read",
    )  # fmt: skip
    area = Area(code="test", app="", title="", group="", collections=(secret,))
    monkeypatch.setattr(ogc, "areas", lambda: [area])
    for address in ("/ogc/collections/secret", "/ogc/collections/secret/items"):
        assert browser(li).get(address).status_code == 200
        assert browser(visitor).get(address).status_code == 404
    assert browser(visitor).get("/ogc/collections").json()["collections"] == []
