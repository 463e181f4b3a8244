"""Places as GeoJSON features: the collection `places` of the OGC API."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import shapely

from chengxiang.kernel.accounts.officer import Officer
from chengxiang.kernel.fields import Box
from chengxiang.kernel.places.models import Place

FILTERS = ("level", "parent", "kind")
_AT_ONCE = 200


def items(
    officer: Officer, box: Box | None, limit: int, after: str, filters: Mapping[str, str]
) -> Sequence[Mapping[str, Any]]:
    """At most `limit` places after the code `after`, in order of code; places are public.

    With a box only places whose boundary meets it: those without a boundary are left out.
    """
    found: list[Mapping[str, Any]] = []
    for place in _after(box, after, filters):
        if len(found) == limit:
            break
        # The extents overlap already; here the boundary itself is asked.
        if box is None or shapely.intersects(shapely.from_wkb(place.boundary), shapely.box(*box)):
            found.append(_feature(place))
    return found


def item(officer: Officer, code: str) -> Mapping[str, Any] | None:
    """The place of that code as a feature, None where there is none."""
    place = Place.objects.select_related("parent", "successor").filter(code=code).first()
    return _feature(place) if place else None


def _after(box: Box | None, after: str, filters: Mapping[str, str]) -> Iterator[Place]:
    asked = Place.objects.select_related("parent", "successor").order_by("code")
    if box is not None:
        asked = asked.filter(extent__overlaps=box)
    if "parent" in filters:
        asked = asked.filter(parent__code=filters["parent"])
    asked = asked.filter(**{name: filters[name] for name in ("level", "kind") if name in filters})
    while part := list(asked.filter(code__gt=after)[:_AT_ONCE]):
        yield from part
        after = part[-1].code


def _feature(place: Place) -> Mapping[str, Any]:
    geometry = None
    if place.boundary is not None:
        geometry = json.loads(shapely.to_geojson(shapely.from_wkb(bytes(place.boundary))))
    return {
        "type": "Feature",
        "id": place.code,
        "geometry": geometry,
        "properties": {
            "code": place.code,
            "name": place.name,
            "name_en": place.name_en,
            "level": place.level,
            "kind": place.kind,
            "parent": place.parent.code if place.parent else None,
            "valid_until": place.valid.upper.isoformat() if place.valid.upper else None,
            "successor": place.successor.code if place.successor else None,
        },
    }
