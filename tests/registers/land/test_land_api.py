"""The land register for machines: the same records, the same eyes."""

import pytest

from tests.registers.land.conftest import HERE, HOLDER

PARCEL = HERE + "0000001"


def test_a_contractor_is_the_same_by_page_and_by_api(register, browser, clerk, neighbour):
    answer = browser(clerk).get(f"/api/land/contractors/{HOLDER}").json()
    assert (answer["name"], answer["contracted_mu"], answer["certificate"]) == (
        "张甲",
        "6.00",
        "valid",
    )
    assert answer["parcel_codes"] == [HERE + "0000001", HERE + "0000002"]
    assert all("****" in member["document_number"] for member in answer["member_list"])
    assert browser(neighbour).get(f"/api/land/contractors/{HOLDER}").status_code == 404


def test_lists_come_in_pages_and_hold_the_own_territory_only(register, browser, clerk):
    client = browser(clerk)
    seen, after = [], ""
    while after is not None:
        page = client.get(f"/api/land/parcels?limit=4&after={after}").json()
        seen += [item["code"] for item in page["items"]]
        after = page["next"]
    assert seen == [f"{HERE}00{n:05d}" for n in range(1, 7)]
    holders = client.get("/api/land/contractors?q=zhangjia").json()["items"]
    assert [holder["code"] for holder in holders] == [HOLDER]


def test_parcels_are_an_ogc_collection_within_the_office(
    register, browser, clerk, neighbour, visitor
):
    address = "/ogc/collections/parcels/items"
    own = browser(clerk).get(address, {"f": "json", "limit": 100}).json()["features"]
    assert [feature["id"] for feature in own] == [f"{HERE}00{n:05d}" for n in range(1, 7)]
    assert own[0]["geometry"]["type"] == "Polygon"
    assert browser(neighbour).get(f"{address}/{PARCEL}", {"f": "json"}).status_code == 404
    assert browser(visitor).get(address, {"f": "json"}).status_code in {401, 403, 404}


@pytest.mark.parametrize(
    "address",
    [
        "/api/land/contractors", "/api/land/parcels", f"/api/land/parcels/{PARCEL}",
        f"/api/land/contractors/{HOLDER}", "/api/land/summaries/211282", "/api/land/search?q=zj",
    ],
)  # fmt: skip
def test_a_visitor_is_refused_in_words_and_codes(register, browser, visitor, address):
    answer = browser(visitor).get(address)
    assert answer.status_code in {401, 403}
    assert "张" not in answer.content.decode()


def test_the_summary_adds_up(register, browser, registrar):
    answer = browser(registrar).get("/api/land/summaries/211282").json()
    assert answer["total"]["contracted_count"] == 12
    children = answer["children"].values()
    assert sum(child["contracted_mu"] for child in children) == answer["total"]["contracted_mu"]


def test_a_place_page_shows_the_figures_to_the_office_and_not_to_a_visitor(
    register, browser, registrar, visitor
):
    shown = browser(registrar).get("/places/211282/").content.decode()
    assert "contracted parcels" in shown
    assert "contracted parcels" not in browser(visitor).get("/places/211282/").content.decode()
