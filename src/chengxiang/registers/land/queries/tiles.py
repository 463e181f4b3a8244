"""Vector tiles of contracted land: what of it an officer may see in one square of the map."""

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import shapely
from django.core.cache import cache
from django.db import connection

from chengxiang.kernel.accounts.officer import Officer
from chengxiang.kernel.maps.mvt import Columns, point_layer, polygon_layer
from chengxiang.kernel.maps.rings import BUFFER, rings
from chengxiang.kernel.maps.tiles import EXTENT, Tile
from chengxiang.kernel.places.latin import latin_name
from chengxiang.registers.land.queries.themes import RIGHT_SQL, THEME_SQL
from chengxiang.registers.land.queries.village_counts import village_counts

PARCELS_FROM = 13  # tile zoom; below it one figure a village
NAMES_FROM = 15
VILLAGES_FROM = 10  # below it one figure a township
CACHE_SECONDS = 24 * 3600

_PARCELS_SQL = f"""
WITH found AS MATERIALIZED (
    SELECT subject_id, code, geometry, parcel_class, use, area_m2
    FROM land_parcel
    WHERE extent && %(box)s::box AND valid @> %(on)s::date AND place_code LIKE ANY(%(within)s)
)
SELECT p.geometry, p.code, p.parcel_class, p.use, round(p.area_m2 * 0.15)::int, {THEME_SQL},
       {{names}}
FROM found p {RIGHT_SQL} {{join}}
"""
_NO_NAMES = _PARCELS_SQL.format(names="NULL, NULL", join="")
_WITH_NAMES = _PARCELS_SQL.format(
    names="s.name, s.code", join="LEFT JOIN subjects_subject s ON s.id = r.contractor_id"
)
_PARCEL_KEYS = (
    "code", "class", "use", "cmu", "way", "difference", "certificate", "who", "holder"
)  # fmt: skip


def territory(officer: Officer, place_code: str = "") -> list[str]:
    """Place codes under which the officer may read the land register, narrowed to a place."""
    inside = []
    for office in officer.places_for("land.read"):
        if place_code.startswith(office):
            inside.append(place_code)
        elif office.startswith(place_code):
            inside.append(office)
    return sorted(set(inside))


def data_version() -> str:
    """A mark that changes with every change of the register that leaves a trace, as all do.

    The count beside the last entry catches one with a lower number committed later.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT max(id) || '.' || count(*) FROM"
            " (SELECT id FROM history_entry ORDER BY id DESC LIMIT 1000) last),"
            " (SELECT max(applied_at)::text FROM exchange_import)"
        )
        return "/".join(str(part) for part in cursor.fetchone() or ())


def land_tile(officer: Officer, tile: Tile, on: date, place_code: str = "") -> tuple[bytes, str]:
    """A tile's bytes and the hash of them; empty where the officer sees nothing.

    Zoom 13 and more: layer `parcels`, each with code, class, use, cmu (hundredths of a mu, from
    the surveyed area), way, difference, certificate; from zoom 15 also who (the
    representative's name) and holder (code of the contractor). Below: layer `counts`, a point a
    village (zoom 10 and more) or township with the parcels and mu of every class of every theme.
    Layers `villages` and `townships`: territories of the package, where it has them.
    """
    within = territory(officer, place_code)
    if not within:
        return b"", _hash(b"")
    key = _hash(f"land {tile} {within} {on} {data_version()}".encode())
    known: tuple[bytes, str] | None = cache.get(key)
    if known is None:
        content = tile_content(tile, within, on)
        known = content, _hash(content)
        cache.set(key, known, CACHE_SECONDS)
    return known


def tile_content(tile: Tile, within: Sequence[str], on: date) -> bytes:
    """The tile of those places, made anew."""
    if tile.z >= PARCELS_FROM:
        return _parcels(tile, within, on) + _territories(tile, within, on)
    return _counts(tile, within, on) + _territories(tile, within, on)


def _parcels(tile: Tile, within: Sequence[str], on: date) -> bytes:
    west, south, east, north = tile.bounds(BUFFER / EXTENT)
    with connection.cursor() as cursor:
        cursor.execute(
            _WITH_NAMES if tile.z >= NAMES_FROM else _NO_NAMES,
            {
                "box": f"({west},{south}),({east},{north})",
                "on": on,
                "within": [f"{code}%" for code in within],
            },
        )
        rows = cursor.fetchall()
    if not rows:
        return b""
    geometry, *columns = zip(*rows, strict=True)
    shapes = rings(shapely.from_wkb(np.array(geometry, dtype=object)), tile)
    told = dict(zip(_PARCEL_KEYS, columns, strict=True))
    return polygon_layer("parcels", shapes, told if tile.z >= NAMES_FROM else _without_names(told))


def _without_names(columns: dict[str, Any]) -> Columns:
    return {key: column for key, column in columns.items() if key not in {"who", "holder"}}


def _counts(tile: Tile, within: Sequence[str], on: date) -> bytes:
    west, south, east, north = tile.bounds(BUFFER / EXTENT)
    digits = 12 if tile.z >= VILLAGES_FROM else 9
    shown = [
        place
        for prefix in _counties_in(tile, within)
        for place in village_counts(prefix, on, data_version(), digits)
        if west <= place.longitude <= east and south <= place.latitude <= north
    ]
    if not shown:
        return b""
    keys = sorted({key for place in shown for key in place.figures})
    columns: dict[str, Sequence[Any]] = {
        "place": [place.code for place in shown],
        "name": [place.name for place in shown],
        "name_en": [place.name_en for place in shown],
        **{key: [place.figures.get(key) for place in shown] for key in keys},
    }
    points = tile.grid(np.array([[place.longitude, place.latitude] for place in shown]))
    return point_layer("counts", points, columns)


def _counties_in(tile: Tile, within: Sequence[str]) -> list[str]:
    """The places of `within`, those above a county as the counties of the tile."""
    west, south, east, north = tile.bounds(BUFFER / EXTENT)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT code FROM places_place WHERE length(code) = 6 AND extent && %s::box"
            " ORDER BY code",
            [f"({west},{south}),({east},{north})"],
        )
        counties = [code for (code,) in cursor.fetchall()]
    narrow = [code for code in within if len(code) >= 6]
    wide = [code for code in within if len(code) < 6]
    inside = [code for code in counties if any(code.startswith(place) for place in wide)]
    return sorted({*narrow, *inside})


def _territories(tile: Tile, within: Sequence[str], on: date) -> bytes:
    """Villages' and townships' territories as the packages brought them."""
    layers = {"XJQY": "townships"} if tile.z < VILLAGES_FROM else {"CJQY": "villages"}
    if 7 < tile.z < PARCELS_FROM:
        layers = {"XJQY": "townships", **layers}
    if tile.z < 8:
        return b""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT f.layer, f.geometry, f.place_code, coalesce(p.name, ''),"
            " coalesce(p.pinyin, '')"
            " FROM land_layerfeature f LEFT JOIN places_place p ON p.code = f.place_code"
            " WHERE f.layer = ANY(%s) AND f.valid @> %s::date AND f.geometry IS NOT NULL"
            " AND f.place_code LIKE ANY(%s)",
            [list(layers), on, [f"{code}%" for code in _counties_in(tile, within)]],
        )
        rows = cursor.fetchall()
    content = b""
    for layer, name in layers.items():
        found = [row for row in rows if row[0] == layer]
        if not found:
            continue
        shapes = shapely.from_wkb(np.array([row[1] for row in found], dtype=object))
        polygonal = shapely.get_dimensions(shapes) == 2
        shapes = np.where(polygonal, shapes, shapely.Polygon())
        columns = {
            "place": [row[2] for row in found],
            "name": [row[3] for row in found],
            "name_en": [latin_name(row[3], row[4]) if row[3] else "" for row in found],
        }
        content += polygon_layer(name, rings(shapes, tile), columns)
    return content


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]
