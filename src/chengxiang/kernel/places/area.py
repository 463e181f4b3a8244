"""The contents page of places."""

from django.utils.translation import gettext_lazy as _

from chengxiang.kernel.area import Area

AREA = Area(
    code="places",
    app="chengxiang.kernel.places",
    title=_("Places"),
    group="",
)
