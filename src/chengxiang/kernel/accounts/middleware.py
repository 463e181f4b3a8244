"""Puts the officer into every request and their name into the history of what they change."""

from collections.abc import Callable

import pghistory
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from chengxiang.kernel.accounts.officer import Officer


class OfficerMiddleware:
    """After authentication: `request.officer`, and the actor in pghistory's context."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        officer = Officer.of(request.user, timezone.localdate())
        request.officer = officer  # type: ignore[attr-defined]
        if request.method in {"GET", "HEAD"} or officer.account is None:
            return self.get_response(request)
        with pghistory.context(actor=officer.account.username):
            return self.get_response(request)
