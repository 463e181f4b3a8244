"""Papers of the land register: what they say, who gets them, how they are checked."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from chengxiang.codes.identity import mask
from chengxiang.codes.land import mu
from chengxiang.kernel.errors import Refused
from chengxiang.kernel.history.models import Reading
from chengxiang.registers.land.commands.unmask_members import unmask_members
from chengxiang.registers.land.documents import KINDS, Order, render, render_pages, render_village
from chengxiang.registers.land.models import (
    Certificate,
    CertificateAction,
    Member,
    Parcel,
    RegisterEntry,
)
from chengxiang.registers.land.queries.papers import digest, papers, parcel_paper
from tests.registers.land.conftest import HERE, HOLDER, ON, THERE, officer
from tests.registers.land.paper_samples import full_village, large_household
from tests.registers.land.submission.checks.conftest import Sample

PARCEL = HERE + "0000001"


def order(kind="certificate", seen=None):
    def url(*parts):
        if seen is not None:
            seen.append(parts)
        return "http://x/land/papers/check/?" + "&".join(parts)

    return Order(kind, ON, ON, url)


def facts(by, code=HOLDER, on=ON):
    (paper,) = papers(by, [code], on)
    return paper


def cancel(on=date(2020, 5, 6)):
    entry = RegisterEntry.objects.get(contractor__code=HOLDER)
    CertificateAction.objects.create(
        kind="cancellation", certificate_code=entry.code, reason="整户消亡", happened_on=on,
        place_code=entry.place_code, valid=(on, None),
    )  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_register_prints_the_same_bytes_in_either_language(register, clerk, kind):
    with translation.override("en"):
        english = render(clerk, HOLDER, order(kind))
    with translation.override("zh-hans"):
        chinese = render(clerk, HOLDER, order(kind))
    assert english.startswith(b"%PDF")
    assert english == chinese


def test_totals_are_the_sums_of_the_rounded_rows(bring, clerk):
    bring(large_household())
    shown = facts(clerk).facts
    assert len(shown["parcels"]) == 30
    for kind in ("surveyed", "contracted"):
        assert shown[f"{kind}_mu"] == sum(mu(one[f"{kind}_m2"]) for one in shown["parcels"])
        assert shown[f"{kind}_m2"] == sum(one[f"{kind}_m2"] for one in shown["parcels"])


def test_the_certificate_lists_all_who_share_the_right_and_nobody_else(bring, clerk):
    sample = Sample()
    sample.row("CBF_JTCY", 0)["SFGYR"] = "1"
    sample.row("CBF_JTCY", 2)["SFGYR"] = "2"
    bring(sample)
    paper = facts(clerk)
    assert [one["name"] for one in paper.shown("certificate")["members"]] == ["张甲", "张甲1"]
    assert len(paper.shown("register_sheet")["members"]) == 3


def test_long_households_run_over_several_pages(bring, clerk):
    bring(large_household())
    assert len(render_pages(clerk, HOLDER, order())) > 8


def test_a_contractor_without_an_entry_gets_no_certificate_but_a_sketch(register, clerk):
    RegisterEntry.objects.filter(contractor__code=HOLDER).update(valid=(date(2015, 1, 1), ON))
    for kind in ("certificate", "register_sheet"):
        with pytest.raises(Refused) as refused:
            render(clerk, HOLDER, order(kind))
        assert refused.value.code == "land.not_registered"
    assert render(clerk, HOLDER, order("sketch"))


def test_a_cancelled_certificate_says_so(register, clerk):
    before = facts(clerk).digest("certificate")
    cancel()
    assert facts(clerk).facts["cancelled_on"] == "2020-05-06"
    assert facts(clerk).digest("certificate") != before
    assert facts(clerk, on=date(2019, 1, 1)).facts["cancelled_on"] == ""


def test_empty_fields_do_not_stop_the_press(register, clerk):
    RegisterEntry.objects.update(serial="", note="", registrar="", registered_on=None)
    Certificate.objects.update(authority="", issued_on=None)
    Member.objects.update(relation="", note="", note_kind="", document_number="")
    Parcel.objects.update(land_use="", east="", west="", south="", north="")
    for kind in KINDS:
        assert render(clerk, HOLDER, order(kind))


def test_one_parcel_alone_held_or_not(register, clerk, neighbour):
    assert len(render_pages(clerk, PARCEL, order("sketch"))) == 1
    parcel = Parcel.objects.get(code=PARCEL)
    parcel.rights.update(valid=(date(2015, 1, 1), ON))
    assert parcel_paper(clerk, PARCEL, ON).facts["name"] == ""
    assert len(render_pages(clerk, PARCEL, order("sketch"))) == 1
    assert render(neighbour, PARCEL, order("sketch")) is None


def test_a_clerk_prints_only_at_the_own_place(register, clerk, neighbour, browser):
    for kind in KINDS:
        url = f"/land/papers/{kind}/{HOLDER}.pdf"
        assert browser(clerk).get(url)["Content-Type"] == "application/pdf"
        assert browser(neighbour).get(url).status_code == 404
        assert browser(neighbour).post(url, {"purpose": "看看"}).status_code in {403, 404, 409}
    assert browser(neighbour).get(f"/land/papers/village/{HERE}.pdf").status_code == 404
    assert browser(clerk).get(f"/land/papers/poster/{HOLDER}.pdf").status_code == 404
    assert not Reading.objects.exists()


def test_a_whole_village_is_one_file_in_few_queries(bring, clerk):
    bring(full_village(30))
    steps = []
    with CaptureQueriesContext(connection) as queries:
        made = render_village(clerk, HERE, order(), progress=lambda *step: steps.append(step))
    assert made.startswith(b"%PDF")
    assert len(queries) <= 40
    assert steps[-1] == ("typesetting", 33, 33)
    assert render_village(clerk, THERE, order()) is None


def test_a_large_village_is_printed_in_parts(bring, clerk, monkeypatch, browser):
    from chengxiang.registers.land import documents

    bring(full_village(2))
    monkeypatch.setattr(documents, "MOST_IN_ONE_FILE", 3)
    with pytest.raises(Refused, match="5 contractors"):
        render_village(clerk, HERE, order())
    assert render_village(clerk, HERE, order(), part=2)
    assert render_village(clerk, HERE, order(), part=3) is None
    url = f"/land/papers/village/{HERE}.pdf"
    assert [browser(clerk).get(url + end).status_code for end in ("", "?part=1", "?part=9")] == [
        409,
        200,
        404,
    ]


def test_a_cancelled_batch_stops(bring, clerk):
    bring(Sample())

    def stop(*_step):
        raise InterruptedError

    with pytest.raises(InterruptedError):
        render_village(clerk, HERE, order(), progress=stop)


def test_numbers_are_masked_unless_a_purpose_is_given_and_logged(register, registrar):
    number = Member.objects.get(name="张甲", contractor__code=HOLDER).document_number
    paper = facts(registrar)
    assert paper.facts["members"][0]["number"] == mask(number)
    with pytest.raises(Refused) as refused:
        unmask_members(registrar, HOLDER, purpose=" ", on=ON)
    assert refused.value.code == "history.no_purpose"
    assert not Reading.objects.exists()
    seen = unmask_members(registrar, HOLDER, purpose="换发证书", on=ON)
    assert number in seen.values()
    assert Reading.objects.filter(record=HOLDER, purpose="换发证书").count() == 3
    masked = render(registrar, HOLDER, order())
    assert render(registrar, HOLDER, order(), numbers=seen) != masked


def test_an_officer_without_the_permission_sees_no_number(register, db):
    reader = officer("village_clerk", HERE, "reader")
    if reader.may("land.identity", at=HERE):
        pytest.skip("village clerks may see numbers")
    with pytest.raises(Refused) as refused:
        unmask_members(reader, HOLDER, purpose="换发证书", on=ON)
    assert refused.value.code == "accounts.not_permitted"


@pytest.mark.parametrize("kind", KINDS)
def test_the_qr_code_leads_to_a_page_that_agrees(register, clerk, browser, monkeypatch, kind):
    seen = []
    from chengxiang.registers.land import documents

    monkeypatch.setattr(documents, "qr_png", lambda url: seen.append(url) or _qr(url))
    assert browser(clerk).get(f"/land/papers/{kind}/{HOLDER}.pdf").status_code == 200
    (url,) = seen
    asked = {name: value for name, (value,) in parse_qs(urlsplit(url).query).items()}
    page = Client(HTTP_ACCEPT_LANGUAGE="en").get(url)
    assert "The paper agrees with the register." in page.content.decode()
    assert "张甲" not in page.content.decode()
    asked["digest"] = "0" * 16
    page = Client(HTTP_ACCEPT_LANGUAGE="en").get("/land/papers/check/", asked)
    assert "does not agree" in page.content.decode()


def _qr(url):
    from chengxiang.kernel.documents import qr_png

    return qr_png(url)


def test_the_check_page_says_the_same_of_unknown_codes_and_wrong_digests(register):
    page = Client(HTTP_ACCEPT_LANGUAGE="en")
    for asked in (
        {"kind": "certificate", "code": HOLDER, "digest": "0" * 16},
        {"kind": "certificate", "code": HOLDER, "digest": ""},
        {"kind": "certificate", "code": "9" * 18, "digest": ""},
        {"kind": "poster", "code": HOLDER, "digest": ""},
        {"on": "2026-02-31"},
    ):
        assert "does not agree" in page.get("/land/papers/check/", asked).content.decode()


CHANGES = {
    "a member's name": lambda: Member.objects.filter(name="张甲1").update(name="张甲9"),
    "a member less": lambda: Member.objects.filter(name="张甲1").delete(),
    "the surveyed area": lambda: Parcel.objects.filter(code=PARCEL).update(area_m2=2000.01),
    "a neighbour": lambda: Parcel.objects.filter(code=PARCEL).update(east="王五"),
    "basic farmland": lambda: Parcel.objects.filter(code=PARCEL).update(is_basic_farmland=False),
    "the authority": lambda: Certificate.objects.update(authority="他县"),
    "the number": lambda: RegisterEntry.objects.update(serial="第2号"),
    "the shape": lambda: Parcel.objects.filter(code=PARCEL).update(
        geometry=bytes(Parcel.objects.get(code=HERE + "0000002").geometry)
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_the_digest_changes_with_whatever_the_certificate_shows(register, clerk, what):
    before = digest("certificate", HOLDER, ON)
    assert before == facts(clerk).digest("certificate")
    CHANGES[what]()
    assert digest("certificate", HOLDER, ON) != before


def test_the_digest_stays_when_only_words_or_keys_change(register, clerk):
    with translation.override("zh-hans"):
        chinese = digest("register_sheet", HOLDER, ON)
    with translation.override("en"):
        assert digest("register_sheet", HOLDER, ON) == chinese
    member = Member.objects.get(name="张甲1", contractor__code=HOLDER)
    member.pk = None
    Member.objects.filter(name="张甲1", contractor__code=HOLDER).delete()
    member.save()
    assert digest("register_sheet", HOLDER, ON) == chinese


def test_a_paper_speaks_of_the_day_asked_for_and_names_the_day_of_printing(register, clerk):
    then = Order("certificate", date(2018, 1, 1), timezone.localdate(), order().check_url)
    assert render(clerk, HOLDER, then)
    before = Order("certificate", date(1990, 1, 1), ON, order().check_url)
    with pytest.raises(Refused, match="no entry"):
        render(clerk, HOLDER, before)
