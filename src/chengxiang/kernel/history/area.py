"""The contents page of history."""

from django.utils.translation import gettext_lazy as _

from chengxiang.kernel.area import Area

AREA = Area(
    code="history",
    app="chengxiang.kernel.history",
    title=_("History"),
    group="",
    permissions={"history.read": _("see who did and who read what")},
)
