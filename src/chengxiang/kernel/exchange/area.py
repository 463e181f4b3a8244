"""The contents page of exchange."""

from django.utils.translation import gettext_lazy as _

from chengxiang.kernel.area import Area

AREA = Area(
    code="exchange",
    app="chengxiang.kernel.exchange",
    title=_("Exchange"),
    group="",
    permissions={"exchange.import": _("bring files in")},
)
