"""The facts that papers print: codes with their words in both languages, areas, days."""

import hashlib
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import override

from chengxiang.codes import identity
from chengxiang.codes.land import mu
from chengxiang.codes.relations import relation
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
from chengxiang.registers.land.models.parcels import LAND_USES

Facts = dict[str, Any]
# A coded value and its words in both languages; a text of its own is its own code.
Coded = dict[str, str]


def entry_facts(
    holder: Contractor,
    entry: RegisterEntry | None,
    members: Sequence[Member],
    contracts: Sequence[Contract],
    actions: Sequence[CertificateAction],
) -> Facts:
    """What is written of a contractor: parties, term, entry, certificate, members, actions."""
    certificate = getattr(entry, "certificate", None) if entry else None
    # A household's contract and its certificate have one code (GB/T 35958).
    chosen = next((one for one in contracts if entry and one.code == entry.code), None)
    contract = chosen or next(iter(contracts), None)
    cancelled = [one for one in actions if one.kind == CertificateAction.Kind.CANCELLATION]
    return {
        "code": holder.code,
        "name": holder.subject.name,
        "kind": _both(holder, "kind"),
        "address": holder.address,
        "issuing_party": holder.issuing_party.subject.name,
        "issuing_code": holder.issuing_party.code,
        "is_registered": entry is not None,
        "serial": entry.serial if entry else "",
        "certificate_code": entry.code if entry else "",
        "previous_number": entry.previous_number if entry else "",
        "registered_on": _iso(entry.registered_on if entry else None),
        "registrar": entry.registrar if entry else "",
        "note": entry.note if entry else "",
        "authority": certificate.authority if certificate else "",
        "issued_on": _iso(certificate.issued_on if certificate else None),
        "cancelled_on": _iso(cancelled[-1].happened_on if cancelled else None),
        "way": _both(contract, "way") if contract else _own(""),
        "contract_code": contract.code if contract else "",
        "signed_on": _iso(contract.signed_on if contract else None),
        "since": _iso(contract.term.lower if contract else None),
        "until": _iso(contract.last_day if contract else None),
        "other_contracts": [one.code for one in contracts if one is not contract],
        "members": [_member(one) for one in members],
        "actions": [
            {
                "on": _iso(one.happened_on),
                "what": _both(one, "kind"),
                "reason": one.reason,
                "by": one.collector_name,
            }
            for one in actions
        ],
    }


def facts_of_nobody() -> Facts:
    """For a parcel that nobody holds: reserve land, a private plot."""
    words = ("code", "name", "issuing_party", "issuing_code", "serial", "certificate_code")
    return dict.fromkeys(words, "") | {"kind": _own(""), "is_registered": False}


def _member(member: Member) -> Facts:
    note = _both(member, "note_kind") if member.note_kind else _own("")
    chinese, english = relation(member.relation) if member.relation else ("", "")
    return {
        "id": member.pk,
        "name": member.name,
        "relation": {"code": member.relation, "zh": chinese, "en": english},
        "sex": _both(member, "sex"),
        "number": identity.mask(member.document_number),
        "shares": member.is_co_owner,
        "note": _own(member.note) if member.note else note,
    }


def parcel_facts(parcel: Parcel, right: ParcelRight | None) -> Facts:
    """One parcel as papers list it; areas in m² and in mu, none contracted without a right."""
    contracted = right.area_m2 if right else None
    return {
        "code": parcel.code,
        "name": parcel.subject.name,
        "class": _both(parcel, "parcel_class"),
        "use": _both(parcel, "use"),
        "land_use": _words(parcel.land_use, LAND_USES.get(parcel.land_use, parcel.land_use)),
        "basic": parcel.is_basic_farmland,
        "surveyed_m2": parcel.area_m2,
        "surveyed_mu": mu(parcel.area_m2),
        "contracted_m2": contracted,
        "contracted_mu": mu(contracted) if contracted is not None else None,
        "east": parcel.east,
        "south": parcel.south,
        "west": parcel.west,
        "north": parcel.north,
        "shape": hashlib.sha256(bytes(parcel.geometry)).hexdigest()[:16],
    }


def totals(parcels: Sequence[Facts]) -> Facts:
    """Sums of the rounded rows: what the paper prints adds up."""
    return {
        name: sum((one[name] or Decimal(0) for one in parcels), Decimal(0))
        for name in ("surveyed_m2", "surveyed_mu", "contracted_m2", "contracted_mu")
    }


def circulation_facts(one: Circulation) -> Facts:
    """One contract that passes the management right on."""
    return {
        "code": one.code,
        "taker": one.taker_code,
        "since": _iso(one.term.lower),
        "until": _iso(one.last_day),
        "mu": mu(one.area_m2),
        "price": one.price_note,
    }


def told(value: Any) -> Any:
    """What a fingerprint is made of: codes rather than words, which may be put better one day.

    Nor keys of rows, which change when a member leaves and returns.
    """
    if isinstance(value, dict):
        return {name: told(one) for name, one in value.items() if name not in ("zh", "en", "id")}
    return [told(one) for one in value] if isinstance(value, list) else value


def _both(record: Model, field: str) -> Coded:
    """A coded value with its words in both languages; the code itself where it has none."""
    return _choice(type(record), field, getattr(record, field))


@cache
def _choice(model: type[Model], field: str, value: str) -> Coded:
    choices: Any = model._meta.get_field(field)
    return _words(value, dict(choices.flatchoices).get(value, value))


def _words(code: str, text: str | Promise) -> Coded:
    with override("zh-hans"):
        chinese = str(text)
    with override("en"):
        return {"code": code, "zh": chinese, "en": str(text)}


def _own(text: str) -> Coded:
    return {"code": text, "zh": text, "en": ""}


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
