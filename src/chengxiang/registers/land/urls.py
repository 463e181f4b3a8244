"""Where the land register's pages are."""

from django.urls import URLPattern, path

from chengxiang.registers.land.views import imports, lists, maps, papers, records, statistics

app_name = "land"

urlpatterns: list[URLPattern] = [
    # records and statistics
    path("", lists.overview, name="overview"),
    path("contractors/", lists.contractor_list, name="contractor_list"),
    path("parcels/", lists.parcel_list, name="parcel_list"),
    path("contractors/<str:code>/", records.contractor_detail, name="contractor_detail"),
    path(
        "contractors/<str:code>/members/<int:member>/number/",
        records.member_unmask,
        name="member_unmask",
    ),
    path("parcels/<str:code>/", records.parcel_detail, name="parcel_detail"),
    path("summaries/<str:place_code>/", statistics.summary, name="summary"),
    path("summaries/<str:place_code>.xlsx", statistics.summary_workbook, name="summary_workbook"),
    # map
    path("map/", maps.land_map, name="map"),
    path("map/shapes/", maps.shapes, name="map_shapes"),
    path("map/panel/", maps.panel, name="map_panel"),
    path("map/find/", maps.find, name="map_find"),
    path("map.pdf", maps.map_print, name="map_print"),
    path("tiles/<int:z>/<int:x>/<int:y>.mvt", maps.tile, name="tile"),
    # papers
    path("papers/check/", papers.paper_check, name="paper_check"),
    path("papers/village/<str:code>.pdf", papers.village_papers, name="village_papers"),
    path("papers/<str:kind>/<str:code>.pdf", papers.paper, name="paper"),
    # imports
    path("imports/", imports.import_list, name="import_list"),
    path("imports/new/", imports.import_new, name="import_new"),
    path("imports/<int:number>/", imports.import_detail, name="import_detail"),
    path("imports/<int:number>/progress/", imports.import_progress, name="import_progress"),
    path("imports/<int:number>/apply/", imports.import_apply, name="import_apply"),
    path("imports/<int:number>/stop/", imports.import_stop, name="import_stop"),
    path("imports/<int:number>/problems.xlsx", imports.import_report, name="import_report"),
    path("imports/<int:number>/preview.geojson", imports.import_preview, name="import_preview"),
]
