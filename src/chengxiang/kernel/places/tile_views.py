"""Serves the boundaries as vector tiles; they are public."""

import hashlib

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition

from chengxiang.kernel.maps.tiles import Tile
from chengxiang.kernel.places.boundary_tiles import boundary_tile

CONTENT_TYPE = "application/vnd.mapbox-vector-tile"


def tile(request: HttpRequest, z: int, x: int, y: int) -> HttpResponse:
    """One tile of borders and names."""
    square = Tile(z, x, y)
    if not square.exists:
        raise Http404
    content = boundary_tile(square)

    def etag(_request: HttpRequest) -> str:
        return f'"{hashlib.sha256(content).hexdigest()[:32]}"'

    @condition(etag_func=etag)
    def answer(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(content, content_type=CONTENT_TYPE)

    response: HttpResponse = answer(request)
    patch_cache_control(response, public=True, max_age=3600)
    return response
