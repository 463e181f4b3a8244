"""The contents page of subjects."""

from django.utils.translation import gettext_lazy as _

from chengxiang.kernel.area import Area

AREA = Area(
    code="subjects",
    app="chengxiang.kernel.subjects",
    title=_("Subjects"),
    group="",
    permissions={"subjects.read": _("see persons, households, organisations and parcels")},
)
