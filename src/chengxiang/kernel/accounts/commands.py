"""Opens accounts and gives offices."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from chengxiang.kernel.accounts.models import Account, Appointment

# Offices given without a beginning hold from the first day the registers know.
_ALWAYS = date(1998, 1, 1)


@transaction.atomic
def open_account(
    username: str,
    password: str | None,
    *,
    name: str,
    name_en: str = "",
    offices: Sequence[tuple[str, str]] = (),
    since: date = _ALWAYS,
) -> Account:
    """A new account with its offices, pairs of role and place code.

    For those who run the installation, on its own machine: it asks for no permission.
    """
    account = Account.objects.open(username, password, name=name, name_en=name_en)
    for role, place_code in offices:
        Appointment.objects.create(
            account=account, role=role, place_code=place_code, valid=(since, None)
        )
    return account
