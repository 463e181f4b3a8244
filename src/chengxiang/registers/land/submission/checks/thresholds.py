"""How far measurements may differ before a check speaks: every figure with its source."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Thresholds:
    """Tolerances of the checks; the defaults are those of the provincial acceptance practice.

    Sources: sliver, duplicate and near-miss nodes, narrow angle and overlap depth from the
    quality rules of the working county systems (../domain/land.md, A7); spike, area and the
    sums from the same page, Geometry; distance to boundaries from their own accuracy (village
    boundaries are surveyed, the shipped county boundaries are simplified to 0.002 degrees).
    """

    row_area_m2: float = 0.01  # a sum may be off by this for each of its rows
    row_mu: float = 0.011  # a rounding of mu may be off by this
    area_share: float = 0.01  # stated against plane area: more than this share of it …
    area_m2: float = 1.0  # … and more than this
    sliver_area_m2: float = 1.0
    sliver_width_m: float = 0.2  # twice the area by the perimeter
    spike_degrees: float = 1.0
    narrow_degrees: float = 5.0
    duplicate_node_m: float = 0.05
    same_node_m: float = 0.0001  # nodes nearer than this are one node
    near_miss_m: float = 0.05
    overlap_depth_m: float = 0.001
    overlap_area_m2: float = 1.0
    outside_village_m: float = 1.0
    outside_county_m: float = 2000.0
