"""How the interfaces for machines say no: problem details (RFC 9457), the same words as a page."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.http import JsonResponse

from chengxiang.kernel.errors import Refused

CONTENT_TYPE = "application/problem+json"
# A refusal is a conflict with the state of the register, unless its code is one of these.
STATUS_OF: Mapping[str, int] = {
    "accounts.not_permitted": 403,
    "history.sign_in_first": 401,
}


def problem(
    status: int, code: str, detail: str, *, field: str | None = None, **more: Any
) -> JsonResponse:
    """A response with `type` (stable, for machines), `title`, `status`, `detail` and `field`."""
    content = {
        "type": code,
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "field": field,
        **more,
    }
    return JsonResponse(
        content,
        status=status,
        content_type=CONTENT_TYPE,
        json_dumps_params={"ensure_ascii": False},
    )


def refused(refusal: Refused) -> JsonResponse:
    """The refusal of a command as a problem: 409, 403 where the office does not allow it."""
    status = STATUS_OF.get(refusal.code, 409)
    return problem(status, refusal.code, refusal.message, field=refusal.field)
