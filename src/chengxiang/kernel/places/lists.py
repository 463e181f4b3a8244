"""A published list of places: its rows, their boundaries, the day it speaks of."""

import csv
import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import shapely

from chengxiang.kernel.fields import Box

_DATA = Path(__file__).parents[2] / "data"
# The day of the statistical division codes that are shipped (data/SOURCES.md).
_SHIPPED_DAY = date(2023, 6, 30)


@dataclass(frozen=True, slots=True)
class Row:
    """One place as the list has it."""

    code: str
    level: str
    kind: str
    name: str
    pinyin: str  # syllables apart
    parent_code: str

    @property
    def initials(self) -> str:
        return "".join(syllable[0] for syllable in self.pinyin.split())


@dataclass(frozen=True)
class PlaceList:
    """The places of one day, wider ones first; boundaries (WKB, EPSG:4490) where known."""

    day: date
    rows: Sequence[Row]
    boundaries: Mapping[str, bytes]

    def extents(self) -> dict[str, Box]:
        """West, south, east, north in degrees of each boundary."""
        codes = list(self.boundaries)
        bounds = shapely.bounds(shapely.from_wkb(np.array(list(self.boundaries.values()), object)))
        return {code: tuple(box) for code, box in zip(codes, bounds.tolist(), strict=True)}


def shipped() -> PlaceList:
    """The list shipped with the package: Liaoning's five levels as of 2023-06-30."""
    with (_DATA / "places.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            Row(
                code=row["code"],
                level=row["level"],
                kind=row["kind"],
                name=row["name"],
                pinyin=_syllables(row["pinyin"]),
                parent_code=row["parent_code"],
            )
            for row in csv.DictReader(file)
        ]
    rows.sort(key=lambda row: (len(row.code), row.code))
    return PlaceList(day=_SHIPPED_DAY, rows=rows, boundaries=_boundaries())


def _syllables(pinyin: str) -> str:
    """Without brackets, and letters of the Latin alphabet only: a name or two has a wide one."""
    plain = unicodedata.normalize("NFKC", pinyin)
    return " ".join(syllable for syllable in plain.split() if syllable.isalnum())


def _boundaries() -> dict[str, bytes]:
    """The files are in WGS 84; CGCS2000 differs by centimetres, the simplified lines by 200 m."""
    features = [
        feature
        for name in ("province", "prefectures", "counties")
        for feature in json.loads((_DATA / f"{name}.geojson").read_text("utf-8"))["features"]
    ]
    texts = np.array([json.dumps(feature["geometry"]) for feature in features], object)
    codes = [feature["properties"]["code"] for feature in features]
    wkb: list[bytes] = shapely.to_wkb(shapely.from_geojson(texts)).tolist()
    return dict(zip(codes, wkb, strict=True))


@dataclass(frozen=True)
class Population:
    """Usual residents on the census day, and where the figure was taken from."""

    residents: int
    on: date
    recalled: bool  # from memory of the communiqué, not read in it


@cache
def _populations() -> Mapping[str, Population]:
    with (_DATA / "population_2020.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: Population(
                residents=int(row["population"]),
                on=date(2020, 11, 1),
                recalled=row["status"].startswith("recalled"),
            )
            for row in csv.DictReader(file)
        }


def population(code: str) -> Population | None:
    """Usual residents (常住人口) at the census of 1 November 2020; None where not known.

    Source: Seventh National Census, communiqués of the National and Liaoning Bureaus of Statistics.
    """
    return _populations().get(code)
