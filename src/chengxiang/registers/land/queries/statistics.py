"""The seven official summary tables of a place and its children, as of any day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from chengxiang.kernel.accounts.officer import Officer
from chengxiang.registers.land.submission.summaries import (
    GROUPS,
    LAYOUTS,
    NEXT_DIGITS,
    Column,
)

# Reserve land may not be more than this share of the collective's arable land.
# Source: 农村土地承包法 第六十七条.
RESERVE_LIMIT = Decimal("0.05")

Figures = Mapping[str, Decimal | int]


@dataclass(frozen=True)
class SummaryTable:
    """One official table: a row for each child, and the place's total, which is their sum."""

    name: str
    zh: str
    en: str
    columns: Sequence[Column]
    rows: Sequence[tuple[str, Figures]]  # code of the child, its figures
    total: Figures


@dataclass(frozen=True)
class Statistics:
    """What the register says of a place on a day."""

    place_code: str
    on: date
    tables: Sequence[SummaryTable]
    total: Figures

    @property
    def reserve_share(self) -> Decimal | None:
        """Reserve land's share of all arable land in the register; None without land.

        Arable here: contracted, private, reserve and reclaimed parcels.
        """
        parts = ("contracted_m2", "private_m2", "reserve_m2", "reclaimed_m2")
        arable = sum((Decimal(self.total[part]) for part in parts), Decimal(0))
        return Decimal(self.total["reserve_m2"]) / arable if arable else None

    @property
    def reserve_is_over(self) -> bool:
        return self.reserve_share is not None and self.reserve_share > RESERVE_LIMIT


_NAMES = [column.name for _n, _z, _e, columns in LAYOUTS for column in columns]

# One pass over the parcels: grouped by what the tables tell apart, added up below. A row's mu is
# rounded half up before it is summed, as certificates print it.
_PARCELS = """
SELECT {child}, parcel_class, use, ownership, is_basic_farmland,
       count(*), sum(area_m2), sum(round(area_m2 * 0.0015, 2))
FROM land_parcel t WHERE place_code LIKE ANY(%(places)s) AND valid @> %(on)s::date
GROUP BY 1, 2, 3, 4, 5
"""
_COUNTS = {
    "issuing_parties": "SELECT {child}, count(*) AS issuing_parties FROM land_issuingparty t "
    "WHERE {here} GROUP BY 1",
    "contractors": "SELECT {child}, count(*) AS contractors, "
    "count(*) FILTER (WHERE kind = '1') AS households, "
    "count(*) FILTER (WHERE kind = '2') AS individuals, "
    "count(*) FILTER (WHERE kind = '3') AS units FROM land_contractor t WHERE {here} GROUP BY 1",
    "members": "SELECT {child}, count(*) AS members FROM land_member t {contractor} "
    "WHERE {here} GROUP BY 1",
    "certificates": "SELECT {child}, count(*) AS certificates, "
    "count(*) FILTER (WHERE right(t.code, 1) = 'J') AS household_certificates, "
    "count(*) FILTER (WHERE right(t.code, 1) = 'Q') AS other_certificates "
    "FROM land_certificate t WHERE {here} AND {issued} GROUP BY 1",
    "certified": "SELECT {right_child}, sum(r.area_m2) AS certified_m2, "
    "sum(round(r.area_m2 * 0.0015, 2)) AS certified_mu "
    "FROM land_parcelright r JOIN land_certificate t ON t.code = r.certificate_code "
    "WHERE r.place_code LIKE ANY(%(places)s) AND r.valid @> %(on)s::date AND {here} AND {issued} "
    "GROUP BY 1",
}
_HERE = "t.place_code LIKE ANY(%(places)s) AND t.valid @> %(on)s::date"
# Issued by that day and not cancelled by then.
_ISSUED = (
    "t.issued_on <= %(on)s::date AND NOT EXISTS (SELECT 1 FROM land_certificateaction a "
    "WHERE a.certificate_code = t.code AND a.kind = 'cancellation' "
    "AND a.happened_on <= %(on)s::date)"
)


def statistics(officer: Officer, place_code: str, on: date) -> Statistics:
    """The seven tables of a place as of a day, over what the officer may see of it.

    place_code: 2 to 12 digits; children are the places right below, of a village its issuing
    parties. Six queries whatever the size. m² and mu to two decimals; every total is the sum of
    its children. Source: NY/T 2539, 汇总表格.
    """
    digits = NEXT_DIGITS[len(place_code)]
    places = [
        max(place, place_code, key=len) + "%"
        for place in officer.places_for("land.read")
        if place.startswith(place_code) or place_code.startswith(place)
    ]
    children: dict[str, dict[str, Decimal | int]] = {}
    if places:
        with connection.cursor() as cursor:
            parameters: dict[str, Any] = {"places": places, "on": on}
            cursor.execute(_PARCELS.format(child=_child("t", digits)), parameters)
            for row in cursor.fetchall():
                _add_parcels(_row(children, row[0]), *row[1:])
            for name, query in _COUNTS.items():
                cursor.execute(_filled(name, query, digits), parameters)
                heads = [column.name for column in cursor.description][1:]
                for code, *values in cursor.fetchall():
                    _row(children, code).update(
                        {head: value or 0 for head, value in zip(heads, values, strict=True)}
                    )
    total: dict[str, Decimal | int] = dict.fromkeys(_NAMES, 0)
    for figures in children.values():
        for name in _NAMES:
            total[name] += figures[name]
    tables = [
        SummaryTable(name, zh, en, columns, sorted(children.items()), total)
        for name, zh, en, columns in LAYOUTS
    ]
    return Statistics(place_code, on, tables, total)


def _child(alias: str, digits: int) -> str:
    """SQL of the child a row belongs to: its place today, or the issuing party in its code."""
    return f"left({alias}.{'code' if digits > 12 else 'place_code'}, {digits})"


def _filled(name: str, query: str, digits: int) -> str:
    by_party = digits > 12
    child = _child("t", digits)
    contractor = ""
    if name == "members" and by_party:
        contractor = "JOIN land_contractor holder ON holder.subject_id = t.contractor_id"
        child = f"left(holder.code, {digits})"
    right_child = f"left(r.{'certificate_code' if by_party else 'place_code'}, {digits})"
    return query.format(
        child=child, here=_HERE, issued=_ISSUED, contractor=contractor, right_child=right_child
    )


def _row(children: dict[str, dict[str, Decimal | int]], code: str) -> dict[str, Decimal | int]:
    return children.setdefault(code, dict.fromkeys(_NAMES, 0))


def _add_parcels(
    figures: dict[str, Decimal | int],
    parcel_class: str,
    use: str,
    ownership: str,
    is_basic: bool,
    count: int,
    area_m2: Decimal,
    area_mu: Decimal,
) -> None:
    parcel = {
        "parcel_class": parcel_class,
        "use": use,
        "ownership": ownership,
        "basic": "1" if is_basic else "2",
    }
    for name, group in GROUPS.items():
        if group.holds(parcel):
            figures[f"{name}_count"] += count
            figures[f"{name}_m2"] += area_m2
            figures[f"{name}_mu"] += area_mu
