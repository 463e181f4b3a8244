"""The contents page of the land register: its names, permissions, menu, figures and search."""

from django.utils.translation import gettext_lazy as _

from chengxiang.kernel.area import Area, Collection, MenuItem
from chengxiang.registers.land.queries import features
from chengxiang.registers.land.queries.figures import figures
from chengxiang.registers.land.queries.search import search

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
        "land.number.read": _("a document number was read in full"),
    },
    menu=(
        MenuItem(title=_("Overview"), url_name="land:overview", permission="land.read"),
        MenuItem(title=_("Contractors"), url_name="land:contractor_list", permission="land.read"),
        MenuItem(title=_("Parcels"), url_name="land:parcel_list", permission="land.read"),
        MenuItem(title=_("Map"), url_name="land:map", permission="land.read"),
        MenuItem(
            title=_("Submission packages"), url_name="land:import_list", permission="land.import"
        ),
    ),
    urls="chengxiang.registers.land.urls",
    api="chengxiang.registers.land.api.router",
    figures=figures,
    search=search,
    collections=(
        Collection(
            name="parcels",
            title=_("Parcels"),
            description=_("Parcels of contracted land in force, within your office's territory."),
            items=features.items,
            item=features.item,
            extent=(118.84, 38.72, 125.79, 43.49),
            filters=features.FILTERS,
            permission="land.read",
        ),
    ),
    jobs="chengxiang.registers.land.exchange.bring",
)
