"""What was brought in, what was found in it, and where its report and preview lie."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db.models import Count, QuerySet

from chengxiang.kernel.accounts.officer import Officer
from chengxiang.kernel.exchange import files
from chengxiang.kernel.exchange.models import Import, ImportProblem, ImportQuerySet


def imports(officer: Officer) -> ImportQuerySet:
    """The packages brought in at the officer's place and below, latest first."""
    return (
        Import.objects.visible_to(officer)
        .filter(format="land")
        .select_related("work", "brought_by")
    )


@dataclass(frozen=True)
class ProblemGroup:
    """How often one kind of problem was found."""

    code: str
    severity: str
    count: int


def problem_groups(brought: Import) -> list[ProblemGroup]:
    """The kinds of problems of an import, errors first, then by number."""
    counted = (
        ImportProblem.objects.filter(brought=brought)
        .values("code", "severity")
        .annotate(count=Count("id"))
        .order_by("severity", "-count", "code")
    )
    return [ProblemGroup(**row) for row in counted]


def problems(brought: Import, code: str = "") -> QuerySet[ImportProblem]:
    """The problems of an import, all or of one kind, errors first."""
    found = ImportProblem.objects.filter(brought=brought).order_by("severity", "id")
    return found.filter(code=code) if code else found


def report_path(brought: Import) -> Path:
    """Where the workbook with the faulty cells marked is kept, if any problem was found."""
    return files.uploads() / f"import-{brought.pk}.xlsx"


def preview_path(brought: Import) -> Path:
    """Where the map of new, changed and gone parcels is kept (GeoJSON)."""
    return files.uploads() / f"import-{brought.pk}.geojson"


def difference_rows(brought: Import) -> list[dict[str, Any]]:
    """New, changed, gone and unchanged rows per national table, for the page."""
    rows = []
    for table, count in brought.counts.items():
        found = brought.differences.get(table, {})
        kinds = {kind: found.get(kind, {}) for kind in ("new", "changed", "gone")}
        if count or found:
            rows.append(
                {
                    "table": table,
                    "count": count,
                    "unchanged": found.get("unchanged", 0),
                    **{kind: entry.get("count", 0) for kind, entry in kinds.items()},
                    "keys": {kind: entry.get("keys", []) for kind, entry in kinds.items() if entry},
                }
            )
    return rows
