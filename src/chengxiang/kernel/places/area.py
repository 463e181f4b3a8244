"""The contents page of places."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from chengxiang.kernel.accounts.officer import Officer
from chengxiang.kernel.area import Area, Collection, Hit, MenuItem
from chengxiang.kernel.places import features, queries


def search(officer: Officer, text: str, limit: int) -> Sequence[Hit]:
    """Places by name, pinyin, initials or code, for everyone; with where they lie."""
    found = queries.search(text, limit)
    above = queries.lines(found)
    return [
        Hit(
            title=place.label,
            # The province is the same for all of them and tells nothing.
            detail=" · ".join([*(p.label for p in above[place.code][1:]), place.code]),
            url=place.get_absolute_url(),
            kind=_("Places"),
        )
        for place in found
    ]


AREA = Area(
    code="places",
    app="chengxiang.kernel.places",
    title=_("Places"),
    group="",
    permissions={"places.maintain": _("keep the list of places: take lists in, name successors")},
    actions={
        "places.list.loaded": _("list of places taken in"),
        "places.place.succeeded": _("place succeeded by another"),
    },
    menu=(MenuItem(title=_("Places"), url_name="places:place_list"),),
    urls="chengxiang.kernel.places.urls",
    api="chengxiang.kernel.places.api.router",
    search=search,
    collections=(
        Collection(
            name="places",
            title=_("Places"),
            description=_(
                "The five levels of places from the province to the village, with boundaries "
                "down to the county. WGS 84; the register's own CGCS2000 differs by centimetres. "
                "Boundaries are simplified and not for legal use."
            ),
            items=features.items,
            item=features.item,
            extent=(118.84, 38.71, 125.79, 43.49),
            filters=features.FILTERS,
        ),
    ),
)
