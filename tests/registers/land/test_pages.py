"""The pages of the land register: what they show, and to whom."""

from decimal import Decimal

import pytest

from chengxiang.kernel.history.models import Reading
from chengxiang.registers.land.models import Member, Parcel, ParcelRight
from chengxiang.registers.land.queries.statistics import statistics
from chengxiang.registers.land.submission.layout import national_tables
from chengxiang.registers.land.submission.summaries import summaries
from tests.registers.land.conftest import HERE, HOLDER, ON, THERE

PARCEL = HERE + "0000001"
PAGES = {
    "contractor": f"/land/contractors/{HOLDER}/",
    "parcel": f"/land/parcels/{PARCEL}/",
    "certificate": f"/land/papers/certificate/{HOLDER}.pdf",
    "register sheet": f"/land/papers/register_sheet/{HOLDER}.pdf",
    "sketch": f"/land/papers/sketch/{HOLDER}.pdf",
    "village papers": f"/land/papers/village/{HERE}.pdf",
    "summary": f"/land/summaries/{HERE}/",
    "summary workbook": f"/land/summaries/{HERE}.xlsx",
}


@pytest.mark.parametrize("page", PAGES)
def test_a_clerk_sees_the_own_village_and_the_neighbour_sees_none_of_it(
    register, browser, clerk, neighbour, page
):
    assert browser(clerk).get(PAGES[page]).status_code == 200
    assert browser(neighbour).get(PAGES[page]).status_code == 404


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_lists_overview_and_search_show_the_own_village_only(
    register, browser, clerk, neighbour, language
):
    for address in ("/land/", "/land/contractors/", "/land/parcels/", "/search/?q=张甲"):
        own = browser(clerk, language).get(address).content.decode()
        other = browser(neighbour, language).get(address).content.decode()
        assert THERE not in own
        assert HERE not in other
    assert HOLDER in browser(clerk, language).get("/land/contractors/").content.decode()


def test_exports_hold_the_same_rows_and_no_number_in_full(register, browser, clerk):
    number = Member.objects.filter(contractor__code=HOLDER).first().document_number
    rows = b"".join(browser(clerk).get("/land/contractors/?as=csv").streaming_content).decode()
    assert HOLDER in rows
    assert THERE not in rows
    assert number not in rows
    assert number[:4] + "*" * 12 + number[-2:] in rows
    workbook = browser(clerk).get("/land/parcels/?as=xlsx")
    assert workbook.content.startswith(b"PK")


def test_a_list_is_filtered_sorted_and_totalled(register, browser, registrar):
    page = browser(registrar).get(f"/land/parcels/?place={HERE}&sort=-area&parcel_class=10")
    assert page.context["totals"].count == 6
    assert page.context["totals"].area_mu == Decimal("18.00")
    assert browser(registrar).get("/land/parcels/?use=4").context["totals"].count == 0
    assert browser(registrar).get("/land/contractors/?q=zhangjia").status_code == 200


def test_numbers_are_masked_until_a_purpose_is_given_and_every_reading_is_logged(
    register, browser, clerk
):
    member = Member.objects.filter(contractor__code=HOLDER).first()
    page = browser(clerk).get(PAGES["contractor"]).content.decode()
    assert member.document_number not in page
    address = f"/land/contractors/{HOLDER}/members/{member.pk}/number/"
    refused = browser(clerk).post(address, {"purpose": " "})
    assert member.document_number not in refused.content.decode()
    assert not Reading.objects.exists()
    shown = browser(clerk).post(address, {"purpose": "核对身份"})
    assert member.document_number in shown.content.decode()
    reading = Reading.objects.get()
    assert (reading.reader, reading.record, reading.purpose) == (clerk.account, HOLDER, "核对身份")


def test_another_villages_number_does_not_exist(register, browser, neighbour):
    member = Member.objects.filter(contractor__code=HOLDER).first()
    address = f"/land/contractors/{HOLDER}/members/{member.pk}/number/"
    assert browser(neighbour).post(address, {"purpose": "核对"}).status_code == 404
    assert not Reading.objects.exists()


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("张甲", "张甲"),
        ("zhangjia", "张甲"),
        ("zj", "张甲"),
        ("zhang jia", "张甲"),
        (HOLDER, "张甲"),
        (HOLDER + "J", "张甲"),
        (PARCEL, PARCEL),
    ],
)
def test_search_finds_by_name_pinyin_initials_and_codes(register, clerk, asked, title):
    from chengxiang.registers.land.queries.search import search

    assert title in {hit.title for hit in search(clerk, asked, 10)}


def test_search_finds_an_identity_number_exactly_and_shows_it_masked(register, clerk, neighbour):
    from chengxiang.registers.land.queries.search import search

    member = Member.objects.filter(contractor__code=HOLDER).first()
    (hit,) = search(clerk, member.document_number, 10)
    assert hit.title == member.name
    assert member.document_number not in hit.detail
    assert "****" in hit.detail
    assert search(neighbour, member.document_number, 10) == []
    assert search(clerk, member.document_number[:17] + "?", 10) == []


@pytest.mark.parametrize("level", [2, 4, 6, 9])
def test_every_total_is_the_sum_of_its_children_at_every_level(register, registrar, level):
    code = HERE[:level] if level >= 6 else "211282"
    found = statistics(registrar, code, ON)
    for table in found.tables:
        for column in table.columns:
            whole = sum(figures[column.name] for _code, figures in table.rows)
            assert table.total[column.name] == whole


def test_the_register_adds_up_to_what_the_package_adds_up_to(register, registrar):
    here = statistics(registrar, "211282", ON)
    package = summaries(register.package, "211282")
    for ours, theirs in zip(here.tables, package, strict=True):
        for column in theirs.columns:
            assert float(ours.total[column.name]) == float(theirs.rows["211282"][column.name]), (
                column.name
            )


def test_figures_are_those_of_the_day_asked_for(register, registrar):
    from datetime import date

    before = statistics(registrar, "211282", date(2014, 12, 31))
    assert before.total["contracted_count"] == 0
    issued = statistics(registrar, "211282", date(2016, 5, 31))
    assert issued.total["contracted_count"] == 12
    assert issued.total["certificates"] == 0


def test_reserve_land_is_held_against_the_limit_of_the_law(register, registrar):
    assert statistics(registrar, "211282", ON).reserve_share == 0


def test_the_contractor_page_shows_what_the_record_holds(register, browser, registrar):
    page = browser(registrar).get(PAGES["contractor"])
    sheet = page.context["sheet"]
    assert sheet.contracted_mu == Decimal("6.00")
    assert len(sheet.members) == 3
    assert sheet.certificate_state[0] == "valid"
    assert [held.parcel.code for held in sheet.parcels] == [HERE + "0000001", HERE + "0000002"]
    east = next(side for side in sheet.parcels[0].sides if side.direction == "东")
    assert east.holders[0][0] == HERE + "0000002"


def test_the_pages_ask_a_fixed_number_of_questions(
    register, browser, registrar, django_assert_max_num_queries
):
    client = browser(registrar)
    client.get(PAGES["contractor"])
    for address, most in (
        (PAGES["contractor"], 22), (PAGES["parcel"], 16), ("/land/contractors/", 8),
        ("/land/parcels/", 9), ("/land/summaries/211282/", 12), ("/land/", 16),
    ):  # fmt: skip
        with django_assert_max_num_queries(most):
            assert client.get(address).status_code == 200


def test_a_paper_agrees_with_the_register_until_the_register_changes(register, browser, visitor):
    from chengxiang.registers.land.queries.papers import digest

    fingerprint = digest("certificate", HOLDER, ON)
    address = f"/land/papers/check/?kind=certificate&code={HOLDER}&on={ON}&digest={fingerprint}"
    page = browser(visitor).get(address).content.decode()
    assert "agrees with the register" in page
    assert "张甲" not in page
    wrong = browser(visitor).get(address.replace(fingerprint, "0" * 16)).content.decode()
    assert "does not agree" in wrong
    ParcelRight.objects.filter(parcel__code=PARCEL).update(area_m2=1)
    assert digest("certificate", HOLDER, ON) != fingerprint


def test_the_same_paper_is_the_same_bytes(register, browser, clerk):
    first, second = (browser(clerk).get(PAGES["certificate"]).content for _ in range(2))
    assert first == second
    assert first.startswith(b"%PDF")


def test_the_map_on_paper_is_true_to_scale_and_shows_the_own_village_only(register, browser, clerk):
    west, south, east, north = Parcel.objects.get(code=PARCEL).extent
    centre = f"{(west + east) / 2:.6f},{(south + north) / 2:.6f}"
    sheet = browser(clerk).get(f"/land/map.pdf?center={centre}&scale=1000&paper=A4")
    assert sheet.content.startswith(b"%PDF")
    assert browser(clerk).get("/land/map.pdf?center=x&scale=1000").status_code == 404
    assert browser(clerk).get(f"/land/map.pdf?center={centre}&scale=7").status_code == 404


def test_every_national_table_can_be_asked_of_the_register(register, registrar):
    assert set(register.package.counts()) == set(national_tables())
