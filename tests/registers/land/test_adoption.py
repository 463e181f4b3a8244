"""A package becomes the register: all of it or nothing, and what was there is remembered."""

import pytest
from django.db import IntegrityError, transaction

from chengxiang.kernel.errors import Refused
from chengxiang.kernel.exchange.models import Import
from chengxiang.kernel.history.models import Entry
from chengxiang.registers.land.models import (
    Contractor,
    Member,
    Parcel,
    ParcelEvent,
    ParcelRight,
)
from chengxiang.registers.land.queries.package import register_package
from chengxiang.registers.land.submission.differences import compare
from tests.registers.land.conftest import HERE, HOLDER, ON
from tests.registers.land.submission.checks.conftest import CRS, Sample


def in_the_register(registrar):
    return register_package(registrar, "211282", name="开原市", year="2016", crs=CRS, on=ON)


def differences(examined, registrar):
    found = compare(examined.package, in_the_register(registrar))
    return {name: d for name, d in found.items() if d.new or d.changed or d.gone}


def test_the_register_says_what_the_package_says(register, registrar):
    assert differences(register, registrar) == {}
    assert Parcel.objects.count() == 12
    assert Contractor.objects.get(code=HOLDER).member_count == 3
    assert Entry.objects.filter(action="land.package.applied").count() == 1


def test_a_changed_row_changes_and_the_history_keeps_what_it_was(register, bring, registrar):
    sample = Sample()
    sample.row("DK")["SCMJ"] = 2000.5
    examined = bring(sample)
    assert examined.differences["DK"].changed == [HERE + "0000001"]
    assert differences(examined, registrar) == {}
    event = ParcelEvent.objects.get()
    assert (str(event.area_m2), str(Parcel.objects.get(code=event.code).area_m2)) == (
        "2000.00",
        "2000.50",
    )


def test_what_is_gone_ends_and_is_not_deleted(register, bring, registrar):
    sample = Sample()
    gone = sample.tables["LZHT"].pop()
    examined = bring(sample)
    assert examined.differences["LZHT"].gone == [gone["LZHTBM"]]
    assert differences(examined, registrar) == {}


def test_a_parcel_that_passes_to_another_household_has_a_chain_of_holders(register, bring):
    sample = Sample()
    parcel, other = HERE + "0000001", HERE + "000002"
    right = next(row for row in sample.tables["CBDKXX"] if row["DKBM"] == parcel)
    right.update(CBFBM=other, CBHTBM=other + "J", CBJYQZBM=other + "J")
    for code, area, count in ((HOLDER + "J", 2000.0, 1), (other + "J", 6000.0, 3)):
        contract = next(row for row in sample.tables["CBHT"] if row["CBHTBM"] == code)
        contract.update(HTZMJ=area, HTZMJM=area * 0.0015, CBDKZS=count)
    bring(sample)
    chain = ParcelRight.objects.filter(parcel__code=parcel).order_by("valid")
    assert [right.contractor.code for right in chain] == [HOLDER, other]
    assert chain[0].valid.upper == chain[1].valid.lower == ON


def test_a_member_who_returns_is_in_force_again(register, bring, registrar):
    sample = Sample()
    sample.tables["CBF_JTCY"] = [r for r in sample.tables["CBF_JTCY"] if r["CYXM"] != "张甲2"]
    for row in sample.tables["CBF"]:
        if row["CBFMC"] == "张甲":
            row["CBFCYSL"] = 2
    bring(sample)
    assert not Member.objects.in_force(ON).filter(name="张甲2").exists()
    # With a new name for a field, for the very same file would be known already.
    again = Sample()
    again.row("DK")["DKMC"] = "新名"
    examined = bring(again)
    assert Member.objects.in_force(ON).filter(name="张甲2").exists()
    assert differences(examined, registrar) == {}


def test_a_package_with_errors_changes_nothing(register, bring, registrar):
    before = in_the_register(registrar)
    sample = Sample()
    sample.row("CBHT")["HTZMJ"] = 1.0
    examined = bring(sample, apply=False)
    assert examined.has_errors
    brought = Import.objects.latest("id")
    assert brought.state == Import.State.REFUSED
    with pytest.raises(Refused, match="nothing was applied"):
        from chengxiang.registers.land.exchange.bring import apply_package

        apply_package(registrar, brought, examined, on=ON)
    after = compare(before, in_the_register(registrar))
    assert not any(d.new or d.changed or d.gone for d in after.values())


def test_the_same_package_twice_does_nothing(register, bring):
    with pytest.raises(Refused, match=r"Nothing was done|已于"):
        bring(Sample())
    assert Import.objects.count() == 1


def test_a_clerk_without_the_office_cannot_apply(register, clerk, bring):
    sample = Sample()
    sample.row("DK")["DKMC"] = "新名"
    examined = bring(sample, apply=False)
    brought = Import.objects.latest("id")
    with pytest.raises(Refused):
        from chengxiang.registers.land.exchange.bring import apply_package

        apply_package(clerk, brought, examined, on=ON)


def test_the_database_forbids_two_live_rights_on_a_parcel(register):
    right = ParcelRight.objects.select_related("contractor").first()
    right.pk = None
    with (
        pytest.raises(IntegrityError, match="land_one_live_right_per_parcel"),
        transaction.atomic(),
    ):
        right.save()


def test_a_failure_in_the_middle_leaves_nothing(bring, monkeypatch, db):
    from chengxiang.registers.land.commands import writing

    original = writing.Writing.enter

    def stop_at_rights(self, national, keys):
        if national == "CBDKXX":
            raise RuntimeError("killed")
        original(self, national, keys)

    monkeypatch.setattr(writing.Writing, "enter", stop_at_rights)
    with pytest.raises(RuntimeError, match="killed"):
        bring(Sample())
    assert not Parcel.objects.exists()
    assert not Import.objects.filter(state=Import.State.APPLIED).exists()
