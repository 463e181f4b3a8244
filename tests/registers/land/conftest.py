"""A small register: two villages of Kaiyuan, brought in as a package; who keeps it."""

from datetime import date

import pytest

from chengxiang.kernel.accounts.commands import open_account
from chengxiang.kernel.accounts.officer import Officer
from chengxiang.kernel.exchange import commands as exchange
from chengxiang.registers.land.exchange.bring import apply_package, note_examined
from chengxiang.registers.land.exchange.examine import examine
from chengxiang.registers.land.submission.writing import write_package
from tests.registers.land.submission.checks.conftest import VILLAGES, Sample

ON = date(2026, 11, 24)
HERE, THERE = VILLAGES
HOLDER = HERE + "000001"


def officer(role: str, place: str, username: str) -> Officer:
    account = open_account(username, "a sound password 1", name=username, offices=[(role, place)])
    return Officer.of(account, ON)


@pytest.fixture
def registrar(db):
    """Keeps the whole county's register."""
    return officer("county_registrar", "211282", "registrar")


@pytest.fixture
def clerk(db):
    """Sees the first village only, and may certify there."""
    return officer("township_clerk", HERE, "clerk")


@pytest.fixture
def neighbour(db):
    """Sees the second village only."""
    return officer("township_clerk", THERE, "neighbour")


@pytest.fixture
def bring(registrar, tmp_path):
    """Writes a sample as a package and brings it in; returns what was examined."""
    number = iter(range(100))

    def do(sample: Sample, *, apply: bool = True):
        folder = tmp_path / str(next(number)) / "211282开原市"
        write_package(sample.package(), folder)
        brought = exchange.bring_in(
            registrar, folder, format="land", file_name=folder.name, place_code="211282"
        )
        examined = examine(registrar, folder, on=ON)
        note_examined(brought, examined)
        if apply:
            apply_package(registrar, brought, examined, on=ON)
        return examined

    return do


@pytest.fixture
def register(bring):
    """The two villages are in the register."""
    return bring(Sample())
