"""The site's own pages: home, signing in and out, search."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from chengxiang.kernel.accounts import doors
from chengxiang.kernel.accounts.officer import Officer, OfficerRequest
from chengxiang.kernel.area import Hit
from chengxiang.kernel.errors import Refused
from chengxiang.kernel.places import names as place_names
from chengxiang.site.areas import areas
from chengxiang.site.forms import SignInForm

ON_PAGE = 50  # hits of one area on the search page
SUGGESTED = 6
PROVINCE = "21"  # Liaoning


@require_GET
def home(request: OfficerRequest) -> HttpResponse:
    """For a visitor what this is and the places; for an officer their place in figures."""
    officer = request.officer
    if not officer.offices:
        return render(request, "site/welcome.html", {"places": place_names.children(PROVINCE)})
    here = place_names.place_name(officer.place_code)
    today = timezone.localdate()
    figures = [
        (area, found)
        for area in areas()
        if area.figures and (found := area.figures(officer, officer.place_code, today))
    ]
    context = {
        "here": officer.place_code,
        "label": here.label if here else officer.place_code,
        "today": today,
        "figures": figures,
        "below": place_names.children(officer.place_code),
        "ways": [
            (area, ways)
            for area in areas()
            if (ways := [item for item in area.menu
                         if item.permission is None or officer.may(item.permission)])
        ],
    }  # fmt: skip
    return render(request, "site/home.html", context)


@never_cache
@sensitive_post_parameters("password")
def sign_in(request: OfficerRequest) -> HttpResponse:
    """Name and password; on success back to where one came from."""
    target = _inside(request, request.POST.get("next") or request.GET.get("next") or "")
    if request.officer.account is not None:
        return redirect(target)
    form = SignInForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_valid():
        try:
            account = doors.admit(request, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
            status = 403
        else:
            login(request, account)  # which also gives the session a new key
            return redirect(target)
    return render(request, "site/sign_in.html", {"form": form, "next": target}, status=status)


@require_POST
def sign_out(request: OfficerRequest) -> HttpResponse:
    """Ends the session and says so."""
    logout(request)
    messages.success(request, _("You have signed out."))
    return redirect("site:home")


@require_GET
def search(request: OfficerRequest) -> HttpResponse:
    """Answers of every area, by kind; `suggest=1` gives only the list under the search box."""
    q = request.GET.get("q", "").replace("\x00", "").strip()[:60]
    if request.GET.get("suggest"):
        groups = _hits(request.officer, q, SUGGESTED) if q else {}
        return render(request, "site/_suggestions.html", {"groups": groups, "q": q})
    groups = _hits(request.officer, q, ON_PAGE) if q else {}
    total = sum(len(hits) for hits in groups.values())
    context = {"q": q, "groups": groups, "total": total, "limit": ON_PAGE}
    return render(request, "site/search.html", context)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token (CSRF): usually a page that stayed open over a new sign-in."""
    return render(request, "site/forged.html", status=403)


def _hits(officer: Officer, q: str, limit: int) -> Mapping[str, Sequence[Hit]]:
    groups: dict[str, list[Hit]] = {}
    for area in areas():
        for hit in area.search(officer, q, limit) if area.search else ():
            groups.setdefault(str(hit.kind), []).append(hit)
    return groups


def _inside(request: HttpRequest, target: str) -> Any:
    """The address if it is one of this site, else home: nobody is led away by a link."""
    safe = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if safe else resolve_url("site:home")
