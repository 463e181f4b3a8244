"""A demonstration county: real places, made-up people, fields and papers, nothing wrong with it."""

import numpy as np

from ..layout import national_tables
from ..package import Package
from .columns import empty
from .defects import plant
from .holders import holdings, issuing_parties
from .layers import boundary_layers, parcel_layer, territory_layers
from .people import YEAR
from .rights import holder_tables, right_tables
from .territory import county

__all__ = ["make_county", "plant"]


def make_county(code: str, households: int, seed: int, *, boundary_layers: bool = True) -> Package:
    """A submission package of so many households for a real county, the same for the same seed.

    code: 6 digits of a county of Liaoning with villages, else ValueError. Village by village,
    inside the county's real polygon; people, parcels and papers are invented, and identity
    numbers are of a prefecture that never was (see `people`). boundary_layers: False leaves JZD
    and JZX empty.
    """
    random = np.random.default_rng([seed, int(code)] if code.isdigit() else seed)
    place = county(code, random)
    held = holdings(place, issuing_parties(place, households, random), random)
    tables = {name: empty(code, name) for name in national_tables()}
    tables["DK"], area_m2 = parcel_layer(place, held, random)
    if boundary_layers:
        tables |= _boundary_layers(place, held)
    tables |= territory_layers(place, held)
    tables |= holder_tables(place, held, random)
    tables |= right_tables(place, held, area_m2, random)
    return Package(
        county_code=code,
        county_name=place.name,
        year=str(YEAR),
        crs=f"EPSG:{place.epsg}",
        tables=tables,
        present=frozenset(national_tables()),
    )


_boundary_layers = boundary_layers
