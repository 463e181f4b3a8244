"""The map: tiles, the component's options, sheets printed to scale.

A page shows a map by `{% include "site/parts/map.html" with map=map %}` where `map` comes from
`map_options(...)`; pages of the land register take `registers.land.queries.maps.land_map(...)`.
"""

from .options import Legend, LegendItem, map_options

__all__ = ["Legend", "LegendItem", "map_options"]
