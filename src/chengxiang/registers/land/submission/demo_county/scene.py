"""A package to be spoiled: every household and every stretch of fields is given out once."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely

from ..package import Package
from .editing import Editing
from .shapes import corners
from .territory import largest_part, project

# Parcels narrower than this are not drawn in: nothing would be left of them.
_LEAST_WIDTH_M = 9.0


@dataclass
class Household:
    """The rows of one household in each table."""

    code: str
    row: int  # in CBF
    members: list[int] = field(default_factory=list)
    parcels: list[int] = field(default_factory=list)  # in DK
    rights: list[int] = field(default_factory=list)  # in CBDKXX, beside `parcels`
    contract: int = -1
    entry: int = -1
    certificate: int = -1


class Scene:
    """A package being spoiled: every household and every stretch of fields is used once."""

    def __init__(self, package: Package, seed: int) -> None:
        self.editing = Editing(package)
        self.random = np.random.default_rng(seed)
        self._households = self._fresh_households()
        plane = package.tables["DK"]["plane_geometry"].to_numpy()
        self.planes = shapely.from_wkb(plane)
        self.tree = shapely.STRtree(self.planes)
        self.codes: list[str] = package.tables["DK"]["DKBM"].to_pylist()
        self._spoiled: set[int] = set()  # parcels that a fault touches
        self._spare = self._spare_places()
        self._uncontracted = self._fresh_uncontracted()
        self._serials: dict[str, int] = {}

    def household(self) -> Household:
        """A household no fault has touched."""
        try:
            return next(self._households)
        except StopIteration:
            raise ValueError("too few households for so many faults") from None

    def parcel(self, *, with_neighbour: bool = False) -> tuple[Household, int, int]:
        """A household, its parcel to be spoiled and (if asked) the parcel beside it."""
        while True:
            found = self.household()
            for row in found.parcels:
                shape = self.planes[row]
                if min(_extents(shape)) < _LEAST_WIDTH_M or len(corners(shape)) != 4:
                    continue
                near = [int(i) for i in self.tree.query(shape, predicate="dwithin", distance=4.0)]
                if self._spoiled & set(near):
                    continue
                beside = [i for i in near if i != row and _common(shape, self.planes[i]) > 20]
                if with_neighbour and not beside:
                    continue
                self._spoiled.update(near)
                return found, row, beside[0] if beside else -1

    def spare_place(self) -> Any:
        """A point in a village without any field, far from every border."""
        return next(self._spare)

    def uncontracted(self) -> int:
        """A parcel of no contract, in DK."""
        return next(self._uncontracted)

    def serial(self, party: str) -> int:
        """A serial of an issuing party that no circulation contract has."""
        self._serials[party] = self._serials.get(party, 9000) + 1
        return self._serials[party]

    def _fresh_households(self) -> Iterator[Household]:
        tables = self.editing.package.tables
        busy = set(tables["LZHT"]["CBFBM"].to_pylist()) | set(tables["LZHT"]["SRFBM"].to_pylist())
        for name in ("CBJYQZ_QZBF", "CBJYQZ_QZHF", "CBJYQZ_QZZX", "QSLYZLFJ"):
            busy |= {code[:18] for code in tables[name]["CBJYQZBM"].to_pylist()}
        # Heads of issuing parties bear numbers of their first contractor.
        busy |= {f"{code}0001" for code in tables["FBF"]["FBFBM"].to_pylist()}
        kinds = tables["CBF"]["CBFLX"].to_pylist()
        known = {
            code: Household(code, row)
            for row, code in enumerate(tables["CBF"]["CBFBM"].to_pylist())
            if kinds[row] == "1" and code not in busy
        }
        where = {code: row for row, code in enumerate(tables["DK"]["DKBM"].to_pylist())}
        for row, code in enumerate(tables["CBF_JTCY"]["CBFBM"].to_pylist()):
            if code in known:
                known[code].members.append(row)
        rights = tables["CBDKXX"].select(["CBFBM", "DKBM"]).to_pylist()
        for row, right in enumerate(rights):
            if right["CBFBM"] in known:
                known[right["CBFBM"]].rights.append(row)
                known[right["CBFBM"]].parcels.append(where[right["DKBM"]])
        for name, attribute in (("CBHT", "contract"), ("CBJYQZDJB", "entry")):
            for row, code in enumerate(tables[name]["CBFBM"].to_pylist()):
                if code in known:
                    setattr(known[code], attribute, row)
        for row, code in enumerate(tables["CBJYQZ"]["CBJYQZBM"].to_pylist()):
            if code[:18] in known:
                known[code[:18]].certificate = row
        able = [one for one in known.values() if len(one.members) > 2 and len(one.parcels) > 1]
        yield from (able[i] for i in self.random.permutation(len(able)))

    def _spare_places(self) -> Iterator[Any]:
        tables = self.editing.package.tables
        used = {code[:12] for code in tables["FBF"]["FBFBM"].to_pylist()}
        epsg = int(self.editing.package.crs.split(":")[1])
        for row, code in enumerate(tables["CJQY"]["CJQYDM"].to_pylist()):
            if code not in used:
                land = shapely.from_wkb(tables["CJQY"]["geometry"][row].as_py())
                land = largest_part(project(np.array([land]), 4490, epsg)[0])
                centre = shapely.maximum_inscribed_circle(land, 50.0).coords[0]
                # Many faults share a village: they stand in a row, two hundred metres apart.
                for step in range(-3, 4):
                    point = np.array([centre[0] + step * 200.0, centre[1]])
                    if shapely.contains_xy(shapely.buffer(land, -150.0), *point):
                        yield point

    def _fresh_uncontracted(self) -> Iterator[int]:
        classes = self.editing.package.tables["DK"]["DKLB"].to_pylist()
        rows = [row for row, one in enumerate(classes) if one != "10"]
        yield from (rows[i] for i in self.random.permutation(len(rows)))


def _extents(shape: Any) -> tuple[float, float]:
    box = shapely.get_coordinates(shapely.oriented_envelope(shape))
    return float(np.hypot(*(box[1] - box[0]))), float(np.hypot(*(box[2] - box[1])))


def _common(one: Any, other: Any) -> float:
    return float(
        shapely.length(shapely.intersection(shapely.boundary(one), shapely.boundary(other)))
    )
