"""What a paper of the land register says, and the fingerprint by which it can be checked."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from chengxiang.kernel.accounts.officer import Officer
from chengxiang.registers.land.models import (
    CertificateAction,
    Circulation,
    Contract,
    Contractor,
    Member,
    Parcel,
    ParcelRight,
    RegisterEntry,
)

from .paper_facts import (
    Facts,
    circulation_facts,
    entry_facts,
    facts_of_nobody,
    parcel_facts,
    told,
    totals,
)

KINDS = ("certificate", "register_sheet", "sketch")
CONTRACTOR_WIDTH, PARCEL_WIDTH = 18, 19
# What only the register sheet shows, and what a sketch does not: not part of their fingerprints.
_SHEET_ONLY = ("actions", "circulations", "registrar", "note", "previous_number", "other_contracts")
_NOT_ON_SKETCH = (
    "members", "address", "way", "signed_on", "since", "until", "authority", "issued_on",
    "registered_on", "contract_code", "cancelled_on",
)  # fmt: skip


@dataclass(frozen=True)
class Paper:
    """The facts of one contractor (or of one parcel) on a day, and the parcels to be drawn."""

    facts: Facts
    parcels: Sequence[Parcel]
    place_code: str

    def shown(self, kind: str) -> Facts:
        """What a paper of that kind shows."""
        left_out = {
            "certificate": _SHEET_ONLY,
            "register_sheet": (),
            "sketch": (*_SHEET_ONLY, *_NOT_ON_SKETCH),
        }[kind]
        shown = {name: value for name, value in self.facts.items() if name not in left_out}
        if kind == "certificate":
            # Art. 24 of the Land Contract Law: all who share the right, and nobody else.
            shown["members"] = [one for one in self.facts["members"] if one["shares"] is not False]
        return shown

    def digest(self, kind: str) -> str:
        """Fingerprint of what a paper of that kind shows: 16 hexadecimal digits of SHA-256.

        Numbers go in masked, so that nobody can try out full numbers against the printed digits.
        """
        said = json.dumps(
            [kind, told(self.shown(kind))], ensure_ascii=False, sort_keys=True, default=str
        )
        return hashlib.sha256(said.encode()).hexdigest()[:16]


def papers(officer: Officer, codes: Sequence[str], on: date) -> Sequence[Paper]:
    """The papers of the contractors of these codes that the officer may see, in order of code.

    Eight queries however many. Refuses `accounts.not_permitted` without `land.certify` there.
    """
    holders = Contractor.objects.visible_to(officer).filter(code__in=codes)
    found = _gather(holders, on)
    for paper in found:
        officer.require("land.certify", at=paper.place_code)
    return found


def parcel_paper(officer: Officer, code: str, on: date) -> Paper | None:
    """The paper of one parcel, held or not; None where the officer may see none."""
    paper = _parcel_paper(Parcel.objects.visible_to(officer), code, on)
    if paper is not None:
        officer.require("land.certify", at=paper.place_code)
    return paper


def digest(kind: str, code: str, on: date) -> str:
    """Fingerprint of what a paper printed from the register as of that day shows.

    code: a contractor's, or for a sketch a parcel's. Empty for what the register does not know.
    Open to everyone: it gives away nothing that is not on the paper.
    """
    if kind not in KINDS:
        return ""
    if kind == "sketch" and len(code) == PARCEL_WIDTH:
        paper = _parcel_paper(Parcel.objects.all(), code, on)
    else:
        paper = next(iter(_gather(Contractor.objects.filter(code=code), on)), None)
    return paper.digest(kind) if paper else ""


def holders_of(officer: Officer, place_code: str, on: date) -> Sequence[str]:
    """Codes of the contractors with a register entry at a place, in order: a village's batch."""
    entries = RegisterEntry.objects.visible_to(officer).in_force(on).below(place_code)
    return list(
        entries.order_by("contractor__code").values_list("contractor__code", flat=True).distinct()
    )


def member_numbers(
    officer: Officer, contractor_code: str, on: date
) -> tuple[Contractor, Mapping[int, tuple[str, str]]] | None:
    """The contractor and, by member, name and number in full; None where the officer may see none.

    The caller logs the reading (`history.commands.log_reading`) before showing any.
    """
    holder = Contractor.objects.visible_to(officer).filter(code=contractor_code).first()
    if holder is None:
        return None
    members = Member.objects.visible_to(officer).in_force(on).filter(contractor=holder)
    return holder, {one.pk: (one.name, one.document_number) for one in members}


def _parcel_paper(parcels: QuerySet[Parcel], code: str, on: date) -> Paper | None:
    parcel = parcels.filter(code=code, valid__contains=on).select_related("subject").first()
    if parcel is None:
        return None
    right = ParcelRight.objects.in_force(on).filter(parcel=parcel).first()
    holder = _gather(Contractor.objects.filter(pk=right.contractor_id), on)[0] if right else None
    facts = dict(holder.facts) if holder else facts_of_nobody()
    only = parcel_facts(parcel, right)
    facts |= {"parcel_code": code, "parcels": [only], **totals([only])}
    return Paper(facts, [parcel], parcel.place_code)


def _gather(contractors: QuerySet[Contractor], on: date) -> Sequence[Paper]:
    """Whoever may see a contractor sees what hangs on it, so all get the same fingerprint."""
    holders = list(contractors.select_related("subject", "issuing_party__subject").order_by("code"))
    keys = [holder.pk for holder in holders]

    def by_holder(found: Iterable[Any]) -> Mapping[int, Sequence[Any]]:
        groups: dict[int, list[Any]] = defaultdict(list)
        for one in found:
            groups[one.contractor_id].append(one)
        return groups

    def held(model: type[Any], *order: str) -> QuerySet[Any]:
        found: QuerySet[Any] = model.objects.in_force(on).filter(contractor_id__in=keys)
        return found.order_by(*order)

    rights = by_holder(held(ParcelRight, "parcel__code").select_related("parcel__subject"))
    members = by_holder(held(Member, "relation", "id"))
    contracts = by_holder(held(Contract, "code"))
    entries = by_holder(held(RegisterEntry, "-registered_on", "code").select_related("certificate"))
    circulations = by_holder(held(Circulation, "code"))
    codes = [entry.code for found in entries.values() for entry in found]
    actions: dict[str, list[CertificateAction]] = defaultdict(list)
    for action in CertificateAction.objects.filter(
        certificate_code__in=codes, happened_on__lte=on
    ).order_by("happened_on", "id"):
        actions[action.certificate_code].append(action)
    result = []
    for holder in holders:
        entry = next(iter(entries.get(holder.pk, ())), None)
        facts = entry_facts(
            holder,
            entry,
            members.get(holder.pk, ()),
            contracts.get(holder.pk, ()),
            actions.get(entry.code, ()) if entry else (),
        )
        own = rights.get(holder.pk, ())
        facts["parcels"] = [parcel_facts(right.parcel, right) for right in own]
        facts |= totals(facts["parcels"])
        facts["circulations"] = [circulation_facts(one) for one in circulations.get(holder.pk, ())]
        result.append(Paper(facts, [right.parcel for right in own], holder.place_code))
    return result
