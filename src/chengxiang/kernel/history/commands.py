"""Leaves the trace: what was done, what was read."""

from typing import Any, Protocol

from django.db import transaction
from django.utils.translation import gettext as _

from chengxiang.kernel.accounts.officer import Officer
from chengxiang.kernel.errors import Refused
from chengxiang.kernel.history.models import Entry, Reading


class Record(Protocol):
    """Anything with a code at a place."""

    @property
    def code(self) -> Any: ...

    @property
    def place_code(self) -> Any: ...


def record(action: str, thing: Record, *, by: Officer, reason: str = "", **data: Any) -> Entry:
    """Writes that `by` did `action` to `thing`, inside the transaction of the command itself."""
    return Entry.objects.create(
        action=action,
        actor=by.account,
        record=thing.code,
        place_code=thing.place_code,
        reason=reason,
        data=data,
    )


@transaction.atomic
def log_reading(by: Officer, thing: Record, *, field: str, purpose: str) -> Reading:
    """Writes that `by` saw a personal field of `thing` unmasked.

    Refuses a visitor and an empty purpose: without the log line the data stay masked.
    Source: 个人信息保护法 第五十五条、第五十六条 (records of processing sensitive data).
    """
    if by.account is None:
        raise Refused("history.sign_in_first", _("Sign in to see personal data."))
    if not purpose.strip():
        raise Refused("history.no_purpose", _("Say what you need the number for."), field="purpose")
    return Reading.objects.create(
        reader=by.account,
        record=thing.code,
        field=field,
        place_code=thing.place_code,
        purpose=purpose.strip(),
    )
