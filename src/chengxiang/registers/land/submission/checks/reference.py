"""What the checks know besides the package: places, the county's boundary, tolerances."""

import csv
import json
from dataclasses import dataclass, field
from datetime import date
from importlib import resources

import numpy as np
import shapely
from numpy.typing import NDArray

from .thresholds import Thresholds


@dataclass(frozen=True)
class Reference:
    """Village codes that are or were in force, the boundary of the county, tolerances.

    village_codes: 12 digits each, sorted, abolished ones included; a township that issues land
    itself stands as its nine digits and 000. Empty: no code is called unknown.
    county_boundary: WKB in EPSG:4490, None if not known. `on`: nobody is born after that day.
    """

    village_codes: NDArray[np.str_] = field(default_factory=lambda: np.array([], dtype="<U12"))
    county_boundary: bytes | None = None
    thresholds: Thresholds = field(default_factory=Thresholds)
    on: date | None = None

    @classmethod
    def shipped(cls, county_code: str, on: date | None = None) -> "Reference":
        """The reference of a county of Liaoning from the files shipped with the package.

        A county that is not in them gives an empty reference. Sources: data/SOURCES.md.
        """
        folder = resources.files("chengxiang.data")
        with (folder / "places.csv").open(encoding="utf-8") as file:
            below = [row["code"] for row in csv.DictReader(file) if row["code"][:6] == county_code]
        villages = [code for code in below if len(code) == 12]
        townships = [code + "000" for code in below if len(code) == 9]
        boundary = None
        features = json.loads((folder / "counties.geojson").read_text(encoding="utf-8"))["features"]
        for feature in features:
            if feature["properties"]["code"] == county_code:
                shape = shapely.from_geojson(json.dumps(feature["geometry"]))
                boundary = bytes(shapely.to_wkb(shape))
        return cls(
            village_codes=np.array(sorted(villages + townships), dtype="<U12"),
            county_boundary=boundary,
            on=on,
        )
