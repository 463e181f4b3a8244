"""Who comes in: signing in, being locked out for a while, and the office a page needs."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.contrib.auth import authenticate
from django.contrib.auth.views import redirect_to_login
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chengxiang.kernel.accounts.models import Account
from chengxiang.kernel.accounts.officer import OfficerRequest
from chengxiang.kernel.errors import Refused

TRIES = 5
LOCKED_MINUTES = 15

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)


def admit(request: HttpRequest, username: str, password: str) -> Account:
    """The account that name and password open; the caller then logs it in.

    Refuses `accounts.sign_in_failed` in the same words for a wrong name and a wrong password, and
    `accounts.locked` for 15 minutes after five failed tries of one account from one address.
    """
    key = _tries_key(request, username)
    if cache.get(key, 0) >= TRIES:
        raise _locked()
    account = authenticate(request, username=username, password=password)
    if isinstance(account, Account):
        cache.delete(key)
        return account
    tries = cache.get(key, 0) + 1
    cache.set(key, tries, LOCKED_MINUTES * 60)
    if tries >= TRIES:
        raise _locked()
    left = TRIES - tries
    raise Refused(
        "accounts.sign_in_failed",
        _("User name and password do not fit together.")
        + " "
        + ngettext(
            "Check both and try again; %(left)d more try is left.",
            "Check both and try again; %(left)d more tries are left.",
            left,
        )
        % {"left": left},
        field="password",
    )


def office_required(
    permission: str | None = None,
) -> Callable[
    [Callable[Concatenate[OfficerRequest, P], R]],
    Callable[Concatenate[OfficerRequest, P], HttpResponseBase],
]:
    """Decorator of a view: only for whoever holds an office with that permission somewhere.

    A visitor is sent to the sign-in page and back afterwards; others are refused with
    `accounts.not_permitted`. Without a permission any office will do.
    """

    def decorate(
        view: Callable[Concatenate[OfficerRequest, P], R],
    ) -> Callable[Concatenate[OfficerRequest, P], HttpResponseBase]:
        @wraps(view)
        def guarded(request: OfficerRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            officer = request.officer
            if officer.account is None:
                return _to_sign_in(request)
            if not officer.offices:
                raise Refused(
                    "accounts.no_office",
                    _("Your account holds no office today. Ask your county's registrar for one."),
                )
            if permission is not None and not officer.may(permission):
                raise Refused(
                    "accounts.not_permitted",
                    _("Your office does not open this page. Ask your county's registrar."),
                )
            return view(request, *args, **kwargs)

        return guarded  # type: ignore[return-value]

    return decorate


def _to_sign_in(request: HttpRequest) -> HttpResponseBase:
    there: Any = redirect_to_login(request.get_full_path())
    if request.headers.get("HX-Request") != "true":
        return there
    # A fragment must not be replaced by the sign-in page: the whole page goes there.
    address = redirect_to_login(request.headers.get("HX-Current-URL", "/")).url
    return HttpResponse(status=204, headers={"HX-Redirect": address})


def _locked() -> Refused:
    return Refused(
        "accounts.locked",
        _(
            "Too many failed tries. This account stays closed from here for %(minutes)d minutes. "
            "If you forgot the password, ask your county's registrar."
        )
        % {"minutes": LOCKED_MINUTES},
    )


def _tries_key(request: HttpRequest, username: str) -> str:
    who = f"{username}\n{request.META.get('REMOTE_ADDR', '')}"
    return "sign-in-tries-" + hashlib.sha256(who.encode()).hexdigest()
