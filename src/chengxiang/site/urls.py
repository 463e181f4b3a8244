"""Where everything is: the site's own pages, then each area under its code."""

urlpatterns: list = []
