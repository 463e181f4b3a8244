"""One parcel: its shape and sides, who held it when, what was recorded of it before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import QuerySet

from chengxiang.codes.land import mu
from chengxiang.kernel.accounts.officer import Officer
from chengxiang.registers.land.models import Parcel, ParcelEvent, ParcelRight

from .boundaries import Beside, Measured, beside, measured

# The fields of a parcel whose earlier values are shown, with the attribute of the words beside.
_TRACKED = (
    "area_m2", "parcel_class", "land_use", "soil_grade", "use", "ownership", "is_basic_farmland",
    "east", "south", "west", "north", "note", "geometry",
)  # fmt: skip


def parcels(officer: Officer) -> QuerySet[Parcel]:
    """The parcels the officer may see, ended ones too, in order of code."""
    return Parcel.objects.visible_to(officer).select_related("subject", "origin")


@dataclass(frozen=True)
class Earlier:
    """What a parcel's record said before a change, field by field."""

    at: datetime
    by: str
    changes: Sequence[tuple[str, str, str]]  # field's words, before, after


@dataclass(frozen=True)
class ParcelSheet:
    """Everything a parcel's page shows."""

    parcel: Parcel
    on: date
    holdings: Sequence[ParcelRight]  # every contract it was ever under, latest first
    sides: Sequence[Beside]
    measured: Measured
    earlier: Sequence[Earlier]

    @property
    def holding(self) -> ParcelRight | None:
        """The right in force on the day."""
        return next((right for right in self.holdings if self.on in right.valid), None)

    @property
    def area_mu(self) -> Decimal:
        return mu(self.parcel.area_m2)

    @property
    def difference_percent(self) -> float | None:
        """How far the contracted area is from the surveyed one."""
        if self.holding is None or not self.parcel.area_m2:
            return None
        return float(self.holding.area_m2 / self.parcel.area_m2 - 1) * 100


def parcel_sheet(officer: Officer, code: str, on: date) -> ParcelSheet | None:
    """The parcel of that code as of the day; None where the officer may see none."""
    parcel = parcels(officer).filter(code=code).first()
    if parcel is None:
        return None
    holdings = list(
        ParcelRight.objects.visible_to(officer)
        .filter(parcel=parcel)
        .select_related("contractor__subject", "contract", "issuing_party__subject")
        .order_by("-valid")
    )
    return ParcelSheet(
        parcel=parcel,
        on=on,
        holdings=holdings,
        sides=beside(officer, [parcel], on)[code],
        measured=measured(parcel),
        earlier=_earlier(parcel),
    )


def _earlier(parcel: Parcel) -> Sequence[Earlier]:
    """The changes of the record, latest first; each event holds what an update replaced."""
    events = list(
        ParcelEvent.objects.filter(pgh_obj=parcel.pk)
        .select_related("pgh_context")
        .order_by("-pgh_created_at", "-pgh_id")[:30]
    )
    result = []
    after = parcel
    for event in events:
        changes = [
            (
                _words(name),
                _shown(event, name),
                _shown(after, name),
            )
            for name in _TRACKED
            if getattr(event, name) != getattr(after, name)
        ]
        context = event.pgh_context.metadata if event.pgh_context else {}
        if changes:
            result.append(Earlier(event.pgh_created_at, context.get("actor", ""), changes))
        after = event
    return result


def _shown(record: object, name: str) -> str:
    if name == "geometry":
        return "…"
    words = getattr(record, f"get_{name}_display", None)
    value = words() if words else getattr(record, name)
    return str(value)


def _words(name: str) -> str:
    """What a field of a parcel is called in the reader's language."""
    return str(getattr(Parcel._meta.get_field(name), "verbose_name", name))
