"""An import killed in the middle, by whatever hand, leaves nothing half written and can be repeated."""

import contextlib
import json
import os
import signal
import time

import psutil
import psycopg
import pytest

pytestmark = pytest.mark.xdist_group("journey")

COUNTY = "210283"
COUNTED = (
    "SELECT (SELECT count(*) FROM land_parcel WHERE code LIKE %(c)s),"
    " (SELECT count(*) FROM land_parcelright WHERE place_code LIKE %(c)s),"
    " (SELECT count(*) FROM subjects_subject WHERE code LIKE %(c)s),"
    " (SELECT count(*) FROM exchange_import WHERE place_code = %(p)s AND state = 'applied')"
)


@pytest.fixture(scope="session")
def package(installation, tmp_path_factory):
    path = tmp_path_factory.mktemp("killed") / f"{COUNTY}庄河市"
    installation.run("demo-county", COUNTY, path, "--households", 1200, "--seed", 2)
    return path


def connection(installation):
    (line,) = (installation.home / "postgres/postmaster.pid").read_text().splitlines()[4:5]
    host = line or str(installation.home / "postgres")
    return psycopg.connect(f"host={host} user=postgres dbname=chengxiang", autocommit=True)


def counted(installation):
    with connection(installation) as open_connection:
        row = open_connection.execute(COUNTED, {"c": COUNTY + "%", "p": COUNTY}).fetchone()
    return tuple(row)


def writing(installation) -> bool:
    """Whether some backend is in the middle of copying rows into the register."""
    with connection(installation) as open_connection:
        found = open_connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'COPY land_%' AND state = 'active'"
        ).fetchone()
    return bool(found[0])


def wait_until_it_writes(installation, process):
    for _ in range(3000):
        if writing(installation):
            return
        assert process.poll() is None, "the import ended before it could be killed"
        time.sleep(0.01)
    raise AssertionError("the import never wrote")


def test_kill_9_of_the_importing_process_then_of_the_database_then_again(installation, package):
    process = installation.start("import", "land", package)
    wait_until_it_writes(installation, process)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    # The server notices the lost connection when it next reads from it.
    for _ in range(200):
        if not writing(installation):
            break
        time.sleep(0.05)
    assert counted(installation) == (0, 0, 0, 0)

    process = installation.start("import", "land", package)
    wait_until_it_writes(installation, process)
    postmaster = int((installation.home / "postgres/postmaster.pid").read_text().split()[0])
    backends = psutil.Process(postmaster).children(recursive=True)
    psutil.Process(postmaster).kill()
    for backend in backends:
        with contextlib.suppress(psutil.NoSuchProcess):
            backend.kill()
    assert process.wait(timeout=60) != 0
    # `serve` finds the database gone and starts it again.
    for _ in range(60):
        try:
            state = counted(installation)
            break
        except (psycopg.OperationalError, OSError):
            time.sleep(0.5)
    assert state == (0, 0, 0, 0)

    done = installation.run("import", "land", package, "--json")
    answer = json.loads(done.stdout.strip().splitlines()[-1])
    assert answer["applied"] is True
    parcels, rights, _subjects, applied = counted(installation)
    assert (parcels, rights, applied) == (
        answer["counts"]["DK"],
        answer["counts"]["CBDKXX"],
        1,
    )


def test_the_worker_killed_while_it_applies_leaves_nothing_and_says_so(
    installation, visit, tmp_path
):
    county = tmp_path / "more.zip"
    installation.run("demo-county", "211223", county, "--households", 1500, "--seed", 21)
    page = visit("county")
    page.goto("/land/imports/new/")
    page.set_input_files("input[type=file]", str(county))
    page.click("form[enctype] button.main")
    page.wait_for_selector("#progress", state="detached", timeout=120_000)
    page.click("text=入库")
    with connection(installation) as open_connection:
        before = open_connection.execute("SELECT count(*) FROM land_parcel").fetchone()
        for _ in range(2000):
            if writing(installation):
                break
            time.sleep(0.01)
        for process in psutil.process_iter(["cmdline"]):
            line = " ".join(process.info["cmdline"] or [])
            if "procrastinate worker" in line and process.environ().get("CHENGXIANG_HOME") == str(
                installation.home
            ):
                process.kill()
        page.wait_for_selector("#progress", state="detached", timeout=60_000)
        after = open_connection.execute("SELECT count(*) FROM land_parcel").fetchone()
    assert after == before
    assert "未写入任何内容" in page.inner_text("main")
