"""Papers as PDF, and the public page that says whether a printed one agrees with the register."""

from collections.abc import Callable
from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render as render_page
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from chengxiang.kernel.accounts.doors import office_required
from chengxiang.kernel.accounts.officer import OfficerRequest
from chengxiang.registers.land.documents import KINDS, render, render_village
from chengxiang.registers.land.forms import day_asked
from chengxiang.registers.land.queries.papers import digest


@require_GET
@office_required("land.certify")
def paper(request: OfficerRequest, kind: str, code: str) -> HttpResponse:
    """One contractor's certificate, register sheet or sketch."""
    on = day_asked(request.GET) or timezone.localdate()
    made = None
    if kind in KINDS:
        made = render(request.officer, kind, code, on=on, check_url=_check_url(request, on))
    if not isinstance(made, bytes):
        raise Http404(_("No contractor has this code in your territory."))
    return _pdf(made, f"{kind}-{code}.pdf")


@require_GET
@office_required("land.certify")
def village_papers(request: OfficerRequest, code: str) -> HttpResponse:
    """The papers of a whole village in one file."""
    on = day_asked(request.GET) or timezone.localdate()
    kind = request.GET.get("kind", "certificate")
    made = None
    if kind in KINDS and len(code) == 12:
        made = render_village(request.officer, kind, code, on=on, check_url=_check_url(request, on))
    if made is None:
        raise Http404(_("No certificate is registered at this place in your territory."))
    return _pdf(made, f"{kind}-{code}.pdf")


@require_GET
def paper_check(request: HttpRequest) -> HttpResponse:
    """Whether a printed paper says what the register says; shows only what the paper shows."""
    code, given = request.GET.get("code", ""), request.GET.get("digest", "")
    on = day_asked(request.GET) or timezone.localdate()
    known = digest(code, on) if code and given else ""
    now = digest(code, timezone.localdate()) if known else ""
    context = {
        "code": code,
        "on": on,
        "given": given,
        "agreed": bool(known) and known == given,
        "still": bool(now) and now == given,
    }
    return render_page(request, "land/paper_check.html", context)


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
