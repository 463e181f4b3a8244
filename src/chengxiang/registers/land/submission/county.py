"""What the shipped reference data know of a county: its name, its villages' zone."""

import csv
import json
from functools import cache
from importlib import resources

from chengxiang.kernel.geometry import zone_crs, zone_of


@cache
def _names() -> dict[str, str]:
    with (resources.files("chengxiang.data") / "places.csv").open(encoding="utf-8") as file:
        return {
            row["code"]: row["name"] for row in csv.DictReader(file) if row["level"] == "county"
        }


def county_name(code: str) -> str:
    """The county's name, empty for one that is not known."""
    return _names().get(code, "")


@cache
def _middles() -> dict[str, float]:
    """Middle longitude of each county's extent, degrees."""
    text = (resources.files("chengxiang.data") / "counties.geojson").read_text("utf-8")
    middles = {}
    for feature in json.loads(text)["features"]:
        longitudes = [
            point[0]
            for polygon in feature["geometry"]["coordinates"]
            for ring in (polygon if feature["geometry"]["type"] == "MultiPolygon" else [polygon])
            for point in ring
        ]
        middles[feature["properties"]["code"]] = (min(longitudes) + max(longitudes)) / 2
    return middles


def own_zone(code: str) -> str:
    """The 3° zone (with its number in the easting) a county lies in; zone 41 if not known."""
    return zone_crs(int(zone_of(_middles().get(code, 123.0))))
