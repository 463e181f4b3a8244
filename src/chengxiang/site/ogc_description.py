"""The OGC interface described in OpenAPI 3.0, with the collections as they are."""

from collections.abc import Mapping
from typing import Any

from chengxiang.kernel.area import Collection

DEFAULT_LIMIT, MAX_LIMIT = 100, 1000
_CLASS = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/"
CONFORMS_TO = tuple(_CLASS + name for name in ("core", "oas30", "html", "geojson"))

_FORM = {
    "name": "f",
    "in": "query",
    "description": "json or html",
    "schema": {"type": "string", "enum": ["json", "html"]},
}


def openapi(server: str, collections: Mapping[str, Collection]) -> dict[str, Any]:
    """The OpenAPI 3.0 document; `server` is the address of the landing page."""
    paths = {
        "/": _get("landing", "Where to begin", []),
        "/conformance": _get("conformance", "Classes of the standard that are kept", []),
        "/api": _get("api", "This description", []),
        "/collections": _get("collections", "All collections", []),
    }
    for name, found in collections.items():
        address = f"/collections/{name}"
        paths[address] = _get(f"describe_{name}", str(found.title), [])
        paths[f"{address}/items"] = _get(f"items_{name}", str(found.description), _asked(found))
        feature = {
            "name": "featureId",
            "in": "path",
            "required": True,
            "schema": {"type": "string"},
        }
        paths[f"{address}/items/{{featureId}}"] = _get(f"item_{name}", "One feature", [feature])
    return {
        "openapi": "3.0.3",
        "info": {"title": "Chengxiang: OGC API - Features", "version": "1"},
        "servers": [{"url": server.rstrip("/")}],
        "paths": paths,
    }


def _get(name: str, summary: str, parameters: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "get": {
            "operationId": name,
            "summary": summary,
            "parameters": [_FORM, *parameters],
            "responses": {
                "200": {"description": "The document asked for"},
                "400": {"description": "A parameter cannot be read (problem details)"},
                "404": {"description": "Not known, or not to this officer (problem details)"},
            },
        }
    }


def _asked(found: Collection) -> list[dict[str, Any]]:
    numbers = {"type": "array", "minItems": 4, "maxItems": 6, "items": {"type": "number"}}
    return [
        {
            "name": "bbox",
            "in": "query",
            "description": "west,south,east,north in degrees",
            "style": "form",
            "explode": False,
            "schema": numbers,
        },
        {
            "name": "limit",
            "in": "query",
            "schema": {
                "type": "integer",
                "minimum": 1,
                "maximum": MAX_LIMIT,
                "default": DEFAULT_LIMIT,
            },
        },
        {
            "name": "after",
            "in": "query",
            "description": "cursor: the id after which to go on",
            "schema": {"type": "string"},
        },
        {
            "name": "datetime",
            "in": "query",
            "description": "taken, but without effect: the features have no instant",
            "schema": {"type": "string"},
        },
        *({"name": name, "in": "query", "schema": {"type": "string"}} for name in found.filters),
    ]
