"""The contents page of the land register: its names, permissions, menu, figures and search."""

from django.utils.translation import gettext_lazy as _

from chengxiang.kernel.area import Area, MenuItem

AREA = Area(
    code="land",
    app="chengxiang.registers.land",
    title=_("Contracted land"),
    group="registers",
    permissions={
        "land.read": _("see the land register"),
        "land.identity": _("see identity numbers unmasked, each time with a reason that is logged"),
        "land.export": _("take the register out as a submission package"),
        "land.import": _("bring a submission package in"),
        "land.certify": _("print certificates, register sheets and sketches"),
    },
    actions={
        "land.package.applied": _("submission package applied"),
    },
    menu=(),
)
