"""Papers as PDF, and the public page that says whether a printed one agrees with the register."""

from collections.abc import Callable
from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render as render_page
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from chengxiang.kernel.accounts.doors import office_required
from chengxiang.kernel.accounts.officer import OfficerRequest
from chengxiang.registers.land.commands.unmask_members import unmask_members
from chengxiang.registers.land.documents import KINDS, Order, render, render_village
from chengxiang.registers.land.forms import day_asked
from chengxiang.registers.land.queries.papers import digest

VILLAGE_WIDTH = 12


@require_http_methods(["GET", "POST"])
@office_required("land.certify")
def paper(request: OfficerRequest, kind: str, code: str) -> HttpResponse:
    """One paper; numbers are masked unless a POST says what they are needed for."""
    order = _order(request, kind)
    numbers = None
    if request.method == "POST":
        purpose = request.POST.get("purpose", "")
        numbers = unmask_members(request.officer, code, purpose=purpose, on=order.on)
    made = render(request.officer, code, order, numbers=numbers)
    if made is None:
        raise Http404(_("No contractor has this code in your territory."))
    return _pdf(made, f"{kind}-{code}.pdf")


@require_GET
@office_required("land.certify")
def village_papers(request: OfficerRequest, code: str) -> HttpResponse:
    """The papers of a whole village in one file; of a large one a part (`?part=2`)."""
    order = _order(request, request.GET.get("kind", "certificate"))
    part = int(asked) if (asked := request.GET.get("part", "")).isdecimal() else None
    made = None
    if len(code) == VILLAGE_WIDTH:
        made = render_village(request.officer, code, order, part=part)
    if made is None:
        raise Http404(_("No certificate is registered at this place in your territory."))
    return _pdf(made, f"{order.kind}-{code}.pdf")


@require_GET
def paper_check(request: HttpRequest) -> HttpResponse:
    """Whether a printed paper says what the register says; shows only what the QR code holds."""
    asked = request.GET
    kind, code, given = asked.get("kind", ""), asked.get("code", ""), asked.get("digest", "")
    today = timezone.localdate()
    on = day_asked(asked) or today
    agreed = bool(given) and digest(kind, code, on) == given
    context = {
        "code": code,
        "on": on,
        "given": given,
        "agreed": agreed,
        "still": agreed and (on == today or digest(kind, code, today) == given),
    }
    return render_page(request, "land/paper_check.html", context)


def _order(request: HttpRequest, kind: str) -> Order:
    if kind not in KINDS:
        raise Http404(_("There is no paper of this kind."))
    today = timezone.localdate()
    on = day_asked(request.GET) or today
    return Order(kind=kind, on=on, printed=today, check_url=_check_url(request, on))


def _check_url(request: HttpRequest, on: date) -> Callable[[str, str, str], str]:
    def url(kind: str, code: str, fingerprint: str) -> str:
        query = urlencode({"kind": kind, "code": code, "on": on.isoformat(), "digest": fingerprint})
        return request.build_absolute_uri(f"{reverse('land:paper_check')}?{query}")

    return url


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
