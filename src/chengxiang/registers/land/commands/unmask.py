"""Shows a personal number in full, once, for a purpose that is written down."""

from django.db import transaction
from django.utils.translation import gettext as _

from chengxiang.kernel.accounts.officer import Officer
from chengxiang.kernel.errors import Refused
from chengxiang.kernel.history import commands as history
from chengxiang.registers.land.queries.contractors import document_number


@transaction.atomic
def unmask_number(by: Officer, contractor_code: str, member_id: int, *, purpose: str) -> str:
    """The member's document number in full; who read it and why is logged first.

    Needs `land.identity` at the contractor's place. Refuses a member this officer cannot see, and
    an empty purpose. Source: 个人信息保护法 第六条 (purpose), 第五十一条 (access by office).
    """
    found = document_number(by, contractor_code, member_id)
    if found is None:
        raise Refused("land.member_unknown", _("No such member is known in your territory."))
    member, number = found
    by.require("land.identity", at=member.place_code)
    history.log_reading(
        by, member.contractor, field=f"document_number:{member.name}", purpose=purpose
    )
    history.record("land.number.read", member.contractor, by=by, reason=purpose.strip()[:200])
    return number
