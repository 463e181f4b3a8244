"""Which coordinate system submitted layers are in: from the .prj, the metadata, the coordinates."""

import re
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pyproj
from pyproj.exceptions import CRSError

GEOGRAPHIC = "EPSG:4490"
# False easting of every Gauss-Krüger zone, before its number is put in front.
_FALSE_EASTING = 500_000.0


@dataclass(frozen=True)
class Zone:
    """A Gauss-Krüger zone of CGCS2000: central meridian (degrees) and false easting (metres)."""

    meridian: float
    easting: float

    @property
    def crs(self) -> str:
        """As EPSG knows it (4491 to 4554), or as a PROJ string for 1.5° and local zones."""
        number = round(self.easting // 1_000_000)
        if self.easting % 1_000_000 == _FALSE_EASTING:
            third = self.meridian / 3
            if third.is_integer() and 25 <= third <= 45 and number in {0, third}:
                return f"EPSG:{(4534 if number == 0 else 4513) + int(third) - 25}"
            sixth = (self.meridian + 3) / 6
            if sixth.is_integer() and 13 <= sixth <= 23 and number in {0, sixth}:
                return f"EPSG:{(4502 if number == 0 else 4491) + int(sixth) - 13}"
        return (
            f"+proj=tmerc +lat_0=0 +lon_0={self.meridian:.10g} +k=1 +x_0={self.easting:.10g} "
            "+y_0=0 +a=6378137 +rf=298.257222101 +units=m +no_defs"
        )


def of_prj(path: Path) -> Zone | str | None:
    """The zone a .prj file states, `GEOGRAPHIC`, or None where it cannot be told."""
    try:
        crs = pyproj.CRS.from_user_input(path.read_text("utf-8", errors="replace"))
    except (CRSError, OSError):
        return None
    if crs.is_geographic:
        return GEOGRAPHIC
    parameters = crs.coordinate_operation.params if crs.coordinate_operation else []
    values = {parameter.name.lower(): parameter.value for parameter in parameters}
    meridian = values.get("longitude of natural origin")
    easting = values.get("false easting")
    if meridian is None or easting is None or values.get("scale factor at natural origin", 1) != 1:
        return None
    return Zone(round(float(meridian), 9), float(easting))


def of_metadata(path: Path) -> Zone | None:
    """The zone the vector metadata states (centralMer in degrees, eastFAL in km or m)."""
    try:
        # The standard library's parser fetches nothing and expands no outside entities.
        text = path.read_bytes()
        if b"<!ENTITY" in text:
            return None
        root = ElementTree.fromstring(text)
    except (ElementTree.ParseError, OSError):
        return None
    meridian, easting = (_number(root, name) for name in ("centralMer", "eastFAL"))
    if meridian is None or not 70 <= meridian <= 140:
        return None
    easting = _FALSE_EASTING if easting is None else easting
    return Zone(meridian, easting if easting > 100_000 else easting * 1000)


def _number(root: ElementTree.Element, name: str) -> float | None:
    element = root.find(f".//{name}")
    match = re.search(r"-?\d+(?:\.\d+)?", (element.text or "") if element is not None else "")
    return float(match[0]) if match else None


def of_coordinates(easting: float) -> Zone | str | None:
    """What the coordinates themselves say: degrees, or a zone whose number stands in front."""
    if not np.isfinite(easting):
        return None
    if abs(easting) <= 180:
        return GEOGRAPHIC
    number = int(easting // 1_000_000)
    if 25 <= number <= 45:
        return Zone(3.0 * number, number * 1_000_000 + _FALSE_EASTING)
    if 13 <= number <= 23:
        return Zone(6.0 * number - 3, number * 1_000_000 + _FALSE_EASTING)
    return None


def agree(zone: Zone, easting: float) -> Zone:
    """The zone with the false easting the coordinates show: with or without its number in front."""
    number = int(easting // 1_000_000)
    if number == round(zone.easting // 1_000_000):
        return zone
    return Zone(zone.meridian, number * 1_000_000 + _FALSE_EASTING)
