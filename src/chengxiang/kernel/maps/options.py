"""What a page tells the map component: what to show, where to begin, which tools."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from chengxiang.kernel.maps.words import words

Extent = tuple[float, float, float, float]
LIAONING: Extent = (118.84, 38.72, 125.79, 43.49)


@dataclass(frozen=True, kw_only=True)
class LegendItem:
    """One class of a theme: the value in the tiles, its words and its colour."""

    value: str
    title: str | Promise
    colour: str


@dataclass(frozen=True, kw_only=True)
class Legend:
    """A theme (专题): the attribute of the tiles the land is coloured by."""

    code: str
    title: str | Promise
    items: Sequence[LegendItem]


def map_options(
    *,
    extent: Extent | None = None,
    areas: Sequence[str] = (),
    place_code: str = "",
    outlined: Sequence[str] = (),
    chosen: Sequence[str] = (),
    legends: Sequence[Legend] = (),
    legend: str = "",
    tools: bool = True,
    source: str = "",
    name: str = "map",
    zoom_limit: int | None = None,
) -> dict[str, Any]:
    """The context of `site/parts/map.html`.

    extent: west, south, east, north in degrees to begin with; the whole province if not said.
    areas: codes of areas whose own tiles are shown over the boundaries (they have a route
    `AREA:tile`), place_code: narrows those to a place. chosen: codes of records in the accent
    colour with their lengths, outlined: codes of places with a strong boundary. tools: False
    gives a small map that only pans and zooms. source: where the data come from, in words.
    """
    language = "zh" if (get_language() or "zh").startswith("zh") else "en"
    config = {
        "extent": list(extent or LIAONING),
        "language": language,
        "places": _tiles("places"),
        "areas": {area: _routes(area) for area in areas},
        "place": place_code,
        "outlined": list(outlined),
        "chosen": list(chosen),
        "legend": legend or (legends[0].code if legends else ""),
        "legends": [_legend(item) for item in legends],
        "tools": tools,
        "zoomLimit": zoom_limit,
        "words": words(),
    }
    return {
        "name": name,
        "config": config,
        "tools": tools,
        "legends": legends,
        "legend": config["legend"],
        "source": source or str(_("Boundaries: simplified, EPSG:4490")),
    }


def _legend(legend: Legend) -> Mapping[str, Any]:
    return {
        "code": legend.code,
        "title": str(legend.title),
        "items": [
            {"value": item.value, "title": str(item.title), "colour": item.colour}
            for item in legend.items
        ],
    }


def _tiles(area: str) -> str:
    """Address of an area's tiles with {z}/{x}/{y} in it."""
    return reverse(f"{area}:tile", args=[0, 0, 0]).replace("0/0/0.mvt", "{z}/{x}/{y}.mvt")


def _routes(area: str) -> dict[str, str]:
    routes = {"tiles": _tiles(area)}
    for route in ("map_print", "map_shapes", "map_panel", "map_find"):
        try:
            routes[route] = reverse(f"{area}:{route}")
        except NoReverseMatch:
            continue
    return routes
