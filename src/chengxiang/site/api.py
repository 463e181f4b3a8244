"""The REST root: the routers of the areas under /api/, documented at /api/docs."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Swagger
from ninja.errors import HttpError, ValidationError
from ninja.security import APIKeyCookie

from chengxiang.kernel.accounts.officer import Officer
from chengxiang.kernel.errors import Refused
from chengxiang.site.areas import areas
from chengxiang.site.problems import problem, refused


class OfficeSession(APIKeyCookie):
    """Signed in by the session of the pages, or a visitor, who sees what is public.

    What changes something must carry the CSRF token (header X-CSRFToken), as a form does.
    """

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> Officer:
        # The middleware has worked it out already; what the officer may see, queries decide.
        officer: Officer = request.officer  # type: ignore[attr-defined]
        return officer


api = NinjaAPI(
    title="Chengxiang",
    version="1",
    description=(
        "Registers and services of a county: the same commands and queries as the pages, with "
        "the same permissions. Refusals are problem details (RFC 9457); `type` is stable."
    ),
    urls_namespace="api",
    docs_url="/docs",
    # Its files are served by this site; the validator badge would call another one.
    docs=Swagger(settings={"validatorUrl": None, "docExpansion": "list"}),
    auth=OfficeSession(),
)

for area in areas():
    if area.api:
        api.add_router(f"/{area.code}", import_string(area.api))


@api.exception_handler(Refused)
def _refused(request: HttpRequest, refusal: Refused | type[Refused]) -> HttpResponse:
    assert isinstance(refusal, Refused)
    return refused(refusal)


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    words = error.args[0] if isinstance(error, Exception) and error.args else ""
    detail = words if isinstance(words, str) and words else _("There is no such record for you.")
    return problem(404, "not_found", detail)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: Any) -> HttpResponse:
    """Every wrong input with its place and the words of the check; `field` is the first."""
    errors = [
        {"field": ".".join(str(part) for part in found["loc"][1:]), "detail": found["msg"]}
        for found in error.errors
    ]
    return problem(
        422,
        "invalid_input",
        _("Some of the input cannot be read. Mend what is listed and send it again."),
        field=errors[0]["field"].rpartition(".")[2] if errors else None,
        errors=errors,
    )


@api.exception_handler(HttpError)
def _http_error(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(error.status_code, "http_error", error.message)
