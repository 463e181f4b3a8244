"""Where the pages of places are."""

from django.urls import path

from chengxiang.kernel.places import tile_views, views

app_name = "places"

urlpatterns = [
    path("", views.place_list, name="place_list"),
    path("tiles/<int:z>/<int:x>/<int:y>.mvt", tile_views.tile, name="tile"),
    path("<str:code>/_children.html", views.children, name="place_children"),
    path("<str:code>/", views.place_detail, name="place_detail"),
]
