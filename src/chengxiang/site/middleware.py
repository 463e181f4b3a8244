"""A refusal raised anywhere in a view becomes a page with its words."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from chengxiang.kernel.errors import Refused


class RefusedMiddleware:
    """403 where the office does not allow it, 409 where the register does not."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page of a refusal, only its notice where htmx asked; None for anything else."""
        if not isinstance(exception, Refused):
            return None
        status = 403 if exception.code.startswith("accounts.") else 409
        fragment = request.headers.get("HX-Request") == "true"
        template = "site/parts/notice.html" if fragment else "site/refused.html"
        context = {"kind": "warn", "words": exception.message, "code": exception.code}
        return render(request, template, context, status=status)
