"""The roles of the five levels of office: which permissions each holds at its place."""

from django.utils.translation import gettext_lazy as _

from chengxiang.kernel.accounts.officer import Role

_READ = frozenset({"subjects.read", "land.read"})
_CLERK = _READ | {"land.identity", "land.export", "land.certify"}
_REGISTRAR = _CLERK | {"exchange.import", "land.import", "history.read"}

ROLES = (
    Role(code="province_supervisor", title=_("provincial supervisor"), permissions=_READ),
    Role(
        code="city_supervisor",
        title=_("city supervisor"),
        permissions=_READ | {"land.export", "history.read"},
    ),
    Role(code="county_registrar", title=_("county registrar"), permissions=_REGISTRAR),
    Role(code="township_clerk", title=_("township clerk"), permissions=_CLERK),
    Role(code="village_clerk", title=_("village clerk"), permissions=_READ),
    Role(
        code="operator",
        title=_("operator of this installation"),
        permissions=_REGISTRAR | {"places.maintain"},
    ),
)
