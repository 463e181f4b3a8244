"""The county and its cast: who keeps which register where, and a browser for each of them."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from tests.installation import chromium, installation, visit

__all__ = ["chromium", "installation", "visit"]

# Real places: Xifeng county in Tieling, two of its towns, a village of each.
COUNTY = "211223"
TOWN, VILLAGE = "211223103", "211223103201"
NEXT_TOWN, NEXT_VILLAGE = "211223104", "211223104201"
TODAY = date(2026, 11, 24)


def _officer(role: str, place: str, name: str):
    from chengxiang.kernel.accounts.models import Account, Appointment
    from chengxiang.kernel.accounts.officer import Officer

    account = Account.objects.open(role, "a sound password 1", name=name, name_en=role)
    if place:
        Appointment.objects.create(
            account=account, role=role, place_code=place, valid=(date(2020, 1, 1), None)
        )
    return Officer.of(account, TODAY)


@pytest.fixture
def li(db):
    """Li, clerk of this township."""
    return _officer("township_clerk", TOWN, "李晓梅")


@pytest.fixture
def wang(db):
    """Wang, clerk of the next township."""
    from chengxiang.kernel.accounts.models import Account, Appointment
    from chengxiang.kernel.accounts.officer import Officer

    account = Account.objects.open("wang", "a sound password 1", name="王立新", name_en="Wang")
    Appointment.objects.create(
        account=account,
        role="township_clerk",
        place_code=NEXT_TOWN,
        valid=(date(2020, 1, 1), None),
    )
    return Officer.of(account, TODAY)


@pytest.fixture
def chen(db):
    """Chen, registrar of the county."""
    return _officer("county_registrar", COUNTY, "陈国栋")


@pytest.fixture
def visitor(db):
    """Somebody who is not signed in."""
    from chengxiang.kernel.accounts.officer import Officer

    return Officer(None)


@pytest.fixture
def browser() -> Callable[..., Client]:
    """A test client signed in as an officer, in English unless said otherwise."""

    def open_for(officer, language: str = "en") -> Client:
        client = Client(HTTP_ACCEPT_LANGUAGE=language)
        if officer.account is not None:
            client.force_login(officer.account)
        return client

    return open_for
