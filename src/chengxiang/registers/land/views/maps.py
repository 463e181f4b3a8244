"""The land map: page, tiles, exact shapes, side panel, search, sheet to print."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.http import parse_etags
from django.views.decorators.http import require_GET

from chengxiang.kernel.accounts.officer import Officer, OfficerRequest
from chengxiang.kernel.maps.tiles import Tile
from chengxiang.registers.land.documents import map_sheet
from chengxiang.registers.land.queries import maps, tiles

TILE_TYPE = "application/vnd.mapbox-vector-tile"


def _reader(request: HttpRequest) -> Officer:
    """The officer, if any office of theirs may read the register; else there is no map."""
    officer: Officer = request.officer  # type: ignore[attr-defined]
    if not officer.may("land.read"):
        raise Http404
    return officer


def _day(request: HttpRequest):  # type: ignore[no-untyped-def]
    try:
        return parse_date(request.GET.get("on", "")) or timezone.localdate()
    except ValueError:
        raise Http404 from None


@require_GET
def land_map(request: OfficerRequest) -> HttpResponse:
    """The large map of the officer's territory."""
    officer = _reader(request)
    codes = [code for code in request.GET.get("parcels", "").split(",") if code]
    options = maps.land_map(
        officer,
        on=_day(request),
        place_code=request.GET.get("place", ""),
        parcels=codes,
        legend=request.GET.get("theme", ""),
    )
    return render(request, "land/map.html", {"map": options})


@require_GET
def tile(request: OfficerRequest, z: int, x: int, y: int) -> HttpResponse:
    """One vector tile of the land register, with an ETag by its content."""
    square = Tile(z, x, y)
    if not square.exists:
        raise Http404
    content, mark = tiles.land_tile(
        _reader(request), square, _day(request), request.GET.get("place", "")
    )
    etag = f'"{mark}"'
    response: HttpResponse
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(content, content_type=TILE_TYPE)
    response["ETag"] = etag
    # The browser keeps the tile but asks each time whether it still holds.
    response["Cache-Control"] = "private, no-cache"
    response["Vary"] = "Cookie"
    return response


@require_GET
def shapes(request: OfficerRequest) -> HttpResponse:
    """The exact shapes of chosen parcels, with the lengths of their sides."""
    codes = [code for code in request.GET.get("codes", "").split(",") if code]
    found = maps.shapes(_reader(request), codes, _day(request))
    features = [
        {
            "type": "Feature",
            "id": shape.code,
            "geometry": {"type": "Polygon", "coordinates": shape.rings},
            "properties": {
                "code": shape.code,
                "mu": shape.mu,
                "who": shape.who,
                "lengths": shape.lengths_m,
            },
        }
        for shape in found
    ]
    response = JsonResponse({"type": "FeatureCollection", "features": features})
    response["Cache-Control"] = "private, no-cache"
    return response


@require_GET
def panel(request: OfficerRequest) -> HttpResponse:
    """What the side panel says of a parcel (a fragment)."""
    found = maps.parcel_panel(_reader(request), request.GET.get("code", ""), _day(request))
    if found is None:
        raise Http404
    return render(request, "land/_map_panel.html", {"panel": found})


@require_GET
def find(request: OfficerRequest) -> HttpResponse:
    """Where a parcel or place lies, for the map to go there."""
    found = maps.find_on_map(_reader(request), request.GET.get("q", ""), _day(request))
    if found is None:
        raise Http404
    return JsonResponse({"code": found[0], "extent": found[1]})


@require_GET
def map_print(request: OfficerRequest) -> HttpResponse:
    """The map on paper, true to scale, as PDF."""
    officer = _reader(request)
    try:
        longitude, latitude = map(float, request.GET.get("center", "").split(","))
        order = map_sheet.Order(
            longitude=longitude,
            latitude=latitude,
            scale=int(request.GET.get("scale", "1000")),
            paper=request.GET.get("paper", "A4"),
            theme=request.GET.get("theme", ""),
            chosen=tuple(c for c in request.GET.get("parcels", "").split(",") if c),
        )
        content = map_sheet.print_map(officer, order, _day(request))
    except ValueError:
        raise Http404 from None
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="map-{order.scale}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
