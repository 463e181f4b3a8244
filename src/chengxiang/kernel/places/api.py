"""Places for machines: the same queries as the pages. Open to everyone."""

from datetime import date

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from chengxiang.codes.places import Level
from chengxiang.kernel.places import queries
from chengxiang.kernel.places.models import Place

router = Router(tags=["places"])


class PlaceOut(Schema):
    code: str = Field(description="2, 4, 6, 9 or 12 digits: province to village")
    name: str
    name_en: str = Field(description="the name in English: Fangmu Town")
    level: str
    kind: str
    parent: str | None = Field(description="code of the place one level up")
    valid_from: date | None = Field(description="null: not known to have begun")
    valid_until: date | None = Field(description="first day on which it is no more")

    @staticmethod
    def resolve_parent(place: Place) -> str | None:
        return queries.parent_code(place.code)

    @staticmethod
    def resolve_valid_from(place: Place) -> date | None:
        return place.valid.lower

    @staticmethod
    def resolve_valid_until(place: Place) -> date | None:
        return place.valid.upper


class PlaceDetailOut(PlaceOut):
    pinyin: str = Field(description="syllables apart")
    successor: str | None = Field(description="code of the place that took over")
    ancestors: list[PlaceOut] = Field(description="the places it lies in, widest first")
    extent: tuple[float, float, float, float] | None = Field(
        description="west, south, east, north in degrees, EPSG:4490"
    )

    @staticmethod
    def resolve_successor(place: Place) -> str | None:
        return place.successor.code if place.successor else None

    @staticmethod
    def resolve_ancestors(place: Place) -> list[Place]:
        return list(queries.ancestors(place))


class PlacesOut(Schema):
    items: list[PlaceOut]
    next: str | None = Field(description="address of the next page; null on the last")


class Asked(Schema):
    q: str = Field("", max_length=60, description="part of a name, pinyin, initials or code")
    level: Level | None = None
    parent: str = Field("", max_length=12, description="code of the place right above")
    on: date | None = Field(None, description="only places in force on that day; today if not said")
    after: str = Field("", max_length=12, description="cursor: the code after which to go on")
    limit: int = Field(100, ge=1, le=1000)


@router.get("", response=PlacesOut, summary="List or search places", url_name="places")
def list_places(request: HttpRequest, asked: Query[Asked]) -> dict[str, object]:
    """Places in order of code, page by page; with `q` the best answers first, on one page."""
    on = asked.on or timezone.localdate()
    if asked.q:
        found = queries.search(asked.q, asked.limit, on=on)
        return {"items": found, "next": None}
    found = queries.listed(
        level=asked.level or "",
        parent=asked.parent,
        after=asked.after,
        limit=asked.limit + 1,
        on=on,
    )
    return _page(request, found, asked.limit)


@router.get("/{code}", response=PlaceDetailOut, summary="One place", url_name="place")
def get_place(request: HttpRequest, code: str) -> Place:
    """The place of that code, also one that has ended."""
    return _known(code)


@router.get(
    "/{code}/children", response=PlacesOut, summary="The places right below", url_name="children"
)
def list_children(
    request: HttpRequest, code: str, after: str = "", limit: int = Query(100, ge=1, le=1000)
) -> dict[str, object]:
    """In order of code, those in force today."""
    on = timezone.localdate()
    found = queries.listed(parent=_known(code).code, after=after, limit=limit + 1, on=on)
    return _page(request, found, limit)


def _known(code: str) -> Place:
    found = queries.place(code)
    if found is None:
        raise Http404(_("There is no place with the code %(code)s.") % {"code": code})
    return found


def _page(request: HttpRequest, found: list[Place], limit: int) -> dict[str, object]:
    """One more than the page holds was asked for, to know whether there is a next page."""
    if len(found) <= limit:
        return {"items": found, "next": None}
    asked = request.GET.copy()
    asked["after"] = found[limit - 1].code
    return {
        "items": found[:limit],
        "next": request.build_absolute_uri(f"{request.path}?{asked.urlencode()}"),
    }
