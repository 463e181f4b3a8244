"""A place ends and another takes over; codes can be told in the boundaries of any day."""

from datetime import date

import pytest

from chengxiang.kernel.accounts.officer import Office, Officer, Role
from chengxiang.kernel.errors import Refused
from chengxiang.kernel.history.models import Entry
from chengxiang.kernel.places import queries
from chengxiang.kernel.places.commands import succeed
from chengxiang.kernel.places.models import Place

BEFORE, ON, LATER = date(2023, 12, 31), date(2024, 1, 1), date(2025, 1, 1)


def place(code: str, level: str, parent: Place | None = None) -> Place:
    return Place.objects.create(
        code=code, level=level, kind="other", name=code, pinyin="a", initials="a",
        parent=parent, valid=(None, None),
    )  # fmt: skip


@pytest.fixture
def towns(db) -> list[str]:
    """Four townships of a county, A to D."""
    county = place("211223", "county")
    return [place(f"2112231{n:02}", "township", county).code for n in range(4)]


@pytest.fixture
def keeper(chen) -> Officer:
    role = Role(code="keeper", title="", permissions=frozenset({"places.maintain"}))
    return Officer(chen.account, (Office(role=role, place_code="211223"),))


def test_the_old_place_ends_the_day_the_new_one_takes_over(keeper, towns):
    a, b, *_ = towns
    old = succeed(keeper, a, b, ON)
    assert (old.valid.upper, old.successor.code) == (ON, b)
    assert queries.successor_of(a, BEFORE).code == a
    assert queries.successor_of(a, ON).code == b
    entry = Entry.objects.get()
    assert (entry.action, entry.record, entry.data["successor"]) == (
        "places.place.succeeded", a, b,
    )  # fmt: skip


def test_codes_follow_a_chain_of_successors(keeper, towns):
    a, b, c, d = towns
    succeed(keeper, a, b, ON)
    succeed(keeper, b, c, LATER)
    assert queries.restate([a, b, c, d, "99"], LATER) == {a: c, b: c, c: c, d: d, "99": None}
    assert queries.restate([a, b], ON) == {a: b, b: b}
    assert queries.restate([a, b], BEFORE) == {a: a, b: b}


def test_a_place_that_had_not_begun_is_told_by_its_only_predecessor(keeper, towns):
    a, b, _c, d = towns
    Place.objects.filter(code__in=[b, d]).update(valid=(ON, None))
    succeed(keeper, a, b, ON)
    assert queries.restate([b, d], BEFORE) == {b: a, d: None}


def test_what_was_merged_cannot_be_divided_by_code(keeper, towns):
    a, b, c, d = towns
    Place.objects.filter(code=d).update(valid=(ON, None))
    for old in (a, b, c):
        succeed(keeper, old, d, ON)
    assert queries.restate([d], BEFORE) == {d: None}
    assert queries.restate([a, b, c], ON) == dict.fromkeys([a, b, c], d)


def test_restating_takes_two_queries_for_any_number_of_codes(towns, django_assert_num_queries):
    with django_assert_num_queries(2):
        queries.restate(towns * 100, ON)


def refuses(keeper: Officer, old: str, new: str, on: date = ON) -> str:
    kept = list(Place.objects.values_list("code", "valid", "successor"))
    with pytest.raises(Refused) as refusal:
        succeed(keeper, old, new, on)
    assert list(Place.objects.values_list("code", "valid", "successor")) == kept
    return refusal.value.code


def test_no_place_succeeds_itself_nor_one_of_another_level(keeper, towns):
    assert refuses(keeper, towns[0], towns[0]) == "places.own_successor"
    assert refuses(keeper, towns[0], "211223") == "places.other_level"


def test_unknown_places_are_refused(keeper, towns):
    assert refuses(keeper, "211223999", towns[0]) == "places.unknown"
    assert refuses(keeper, towns[0], "211223999") == "places.unknown"


def test_a_place_ends_once(keeper, towns):
    succeed(keeper, towns[0], towns[1], ON)
    assert refuses(keeper, towns[0], towns[2], LATER) == "places.ended_already"


def test_successors_never_make_a_ring(keeper, towns):
    a, b, *_ = towns
    succeed(keeper, a, b, LATER)
    assert refuses(keeper, b, a, ON) == "places.successor_not_in_force"
    assert refuses(keeper, b, a, LATER) == "places.successor_not_in_force"


def test_villages_are_succeeded_before_their_township(keeper, towns):
    town = Place.objects.get(code=towns[0])
    place(f"{town.code}201", "village", town)
    assert refuses(keeper, towns[0], towns[1]) == "places.places_below"


def test_a_clerk_without_the_permission_is_refused(li, towns):
    assert refuses(li, towns[0], towns[1]) == "accounts.not_permitted"
