"""Measuring land: areas, sides, neighbours, overlaps of parcels. Arrays in, arrays out; no Django.

Geographic geometries are in EPSG:4490 (CGCS2000, longitude first, degrees); plane ones in a
Gauss-Krüger zone, metres.
"""

from .measures import geodesic_areas, geodesic_perimeters, plane_areas
from .neighbours import Neighbours, Overlaps, compass, neighbours, overlaps
from .rings import Nodes, Sides, corner_angles, nodes_of, sides
from .zones import GEOGRAPHIC, transform, zone_crs, zone_of

__all__ = [
    "GEOGRAPHIC",
    "Neighbours",
    "Nodes",
    "Overlaps",
    "Sides",
    "compass",
    "corner_angles",
    "geodesic_areas",
    "geodesic_perimeters",
    "neighbours",
    "nodes_of",
    "overlaps",
    "plane_areas",
    "sides",
    "transform",
    "zone_crs",
    "zone_of",
]
