"""The pages of places: the whole tree, one place, the places right below one."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from chengxiang.kernel.accounts.officer import OfficerRequest
from chengxiang.kernel.area import areas
from chengxiang.kernel.maps import map_options
from chengxiang.kernel.places import queries

FOUND = 100  # answers to a filter; more are not read, one narrows instead


@require_GET
def place_list(request: OfficerRequest) -> HttpResponse:
    """The province down to its counties, townships on demand; `q` lists what is found instead."""
    on = timezone.localdate()
    q = request.GET.get("q", "").replace("\x00", "").strip()[:60]
    context: dict[str, Any] = {"q": q, "on": on}
    if q:
        found = queries.search(q, FOUND, on=on)
        above = queries.lines(found)
        context |= {"found": [(p, above[p.code]) for p in found], "limit": FOUND}
    else:
        context["tree"] = queries.tree(on)
    if request.headers.get("HX-Request"):
        return render(request, "places/_tree.html", context)
    return render(request, "places/place_list.html", context)


@require_GET
def place_detail(request: OfficerRequest, code: str) -> HttpResponse:
    """Where a place lies, what lies in it, and what the areas have to tell of it."""
    on = timezone.localdate()
    sheet = queries.sheet(code, on)
    if sheet is None:
        raise Http404(_("There is no place with the code %(code)s.") % {"code": code})
    figures = [
        (area, found)
        for area in areas()
        if area.figures and (found := area.figures(request.officer, code, on))
    ]
    shown = {
        "sheet": sheet,
        "place": sheet.place,
        "figures": figures,
        "on": on,
        "map": _map(sheet),
    }
    return render(request, "places/place_detail.html", shown)


@require_GET
def children(request: OfficerRequest, code: str) -> HttpResponse:
    """A list of the places right below, for the tree and the switcher of places."""
    on = timezone.localdate()
    found = queries.place(code)
    if found is None:
        raise Http404
    shown = {"place": found, "children": queries.children(found, on)}
    return render(request, "places/_children.html", shown)


def _map(sheet: queries.Sheet) -> Mapping[str, Any] | None:
    """A small map around the place; none where neither it nor a place above has a boundary."""
    if sheet.extent is None or sheet.extent_of is None:
        return None
    return map_options(
        extent=sheet.extent, outlined=[sheet.extent_of.code], tools=False, name="place"
    )
