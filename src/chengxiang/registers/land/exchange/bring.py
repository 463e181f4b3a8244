"""Brings a package in: kept, examined in the background, applied on demand, all or nothing."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chengxiang.kernel.accounts.officer import Officer
from chengxiang.kernel.background import commands as background
from chengxiang.kernel.background.jobs import job
from chengxiang.kernel.background.models import Work
from chengxiang.kernel.errors import Refused
from chengxiang.kernel.exchange import commands as exchange
from chengxiang.kernel.exchange import files
from chengxiang.kernel.exchange.models import Import
from chengxiang.registers.land.commands import adopt_package
from chengxiang.registers.land.queries.imports import preview_path, report_path
from chengxiang.registers.land.submission.differences import TableDifference
from chengxiang.registers.land.submission.package import Progress, silent
from chengxiang.registers.land.submission.report import write_report

from .examine import Examined, examine
from .preview import write_preview

# Of each list of keys, how many are kept with the import for its page; the counts are whole.
_KEYS_SHOWN = 200


def bring_package(by: Officer, path: Path, *, file_name: str, place_code: str) -> Import:
    """Keeps an uploaded package and starts to check it in the background."""
    with transaction.atomic():
        brought = exchange.bring_in(
            by, path, format="land", file_name=file_name, place_code=place_code
        )
        brought.work = background.start(by, "land.check_package", import_id=brought.pk)
        brought.save(update_fields=["work"])
    return brought


def start_applying(by: Officer, brought: Import) -> Import:
    """Starts to apply a checked package in the background.

    Needs `land.import` at its place. Refuses one that has errors or is not checked.
    """
    by.require("land.import", at=brought.place_code)
    with transaction.atomic():
        locked = Import.objects.select_for_update().get(pk=brought.pk)
        if locked.state != Import.State.CHECKED:
            raise Refused(
                "land.package_not_ready",
                _("Only a checked package without errors can be applied."),
            )
        locked.state = Import.State.APPLYING
        locked.work = background.start(by, "land.apply_package", import_id=brought.pk)
        locked.save(update_fields=["state", "work"])
    return locked


def apply_package(
    by: Officer, brought: Import, examined: Examined, *, on: date, progress: Progress = silent
) -> None:
    """Adopts an examined package and marks its import as applied, in one transaction."""
    if examined.has_errors:
        raise Refused("land.package_has_errors", _("The package has errors; nothing was applied."))
    with transaction.atomic():
        adopt_package(
            by, examined.package, examined.differences, brought=brought, on=on, progress=progress
        )
        brought.state = Import.State.APPLIED
        brought.applied_at = timezone.now()
        brought.save(update_fields=["state", "applied_at"])


def note_examined(brought: Import, examined: Examined) -> Import:
    """Keeps what the examination found with the import."""
    return exchange.note_findings(
        brought,
        state=Import.State.REFUSED if examined.has_errors else Import.State.CHECKED,
        problems=examined.described(),
        place_code=examined.package.county_code or brought.place_code,
        crs=examined.package.crs,
        counts=examined.package.counts(),
        figures=examined.figures(),
        differences=differences_shown(examined.differences),
    )


def differences_shown(differences: Mapping[str, TableDifference]) -> dict[str, Any]:
    """Counts per table, and the first keys of each list."""
    return {
        name: {
            "unchanged": difference.unchanged,
            **{
                kind: {"count": len(keys), "keys": list(keys[:_KEYS_SHOWN])}
                for kind, keys in (
                    ("new", difference.new),
                    ("changed", difference.changed),
                    ("gone", difference.gone),
                )
            },
        }
        for name, difference in differences.items()
        if difference.new or difference.changed or difference.gone or difference.unchanged
    }


@job("land.check_package")
def check_job(work: Work, progress: Progress) -> None:
    """Reads, checks and compares a package that was brought in."""
    brought = Import.objects.get(pk=work.arguments["import_id"])
    officer = Officer.of(work.started_by, timezone.localdate())
    path = files.uploads() / brought.path
    examined = examine(officer, path, on=timezone.localdate(), progress=progress)
    if (county := examined.package.county_code) and not officer.may("land.import", at=county):
        raise Refused(
            "land.package_elsewhere",
            _("The package is of %(county)s, which is not in your office's territory.")
            % {"county": f"{county} {examined.package.county_name}"},
        )
    if examined.problems:
        write_report(examined.problems, examined.package, report_path(brought))
    write_preview(examined, preview_path(brought))
    note_examined(brought, examined)


@job("land.apply_package")
def apply_job(work: Work, progress: Progress) -> None:
    """Examines the kept package once more and applies it: the register may have moved on."""
    brought = Import.objects.get(pk=work.arguments["import_id"])
    officer = Officer.of(work.started_by, timezone.localdate())
    on = timezone.localdate()
    examined = examine(officer, files.uploads() / brought.path, on=on, progress=progress)
    apply_package(officer, brought, examined, on=on, progress=progress)
