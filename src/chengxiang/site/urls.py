"""Where everything is: the site's own pages, then each area under its code."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from chengxiang.site import views
from chengxiang.site.api import api
from chengxiang.site.areas import areas

_site = [
    path("", views.home, name="home"),
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("language/", set_language, name="language"),
    path("search/", views.search, name="search"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((_site, "site"))),
    path("api/", api.urls),
    path("ogc/", include("chengxiang.site.ogc")),
    *(path(f"{area.code}/", include(area.urls)) for area in areas() if area.urls),
]
