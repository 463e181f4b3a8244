"""Parcels as GeoJSON features: the collection `parcels` of the OGC API, within the office."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import shapely
from django.utils import timezone

from chengxiang.kernel.accounts.officer import Officer
from chengxiang.kernel.fields import Box
from chengxiang.registers.land.models import Parcel

FILTERS = ("class", "use", "place")


def items(
    officer: Officer, box: Box | None, limit: int, after: str, filters: Mapping[str, str]
) -> Sequence[Mapping[str, Any]]:
    """At most `limit` parcels in force today after the code `after`, in order of code."""
    found = (
        Parcel.objects.visible_to(officer)
        .in_force(timezone.localdate())
        .filter(code__gt=after)
        .select_related("subject")
        .order_by("code")
    )
    if box is not None:
        found = found.filter(extent__overlaps=box)
    if "class" in filters:
        found = found.filter(parcel_class=filters["class"])
    if "use" in filters:
        found = found.filter(use=filters["use"])
    if "place" in filters:
        found = found.below(filters["place"])
    features: list[Mapping[str, Any]] = []
    for parcel in found.iterator(500):
        shape = shapely.from_wkb(bytes(parcel.geometry))
        # The extents overlap already; here the parcel itself is asked.
        if box is not None and not shapely.intersects(shape, shapely.box(*box)):
            continue
        features.append(_feature(parcel, shape))
        if len(features) == limit:
            break
    return features


def item(officer: Officer, code: str) -> Mapping[str, Any] | None:
    """The parcel of that code as a feature, None where the officer may see none."""
    parcel = (
        Parcel.objects.visible_to(officer)
        .in_force(timezone.localdate())
        .filter(code=code)
        .select_related("subject")
        .first()
    )
    return _feature(parcel, shapely.from_wkb(bytes(parcel.geometry))) if parcel else None


def _feature(parcel: Parcel, shape: Any) -> Mapping[str, Any]:
    return {
        "type": "Feature",
        "id": parcel.code,
        "geometry": json.loads(shapely.to_geojson(shape)),
        "properties": {
            "code": parcel.code,
            "name": parcel.subject.name,
            "place": parcel.place_code,
            "class": parcel.parcel_class,
            "use": parcel.use,
            "land_use": parcel.land_use,
            "basic_farmland": parcel.is_basic_farmland,
            "area_m2": float(parcel.area_m2),
        },
    }
