"""Lists of contractors and parcels of a place: filtered, sorted, totalled, for page and export."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Round

from chengxiang.codes import identity
from chengxiang.kernel.accounts.officer import Officer
from chengxiang.registers.land.models import Certificate, Contractor, Parcel, ParcelRight, Use

# Mu of a row, rounded half up as PostgreSQL's numeric does: what certificates print.
_MU = Decimal("0.0015")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a list is narrowed to; empty means everything."""

    place_code: str = ""
    text: str = ""
    parcel_class: str = ""
    use: str = ""
    kind: str = ""
    certificate: str = ""  # "with", "without" or ""
    sort: str = ""
    on: date


PARCEL_SORTS = {"code": "code", "name": "subject__name", "area": "area_m2"}
CONTRACTOR_SORTS = {"code": "code", "name": "subject__name", "members": "member_count"}


def parcels_listed(officer: Officer, asked: Asked) -> QuerySet[Parcel]:
    """Parcels in force that the officer may see, with the holder's name and code."""
    right = ParcelRight.objects.in_force(asked.on).filter(parcel=OuterRef("pk"))
    found = (
        Parcel.objects.visible_to(officer)
        .in_force(asked.on)
        .below(asked.place_code)
        .select_related("subject")
        .defer("geometry")
    )
    if asked.parcel_class:
        found = found.filter(parcel_class=asked.parcel_class)
    if asked.use:
        found = found.filter(use=asked.use)
    if asked.text:
        found = found.filter(
            Q(code__startswith=asked.text) | Q(subject__name__startswith=asked.text)
        )
    return _sorted(found, asked.sort, PARCEL_SORTS).annotate(
        holder_name=Subquery(right.values("contractor__subject__name")[:1]),
        holder_code=Subquery(right.values("contractor__code")[:1]),
        contracted_m2=Subquery(right.values("area_m2")[:1]),
    )


def contractors_listed(officer: Officer, asked: Asked) -> QuerySet[Contractor]:
    """Contractors in force that the officer may see, with parcels and contracted area."""
    rights = (
        ParcelRight.objects.in_force(asked.on)
        .filter(contractor=OuterRef("pk"))
        .order_by()
        .values("contractor")
    )
    certificates = Certificate.objects.in_force(asked.on).filter(entry__contractor=OuterRef("pk"))
    found = (
        Contractor.objects.visible_to(officer)
        .in_force(asked.on)
        .below(asked.place_code)
        .select_related("subject")
    )
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.text:
        letters = asked.text.lower().replace(" ", "")
        found = found.filter(
            Q(code__startswith=asked.text)
            | Q(subject__name__startswith=asked.text)
            | Q(subject__pinyin__startswith=letters)
            | Q(subject__initials=letters)
        )
    if asked.certificate:
        found = found.filter(
            Exists(certificates) if asked.certificate == "with" else ~Exists(certificates)
        )
    return _sorted(found, asked.sort, CONTRACTOR_SORTS).annotate(
        parcels_held=Subquery(rights.annotate(n=Count("pk")).values("n")),
        area_held_m2=Subquery(rights.annotate(n=Sum("area_m2")).values("n")),
        area_held_mu=Subquery(
            rights.annotate(n=Sum(Round(F("area_m2") * Value(_MU), 2))).values("n")
        ),
        has_certificate=Exists(certificates),
    )


def _sorted(found: QuerySet[Any], sort: str, allowed: dict[str, str]) -> QuerySet[Any]:
    field = allowed.get(sort.lstrip("-"), "code")
    return found.order_by(f"-{field}" if sort.startswith("-") else field, "code")


@dataclass(frozen=True)
class ParcelTotals:
    """Number and area of all parcels of a list, whatever page is shown."""

    count: int
    area_m2: Decimal
    area_mu: Decimal


def parcel_totals(found: QuerySet[Parcel]) -> ParcelTotals:
    """Totals over the whole list: m² as they stand, mu summed from the rounded rows."""
    plain = found.order_by().values("pk")
    totals = Parcel.objects.filter(pk__in=plain).aggregate(
        count=Count("pk"),
        m2=Coalesce(Sum("area_m2"), Decimal(0)),
        mu=Coalesce(Sum(Round(F("area_m2") * Value(_MU), 2)), Decimal(0)),
    )
    return ParcelTotals(totals["count"], totals["m2"], totals["mu"])


PARCEL_HEADS = ("code", "name", "place_code", "class", "use", "area_m2", "contracted_m2", "holder")
CONTRACTOR_HEADS = (
    "code", "name", "place_code", "kind", "members", "document_number", "parcels",
    "contracted_m2", "contracted_mu",
)  # fmt: skip


def parcel_rows(found: QuerySet[Any]) -> Iterator[Sequence[Any]]:
    """The rows of an export, one at a time."""
    for parcel in found.iterator(2000):
        yield (
            parcel.code, parcel.subject.name, parcel.place_code, parcel.get_parcel_class_display(),
            parcel.get_use_display(), parcel.area_m2, parcel.contracted_m2, parcel.holder_name,
        )  # fmt: skip


def contractor_rows(found: QuerySet[Any]) -> Iterator[Sequence[Any]]:
    """The rows of an export, one at a time; numbers of persons stay masked."""
    for holder in found.iterator(2000):
        number = identity.mask(holder.document_number) if holder.document_number else ""
        yield (
            holder.code, holder.subject.name, holder.place_code, holder.get_kind_display(),
            holder.member_count, number, holder.parcels_held or 0, holder.area_held_m2 or 0,
            holder.area_held_mu or 0,
        )  # fmt: skip


# What forms offer to choose from.
PARCEL_CLASSES = Parcel.Class.choices
USES = Use.choices
CONTRACTOR_KINDS = Contractor.Kind.choices
