"""OGC API - Features, Part 1: every area's collections for GIS programs, under /ogc/.

Source: OGC 17-069r4 (core, GeoJSON, HTML, OpenAPI 3.0).
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chengxiang.kernel.accounts.officer import OfficerRequest
from chengxiang.kernel.area import Collection
from chengxiang.kernel.fields import Box
from chengxiang.site.areas import areas
from chengxiang.site.ogc_description import CONFORMS_TO, DEFAULT_LIMIT, MAX_LIMIT, openapi
from chengxiang.site.problems import problem

JSON, GEOJSON, HTML = "application/json", "application/geo+json", "text/html"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
# Asked for in every collection; `datetime` changes nothing, for places and land have no instant.
_ASKED = {"f", "bbox", "limit", "after", "datetime"}


class _WrongInputError(Exception):
    """A parameter that cannot be read: its name and what to do."""


def collections(request: OfficerRequest) -> dict[str, Collection]:
    """The collections this officer may read, by name, in the order of the areas."""
    return {
        collection.name: collection
        for area in areas()
        for collection in area.collections
        if collection.permission is None or request.officer.may(collection.permission)
    }


@require_safe
def landing(request: OfficerRequest) -> HttpResponse:
    """Where to begin: links to the description, the conformance classes and the collections."""
    content = {
        "title": "Chengxiang",
        "description": _("Places and land of the county for GIS programs and machines."),
        "links": [
            *_itself(request, JSON),
            _link(request, "service-desc", reverse("ogc:api"), OPENAPI, _("Description (OpenAPI)")),
            _link(request, "service-doc", reverse("ogc:api") + "?f=html", HTML, _("Description")),
            _link(request, "conformance", reverse("ogc:conformance"), JSON, _("Conformance")),
            _link(request, "data", reverse("ogc:collections"), JSON, _("Collections")),
        ],
    }
    return _answer(request, content)


@require_safe
def conformance(request: OfficerRequest) -> HttpResponse:
    """The classes of the standard that are kept."""
    return _answer(request, {"title": _("Conformance"), "conformsTo": list(CONFORMS_TO)})


@require_safe
def api(request: OfficerRequest) -> HttpResponse:
    """This interface described in OpenAPI 3.0, with the collections of this officer."""
    described = openapi(request.build_absolute_uri(reverse("ogc:landing")), collections(request))
    if _wants_html(request):
        return _page(request, {"title": _("Description"), "paths": described["paths"]})
    return JsonResponse(described, content_type=OPENAPI)


@require_safe
def collection_list(request: OfficerRequest) -> HttpResponse:
    """Every collection with its extent and its links."""
    content = {
        "title": _("Collections"),
        "links": _itself(request, JSON),
        "collections": [_described(request, found) for found in collections(request).values()],
    }
    return _answer(request, content)


@require_safe
def collection(request: OfficerRequest, name: str) -> HttpResponse:
    """One collection."""
    found = collections(request).get(name)
    if found is None:
        return _no_such(_("There is no collection of that name for you."))
    return _answer(request, _described(request, found))


@require_safe
def items(request: OfficerRequest, name: str) -> HttpResponse:
    """A page of features in order of their id, with a link to the next page where there is one."""
    found = collections(request).get(name)
    if found is None:
        return _no_such(_("There is no collection of that name for you."))
    try:
        box, limit, filters = _asked(request, found)
    except _WrongInputError as wrong:
        field, words = wrong.args
        return problem(400, "invalid_parameter", words, field=field)
    after = request.GET.get("after", "")
    # One more than the page holds tells whether there is a next page.
    features = list(found.items(request.officer, box, limit + 1, after, filters))
    links = _itself(request, GEOJSON)
    if len(features) > limit:
        features = features[:limit]
        asked = {**request.GET.dict(), "after": str(features[-1]["id"])}
        links.append(
            _link(request, "next", f"{request.path}?{urlencode(asked)}", GEOJSON, _("Next page"))
        )
    links.append(_link(request, "collection", _address(found), JSON, str(found.title)))
    content = {
        "type": "FeatureCollection",
        "features": features,
        "numberReturned": len(features),
        "timeStamp": timezone.now().strftime("%Y-%m-%dT%H:%M:%SZ"),
        "links": links,
    }
    return _answer(request, content, GEOJSON, title=found.title)


@require_safe
def item(request: OfficerRequest, name: str, feature_id: str) -> HttpResponse:
    """One feature by its id."""
    found = collections(request).get(name)
    feature = found.item(request.officer, feature_id) if found else None
    if found is None or feature is None:
        return _no_such(_("There is no feature of that id for you."))
    links = [
        *_itself(request, GEOJSON),
        _link(request, "collection", _address(found), JSON, str(found.title)),
    ]
    title = f"{found.title} · {feature_id}"
    return _answer(request, {**feature, "links": links}, GEOJSON, title=title)


def _asked(request: HttpRequest, found: Collection) -> tuple[Box | None, int, Mapping[str, str]]:
    filters = {name: request.GET[name] for name in found.filters if request.GET.get(name)}
    unknown = sorted(set(request.GET) - _ASKED - set(found.filters))
    if unknown:
        known = ", ".join(sorted(_ASKED | set(found.filters)))
        raise _WrongInputError(
            unknown[0], _("There is no such parameter. Known are: %(known)s.") % {"known": known}
        )
    try:
        limit = int(request.GET.get("limit", DEFAULT_LIMIT))
    except ValueError:
        limit = 0
    if limit < 1:
        raise _WrongInputError("limit", _("`limit` must be a whole number from 1 upwards."))
    return _box(request.GET.get("bbox", "")), min(limit, MAX_LIMIT), filters


def _box(text: str) -> Box | None:
    if not text:
        return None
    words = _("`bbox` must be west,south,east,north in degrees, south below north.")
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        raise _WrongInputError("bbox", words) from None
    if len(numbers) == 6:  # with heights, which say nothing here
        numbers = [*numbers[:2], *numbers[3:5]]
    # A comparison with NaN is false, and a box over the 180th meridian has no land of ours.
    if len(numbers) != 4 or not (-180 <= numbers[0] <= numbers[2] <= 180
                                 and -90 <= numbers[1] <= numbers[3] <= 90):  # fmt: skip
        raise _WrongInputError("bbox", words)
    return numbers[0], numbers[1], numbers[2], numbers[3]


def _described(request: OfficerRequest, found: Collection) -> dict[str, Any]:
    address = _address(found)
    return {
        "id": found.name,
        "title": str(found.title),
        "description": str(found.description),
        "extent": {"spatial": {"bbox": [list(found.extent)], "crs": CRS84}},
        "itemType": "feature",
        "crs": [CRS84],
        "links": [
            _link(request, "self", address, JSON, str(found.title)),
            _link(request, "items", f"{address}/items", GEOJSON, _("Features")),
            _link(request, "items", f"{address}/items?f=html", HTML, _("Features as a page")),
        ],
    }


def _address(found: Collection) -> str:
    return reverse("ogc:collection", args=[found.name])


def _link(request: HttpRequest, rel: str, address: str, kind: str, title: str) -> dict[str, str]:
    return {"rel": rel, "type": kind, "title": title, "href": request.build_absolute_uri(address)}


def _itself(request: HttpRequest, kind: str) -> list[dict[str, str]]:
    """Links to this answer and to the same in the other form."""
    html = _wants_html(request)
    data, page = ({**request.GET.dict(), "f": form} for form in ("json", "html"))
    return [
        _link(request, "alternate" if html else "self", f"{request.path}?{urlencode(data)}", kind,
              _("This document as JSON")),
        _link(request, "self" if html else "alternate", f"{request.path}?{urlencode(page)}", HTML,
              _("This document as a page")),
    ]  # fmt: skip


def _wants_html(request: HttpRequest) -> bool:
    """`f=` decides, else what the program accepts first; JSON where it does not say."""
    if asked := request.GET.get("f"):
        return asked == "html"
    return request.get_preferred_type([JSON, GEOJSON, HTML]) == HTML


def _answer(
    request: OfficerRequest, content: dict[str, Any], kind: str = JSON, *, title: Any = None
) -> HttpResponse:
    if request.GET.get("f", "json") not in {"json", "html"}:
        return problem(400, "invalid_parameter", _("`f` must be json or html."), field="f")
    if _wants_html(request):
        return _page(request, {"title": title or content["title"], **content})
    response = JsonResponse(content, content_type=kind, json_dumps_params={"ensure_ascii": False})
    response["Access-Control-Allow-Origin"] = "*"
    response["Vary"] = "Accept, Accept-Language, Cookie"
    return response


def _page(request: HttpRequest, content: dict[str, Any]) -> HttpResponse:
    return render(request, "ogc/page.html", content)


def _no_such(words: str) -> HttpResponse:
    return problem(404, "not_found", words)


app_name = "ogc"

urlpatterns = [
    path("", landing, name="landing"),
    path("conformance", conformance, name="conformance"),
    path("api", api, name="api"),
    path("collections", collection_list, name="collections"),
    path("collections/<str:name>", collection, name="collection"),
    path("collections/<str:name>/items", items, name="items"),
    path("collections/<str:name>/items/<str:feature_id>", item, name="item"),
]
