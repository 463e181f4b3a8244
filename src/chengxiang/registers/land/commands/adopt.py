"""Adopts a checked submission package: what is new enters, what changed changes, what is gone ends."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.utils.translation import gettext as _

from chengxiang.kernel.accounts.officer import Officer
from chengxiang.kernel.errors import Refused
from chengxiang.kernel.exchange.models import Import
from chengxiang.kernel.history import commands as history
from chengxiang.registers.land.submission.differences import TableDifference
from chengxiang.registers.land.submission.layout import national_tables
from chengxiang.registers.land.submission.package import Package, Progress, silent

from .writing import Writing


@dataclass(frozen=True)
class Adopted:
    """How many rows of each national table entered, changed and ended."""

    new: Mapping[str, int]
    changed: Mapping[str, int]
    gone: Mapping[str, int]


# A record is written after those it points at, and ended in the opposite order.
ORDER = (
    "FBF", "CBF", "CBF_JTCY", "DK", "CBHT", "CBDKXX", "CBJYQZDJB", "CBJYQZ", "CBJYQZ_QZBF",
    "CBJYQZ_QZHF", "CBJYQZ_QZZX", "LZHT", "QSLYZLFJ",
)  # fmt: skip


@transaction.atomic
def adopt_package(
    by: Officer,
    package: Package,
    differences: Mapping[str, TableDifference],
    *,
    brought: Import,
    on: date,
    progress: Progress = silent,
) -> Adopted:
    """The register of the package's issuing parties becomes what the package says, on that day.

    Needs `land.import` at the package's county. The package must have passed the checks; the
    database's own constraints still guard. What is gone is ended on the day, never deleted; what
    changed keeps its earlier state in the history. All in one transaction: a process that dies
    leaves nothing half written.
    Refuses (`land.register_changed`) if the register was changed by someone else meanwhile.
    Source: NY/T 2539 (layout); 农村土地承包法 第二十四条 (unified registration).
    """
    by.require("land.import", at=package.county_code)
    # One adoption a county at a time: the second one waits and then finds the register changed.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [2539, int(package.county_code)])
    brought.refresh_from_db()
    if brought.state == Import.State.APPLIED:
        raise Refused("land.package_applied", _("This package has been applied already."))
    writing = Writing(package, brought=brought, on=on)
    order = [*ORDER, *(name for name in national_tables() if name not in ORDER)]
    for national in reversed(order):
        writing.end(national, differences[national].gone)
    for done, national in enumerate(order):
        progress(f"writing {national}", done, len(order))
        writing.change(national, differences[national].changed)
        writing.enter(national, differences[national].new)
    progress("writing indexes", len(order), len(order))
    history.record(
        "land.package.applied",
        brought,
        by=by,
        new={name: len(d.new) for name, d in differences.items() if d.new},
        changed={name: len(d.changed) for name, d in differences.items() if d.changed},
        gone={name: len(d.gone) for name, d in differences.items() if d.gone},
    )
    return Adopted(
        new={name: len(d.new) for name, d in differences.items()},
        changed={name: len(d.changed) for name, d in differences.items()},
        gone={name: len(d.gone) for name, d in differences.items()},
    )
