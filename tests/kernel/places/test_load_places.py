"""A published list of places is taken in once; a newer one changes only what changed."""

from dataclasses import replace
from datetime import date

import pytest

from chengxiang.kernel.accounts.officer import Office, Officer, Role
from chengxiang.kernel.errors import Refused
from chengxiang.kernel.history.models import Entry
from chengxiang.kernel.places import lists
from chengxiang.kernel.places.commands import Loaded, load_places
from chengxiang.kernel.places.models import Place

LISTED = lists.shipped()
SMALL = lists.PlaceList(
    day=date(2023, 6, 30),
    rows=[row for row in LISTED.rows if row.code in {"21", "2112", "211223", "211223103"}],
    boundaries={"211223": LISTED.boundaries["211223"]},
)
NEWER = date(2025, 6, 30)


def test_loading_again_changes_nothing_and_leaves_no_second_trace(db):
    assert load_places(source=SMALL) == Loaded(new=4, changed=0, ended=0)
    assert load_places(source=SMALL) == Loaded(new=0, changed=0, ended=0)
    assert [entry.action for entry in Entry.objects.all()] == ["places.list.loaded"]


def test_a_newer_list_renames_and_ends_but_deletes_nothing(db):
    load_places(source=SMALL)
    rows = [replace(row, name="新名") if row.code == "211223" else row for row in SMALL.rows[:3]]
    done = load_places(source=replace(SMALL, day=NEWER, rows=rows))
    assert done == Loaded(new=0, changed=1, ended=1)
    assert Place.objects.get(code="211223").name == "新名"
    gone = Place.objects.get(code="211223103")
    assert gone.valid.upper == NEWER


def test_a_place_that_began_after_the_list_is_not_ended_by_it(db):
    load_places(source=SMALL)
    Place.objects.create(
        code="211223199", level="township", kind="town", name="新镇", pinyin="xin zhen",
        initials="xz", parent=Place.objects.get(code="211223"), valid=(NEWER, None),
    )  # fmt: skip
    assert load_places(source=SMALL).ended == 0


def test_an_officer_needs_the_permission_to_take_a_list_in(chen):
    with pytest.raises(Refused) as refusal:
        load_places(chen, source=SMALL)
    assert refusal.value.code == "accounts.not_permitted"
    assert not Place.objects.exists()


def test_the_keeper_of_the_list_stands_in_the_trace(chen):
    keeper = Role(code="keeper", title="", permissions=frozenset({"places.maintain"}))
    load_places(Officer(chen.account, (Office(role=keeper, place_code="21"),)), source=SMALL)
    assert Entry.objects.get().actor == chen.account
