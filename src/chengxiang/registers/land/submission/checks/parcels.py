"""The parcels' shapes, read once for all checks that measure them."""

from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray

from chengxiang.kernel.geometry import Nodes, nodes_of

from .case import Case


class Parcels:
    """Plane shapes of all parcels; what cannot be read or measured stands apart."""

    def __init__(self, case: Case) -> None:
        column = _plane_column(case)
        self.case = case
        stated = column.is_valid().to_numpy(zero_copy_only=False)
        shapes = shapely.from_wkb(column.to_numpy(zero_copy_only=False), on_invalid="ignore")
        # A ring that is not closed is no geometry to GEOS: stated, but not read.
        self.unread: NDArray[np.bool_] = stated & shapely.is_missing(shapes)
        self.absent: NDArray[np.bool_] = ~stated | shapely.is_empty(shapes)
        polygonal = np.isin(shapely.get_type_id(shapes), (3, 6))
        valid = shapely.is_valid(shapes)
        self.invalid: NDArray[np.bool_] = self.unread | (
            ~self.absent & ~self.unread & ~(valid & polygonal)
        )
        self.shapes: NDArray[Any] = shapes
        self.sound: NDArray[np.bool_] = valid & polygonal & ~self.absent & ~self.invalid

    @cached_property
    def areas(self) -> NDArray[np.float64]:
        """Plane areas of sound parcels, m²; NaN for the others."""
        return np.where(self.sound, shapely.area(self.shapes), np.nan)

    @cached_property
    def slivers(self) -> NDArray[np.bool_]:
        """Sound parcels too small or too narrow to be fields."""
        allowed = self.case.thresholds
        length = shapely.length(self.shapes)
        width = np.divide(2 * self.areas, length, out=np.zeros_like(length), where=length > 0)
        small = (self.areas < allowed.sliver_area_m2) | (width < allowed.sliver_width_m)
        return self.sound & small

    @cached_property
    def measured(self) -> NDArray[np.intp]:
        """Row numbers of the parcels whose corners are worth looking at."""
        return np.flatnonzero(self.sound & ~self.slivers)

    @cached_property
    def nodes(self) -> Nodes:
        """The corners of the `measured` parcels; `polygon` counts in `measured`."""
        return nodes_of(self.shapes[self.measured])


def _plane_column(case: Case) -> pa.Array:
    """The reader's plane shapes; a package put together by hand may have only geographic ones."""
    if "plane_geometry" in case.package.tables["DK"].column_names:
        return case.column("DK", "plane_geometry")
    raise ValueError("the table DK has no column plane_geometry; the reader adds it")
