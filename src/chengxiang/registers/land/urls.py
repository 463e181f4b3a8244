"""Where the land register's pages are."""

from django.urls import URLPattern, path

from chengxiang.registers.land.views import maps

app_name = "land"

urlpatterns: list[URLPattern] = [
    # records and statistics (owner H)
    # map (owner M)
    path("map/", maps.land_map, name="map"),
    path("map/shapes/", maps.shapes, name="map_shapes"),
    path("map/panel/", maps.panel, name="map_panel"),
    path("map/find/", maps.find, name="map_find"),
    path("map.pdf", maps.map_print, name="map_print"),
    path("tiles/<int:z>/<int:x>/<int:y>.mvt", maps.tile, name="tile"),
    # papers (owner G)
    # imports (lead)
]
