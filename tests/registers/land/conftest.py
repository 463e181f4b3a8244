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
def places(db):
    """The places above and around the two villages, with their real names."""
    from chengxiang.kernel.places import names
    from chengxiang.kernel.places.models import Place

    rows = [
        ("21", "province", "province", "辽宁省", "liao ning sheng"),
        ("2112", "prefecture", "prefecture", "铁岭市", "tie ling shi"),
        ("211282", "county", "county_city", "开原市", "kai yuan shi"),
        ("211282001", "township", "street", "新城街道", "xin cheng jie dao"),
        (HERE, "village", "villagers_committee", "甲村村委会", "jia cun cun wei hui"),
        (THERE, "village", "villagers_committee", "乙村村委会", "yi cun cun wei hui"),
    ]
    made: dict[str, Place] = {}
    for code, level, kind, name, pinyin in rows:
        above = max((c for c in made if code.startswith(c)), key=len, default=None)
        made[code] = Place.objects.create(
            code=code, level=level, kind=kind, name=name, pinyin=pinyin,
            parent=made.get(above or ""), valid=(None, None), extent=(123.7, 42.1, 124.8, 42.9),
        )  # fmt: skip
    names.forget()
    yield made
    names.forget()


@pytest.fixture
def register(places, bring):
    """The two villages are in the register."""
    return bring(Sample())
