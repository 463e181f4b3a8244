"""Where the land register's pages are."""

from django.urls import URLPattern, path

app_name = "land"

urlpatterns: list[URLPattern] = [
    # records and statistics (owner H)
    # map (owner M)
    # papers (owner G)
    # imports (lead)
]
