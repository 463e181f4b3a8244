"""Takes files in and remembers what was found in them."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from chengxiang.kernel.accounts.officer import Officer
from chengxiang.kernel.errors import Refused
from chengxiang.kernel.exchange import files
from chengxiang.kernel.exchange.models import Import, ImportProblem


@transaction.atomic
def bring_in(by: Officer, path: Path, *, format: str, file_name: str, place_code: str) -> Import:
    """Keeps a file (or folder) for checking.

    Needs `exchange.import` at the place. Refuses (`exchange.applied_already`) a file with the
    same contents as one that has been applied: doing it again would change nothing.
    """
    by.require("exchange.import", at=place_code)
    sha256 = files.fingerprint(path)
    applied = Import.objects.filter(format=format, sha256=sha256, state=Import.State.APPLIED)
    if known := applied.first():
        raise Refused(
            "exchange.applied_already",
            _("Imported already on %(day)s as “%(file)s”. Nothing was done.")
            % {
                "day": date_format(localtime(known.applied_at), "DATE_FORMAT"),
                "file": known.file_name,
            },
            field="file",
        )
    kept = files.keep(path, sha256)
    return Import.objects.create(
        format=format,
        file_name=file_name[-200:],
        path=kept.name,
        sha256=sha256,
        size=kept.stat().st_size,
        place_code=place_code,
        brought_by=by.account,
    )


@transaction.atomic
def note_findings(
    brought: Import,
    *,
    state: Import.State,
    problems: Iterable[Mapping[str, Any]],
    **facts: Any,
) -> Import:
    """Writes what reading and checking found; earlier findings of the same import give way."""
    found = [ImportProblem(brought=brought, **problem) for problem in problems]
    brought.problems.all().delete()
    ImportProblem.objects.bulk_create(found, batch_size=2000)
    brought.state = state
    brought.errors = sum(problem.severity == "error" for problem in found)
    brought.warnings = len(found) - brought.errors
    for name, value in facts.items():
        setattr(brought, name, value)
    brought.save()
    return brought
