"""Shows all members' numbers in full for one paper, for a purpose that is written down."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from chengxiang.kernel.accounts.officer import Officer
from chengxiang.kernel.errors import Refused
from chengxiang.kernel.history import commands as history
from chengxiang.registers.land.queries.papers import member_numbers


@transaction.atomic
def unmask_members(
    by: Officer, contractor_code: str, *, purpose: str, on: date
) -> Mapping[int, str]:
    """The members' document numbers in full; who read them and why is logged first, one by one.

    Needs `land.identity` at the contractor's place. Refuses a contractor this officer cannot see,
    and an empty purpose. Source: 个人信息保护法 第六条 (purpose), 第五十一条 (access by office).
    """
    found = member_numbers(by, contractor_code, on)
    if found is None:
        raise Refused(
            "land.contractor_unknown", _("No such contractor is known in your territory.")
        )
    holder, numbers = found
    by.require("land.identity", at=holder.place_code)
    for name, _number in numbers.values():
        history.log_reading(by, holder, field=f"document_number:{name}", purpose=purpose)
    history.record("land.number.read", holder, by=by, reason=purpose.strip()[:200])
    return {member: number for member, (_name, number) in numbers.items()}
