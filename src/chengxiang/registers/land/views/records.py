"""Pages of one contractor and one parcel."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from chengxiang.kernel.accounts.doors import office_required
from chengxiang.kernel.accounts.officer import OfficerRequest
from chengxiang.kernel.errors import Refused
from chengxiang.registers.land.area import AREA
from chengxiang.registers.land.commands import unmask_number
from chengxiang.registers.land.forms import day_asked
from chengxiang.registers.land.queries import contractors, maps, parcels


@require_GET
@office_required("land.read")
def contractor_detail(request: OfficerRequest, code: str) -> HttpResponse:
    """A contractor: members, parcels, contracts, certificate, map, what happened."""
    on = day_asked(request.GET) or timezone.localdate()
    sheet = contractors.contractor_sheet(request.officer, code, on)
    if sheet is None:
        raise Http404(_("No contractor has this code in your territory."))
    held = [parcel.parcel.code for parcel in sheet.parcels]
    context = {
        "sheet": sheet,
        "happenings": [
            {
                "on": line.on,
                # History knows action codes; the area's contents page has their words.
                "words": AREA.actions.get(line.words, line.words),
                "by": line.by,
                "reason": line.reason,
            }
            for line in sheet.happenings
        ],
        "may_unmask": request.officer.may("land.identity", at=sheet.contractor.place_code),
        "may_certify": request.officer.may("land.certify", at=sheet.contractor.place_code),
        "map": maps.land_map(
            request.officer, on=on, place_code=sheet.contractor.place_code, parcels=held
        ),
    }
    return render(request, "land/contractor_detail.html", context)


@require_POST
@office_required("land.identity")
def member_unmask(request: OfficerRequest, code: str, member: int) -> HttpResponse:
    """One number in full, for the purpose the clerk gives; a fragment in place of the stars."""
    purpose = request.POST.get("purpose", "")
    context: dict[str, object] = {"code": code, "member_id": member}
    try:
        context["number"] = unmask_number(request.officer, code, member, purpose=purpose)
    except Refused as refusal:
        if refusal.code == "land.member_unknown":
            raise Http404(refusal.message) from refusal
        context["refusal"] = refusal.message
    return render(request, "land/_number.html", context)


@require_GET
@office_required("land.read")
def parcel_detail(request: OfficerRequest, code: str) -> HttpResponse:
    """A parcel: shape, sides, areas, neighbours, who held it when."""
    on = day_asked(request.GET) or timezone.localdate()
    sheet = parcels.parcel_sheet(request.officer, code, on)
    if sheet is None:
        raise Http404(_("No parcel has this code in your territory."))
    context = {
        "sheet": sheet,
        "may_certify": request.officer.may("land.certify", at=sheet.parcel.place_code),
        "map": maps.land_map(
            request.officer, on=on, place_code=sheet.parcel.place_code, parcels=[code]
        ),
    }
    return render(request, "land/parcel_detail.html", context)
