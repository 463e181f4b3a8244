"""The land register's figures of a place, for the page of the place."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from chengxiang.kernel.accounts.officer import Officer
from chengxiang.kernel.area import Figure
from chengxiang.registers.land.queries.statistics import statistics


def figures(officer: Officer, place_code: str, on: date) -> Sequence[Figure]:
    """Parcels, area, households and certificates of a place, as far as the officer may see it.

    None for a visitor and for places outside the office: figures of few households tell of each.
    """
    inside = any(
        place_code.startswith(at) or at.startswith(place_code)
        for at in officer.places_for("land.read")
    )
    if not inside:
        return []
    total = statistics(officer, place_code, on).total
    if not total["contractors"]:
        return []
    url = reverse("land:summary", args=[place_code])
    return [
        Figure(
            label=_("contracted land, surveyed"),
            value=float(total["contracted_mu"]),
            unit=_("mu"),
            decimals=2,
            url=url,
        ),
        Figure(label=_("contracted parcels"), value=int(total["contracted_count"]), url=url),
        Figure(label=_("households"), value=int(total["households"]), url=url),
        Figure(label=_("certificates"), value=int(total["certificates"]), url=url),
    ]
