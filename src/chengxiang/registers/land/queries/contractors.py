"""One contractor: members, parcels, contracts, certificate, and what happened to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from chengxiang.codes import identity
from chengxiang.codes.land import mu
from chengxiang.codes.relations import HEADS, relation
from chengxiang.kernel.accounts.officer import Officer
from chengxiang.kernel.history.models import Entry, Reading
from chengxiang.registers.land.models import (
    Certificate,
    CertificateAction,
    Circulation,
    Contract,
    Contractor,
    Member,
    Parcel,
    ParcelRight,
    RegisterEntry,
)

from .boundaries import Beside, beside


def contractors(officer: Officer) -> QuerySet[Contractor]:
    """The contractors the officer may see, ended ones too, in order of code."""
    return Contractor.objects.visible_to(officer).select_related(
        "subject", "issuing_party__subject"
    )


@dataclass(frozen=True)
class HeldParcel:
    """A parcel in a contractor's hands: contracted beside surveyed area, stated beside shown."""

    parcel: Parcel
    right: ParcelRight
    sides: Sequence[Beside]

    @property
    def surveyed_mu(self) -> Decimal:
        return mu(self.parcel.area_m2)

    @property
    def contracted_mu(self) -> Decimal:
        return mu(self.right.area_m2)

    @property
    def differing(self) -> Sequence[Beside]:
        return [side for side in self.sides if side.differs]


@dataclass(frozen=True)
class MemberLine:
    """A member as the page shows them; the number is masked."""

    member: Member
    relation: str
    number: str
    birth: str  # year and month from the number, empty if it has none

    @property
    def is_head(self) -> bool:
        return self.member.relation in HEADS


@dataclass(frozen=True)
class Happening:
    """One line of the timeline."""

    on: date
    words: str
    by: str = ""
    reason: str = ""


@dataclass(frozen=True)
class ContractorSheet:
    """Everything a contractor's page shows, read in a fixed number of queries."""

    contractor: Contractor
    on: date
    parcels: Sequence[HeldParcel]
    members: Sequence[MemberLine]
    contracts: Sequence[Contract]
    entry: RegisterEntry | None
    certificate: Certificate | None
    actions: Sequence[CertificateAction]
    circulations: Sequence[Circulation]
    readings: Sequence[Reading]
    happenings: Sequence[Happening]

    @property
    def surveyed_m2(self) -> Decimal:
        return sum((held.parcel.area_m2 for held in self.parcels), Decimal(0))

    @property
    def contracted_m2(self) -> Decimal:
        return sum((held.right.area_m2 for held in self.parcels), Decimal(0))

    @property
    def surveyed_mu(self) -> Decimal:
        """Sum of the parcels' rounded mu: what the certificate prints adds up to it."""
        return sum((held.surveyed_mu for held in self.parcels), Decimal(0))

    @property
    def contracted_mu(self) -> Decimal:
        return sum((held.contracted_mu for held in self.parcels), Decimal(0))

    @property
    def last_day(self) -> date | None:
        """The last day of the latest contract in force; None where there is none."""
        ends = [contract.term.upper for contract in self.contracts if contract.term.upper]
        return max(ends) - timedelta(days=1) if ends else None

    @property
    def days_left(self) -> int | None:
        return (self.last_day - self.on).days if self.last_day else None

    @property
    def certificate_state(self) -> tuple[str, str]:
        """State of the certificate in a code and in words."""
        if any(action.kind == CertificateAction.Kind.CANCELLATION for action in self.actions):
            return "cancelled", _("certificate cancelled")
        if self.certificate is None:
            return "none", _("no certificate")
        if not self.certificate.is_collected:
            return "waiting", _("certificate not collected")
        return "valid", _("certificate valid")


def contractor_sheet(officer: Officer, code: str, on: date) -> ContractorSheet | None:
    """The contractor of that code as of the day; None where the officer may see none."""
    contractor = contractors(officer).filter(code=code).first()
    if contractor is None:
        return None
    rights = list(
        ParcelRight.objects.visible_to(officer)
        .in_force(on)
        .filter(contractor=contractor)
        .select_related("parcel__subject")
        .order_by("parcel__code")
    )
    sides = beside(officer, [right.parcel for right in rights], on)
    entry = (
        RegisterEntry.objects.visible_to(officer)
        .in_force(on)
        .filter(contractor=contractor)
        .select_related("certificate")
        .order_by("-registered_on")
        .first()
    )
    certificate = getattr(entry, "certificate", None) if entry else None
    actions = list(
        CertificateAction.objects.visible_to(officer).filter(certificate_code=entry.code)
        if entry
        else []
    )
    contracts = list(
        Contract.objects.visible_to(officer).in_force(on).filter(contractor=contractor)
    )
    members = Member.objects.visible_to(officer).in_force(on).filter(contractor=contractor)
    entries = list(
        Entry.objects.visible_to(officer).filter(record=code).select_related("actor")[:50]
    )
    return ContractorSheet(
        contractor=contractor,
        on=on,
        parcels=[HeldParcel(right.parcel, right, sides[right.parcel.code]) for right in rights],
        members=[_line(member) for member in members],
        contracts=contracts,
        entry=entry,
        certificate=certificate,
        actions=actions,
        circulations=list(
            Circulation.objects.visible_to(officer).in_force(on).filter(contractor=contractor)
        ),
        readings=list(
            Reading.objects.visible_to(officer).filter(record=code).select_related("reader")[:50]
        ),
        happenings=_happenings(contracts, entry, certificate, actions, entries),
    )


def _line(member: Member) -> MemberLine:
    number = member.document_number
    sound = member.document_kind == "1" and not identity.check(number)
    born = identity.birth_date(number) if sound else None
    words = relation(member.relation)
    return MemberLine(
        member=member,
        relation=words[0 if (get_language() or "zh").startswith("zh") else 1],
        number=identity.mask(number) if number else "",
        birth=f"{born:%Y-%m}" if born else "",
    )


def _happenings(
    contracts: Sequence[Contract],
    entry: RegisterEntry | None,
    certificate: Certificate | None,
    actions: Sequence[CertificateAction],
    entries: Sequence[Entry],
) -> Sequence[Happening]:
    lines = [
        Happening(contract.signed_on, _("contract %(code)s signed") % {"code": contract.code})
        for contract in contracts
        if contract.signed_on
    ]
    if entry and entry.registered_on:
        lines.append(
            Happening(
                entry.registered_on,
                _("entered in the register under %(serial)s") % {"serial": entry.serial},
                by=entry.registrar,
            )
        )
    if certificate and certificate.issued_on:
        lines.append(
            Happening(certificate.issued_on, _("certificate issued"), by=certificate.authority)
        )
    if certificate and certificate.collected_on:
        lines.append(
            Happening(
                certificate.collected_on,
                _("certificate collected by %(name)s") % {"name": certificate.collector_name},
            )
        )
    lines += [
        Happening(action.happened_on, _certificate_words(action), reason=action.reason)
        for action in actions
    ]
    lines += [
        Happening(entry.at.date(), entry.action, by=str(entry.actor or ""), reason=entry.reason)
        for entry in entries
    ]
    return sorted(lines, key=lambda line: line.on, reverse=True)


def _certificate_words(action: CertificateAction) -> str:
    return {
        "reissue": _("certificate reissued after loss"),
        "replacement": _("certificate replaced"),
        "cancellation": _("certificate cancelled"),
    }[action.kind]


def document_number(
    officer: Officer, contractor_code: str, member_id: int
) -> tuple[Member, str] | None:
    """A member of the contractor and the number in full; None where the officer may see none.

    The caller logs the reading (`history.commands.log_reading`) before showing it.
    """
    member = (
        Member.objects.visible_to(officer)
        .filter(contractor__code=contractor_code, pk=member_id)
        .select_related("contractor")
        .first()
    )
    return (member, member.document_number) if member else None
