"""Everything the papers of a contractor show, through the officer's eyes; and whether one agrees."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

import shapely
from django.db.models import Q

from chengxiang.codes.land import mu
from chengxiang.kernel import geometry
from chengxiang.kernel.accounts.officer import Officer
from chengxiang.kernel.documents.drawing import draw
from chengxiang.registers.land.models import Contractor, Parcel, ParcelRight, RegisterEntry

from .contractors import ContractorSheet, HeldParcel, contractor_sheet

FRAME_MM = (82.0, 62.0)
_MARGIN_DEGREES = 4e-4


def paper(
    officer: Officer, contractor_code: str, on: date
) -> tuple[ContractorSheet, dict[str, Any]] | None:
    """The contractor's sheet and the data of its papers; None where the officer may see none.

    Needs `land.certify` at the contractor's place (refused otherwise by the caller's `require`).
    """
    sheet = contractor_sheet(officer, contractor_code, on)
    if sheet is None:
        return None
    officer.require("land.certify", at=sheet.contractor.place_code)
    return sheet, _data(officer, sheet)


def holders_of(officer: Officer, place_code: str, on: date) -> Sequence[str]:
    """Codes of the contractors with a register entry at a place, in order: a village's batch."""
    entries = RegisterEntry.objects.visible_to(officer).in_force(on).below(place_code)
    return list(
        entries.order_by("contractor__code").values_list("contractor__code", flat=True).distinct()
    )


def digest(contractor_code: str, on: date) -> str:
    """Fingerprint of what the register says of a contractor on a day; empty if it knows none.

    Over code, name, certificate number, parcels and their areas: 16 hexadecimal digits of SHA-256.
    """
    holder = Contractor.objects.filter(code=contractor_code).select_related("subject").first()
    if holder is None:
        return ""
    serial = (
        RegisterEntry.objects.in_force(on)
        .filter(contractor=holder)
        .values_list("serial", flat=True)
        .first()
    )
    rights = (
        ParcelRight.objects.in_force(on)
        .filter(contractor=holder)
        .order_by("parcel__code")
        .values_list("parcel__code", "parcel__area_m2", "area_m2")
    )
    said = [holder.code, holder.subject.name, serial, [[c, str(a), str(b)] for c, a, b in rights]]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:16]


def _data(officer: Officer, sheet: ContractorSheet) -> dict[str, Any]:
    holder = sheet.contractor
    contract = sheet.contracts[0] if sheet.contracts else None
    certificate, entry = sheet.certificate, sheet.entry
    return {
        "on": sheet.on.isoformat(),
        "printed_by": str(officer),
        "digest": digest(holder.code, sheet.on),
        "code": holder.code,
        "name": str(holder),
        "kind": holder.kind,
        "address": holder.address,
        "issuing_party": holder.issuing_party.subject.name,
        "issuing_code": holder.issuing_party.code,
        "serial": entry.serial if entry else "",
        "certificate_code": entry.code if entry else "",
        "authority": certificate.authority if certificate else "",
        "issued_on": _iso(certificate.issued_on) if certificate else "",
        "registered_on": _iso(entry.registered_on) if entry else "",
        "registrar": entry.registrar if entry else "",
        "note": entry.note if entry else "",
        "way": contract.get_way_display() if contract else "",
        "contract_code": contract.code if contract else "",
        "signed_on": _iso(contract.signed_on) if contract else "",
        "since": _iso(contract.term.lower) if contract else "",
        "until": _iso(contract.last_day) if contract else "",
        "members": [
            {
                "name": line.member.name,
                "relation": line.relation,
                "sex": line.member.get_sex_display(),
                "number": line.number,
                "note": line.member.note
                or (line.member.get_note_kind_display() if line.member.note_kind else ""),
            }
            for line in sheet.members
        ],
        "parcels": [_parcel(held) for held in sheet.parcels],
        "surveyed_m2": _area(sheet.surveyed_m2),
        "surveyed_mu": _area(sheet.surveyed_mu),
        "contracted_m2": _area(sheet.contracted_m2),
        "contracted_mu": _area(sheet.contracted_mu),
        "actions": [
            {
                "on": _iso(action.happened_on),
                "what": action.get_kind_display(),
                "reason": action.reason,
                "by": action.collector_name,
            }
            for action in sheet.actions
        ],
        "circulations": [
            {
                "code": one.code,
                "taker": one.taker_code,
                "since": _iso(one.term.lower),
                "until": _iso(one.last_day),
                "mu": _area(mu(one.area_m2)),
                "price": one.price_note,
            }
            for one in sheet.circulations
        ],
        "drawings": _drawings(officer, sheet),
        "frame": FRAME_MM,
    }


def _parcel(held: HeldParcel) -> dict[str, Any]:
    parcel = held.parcel
    return {
        "code": parcel.code,
        "name": parcel.subject.name,
        "class": parcel.get_parcel_class_display(),
        "land_use": parcel.land_use_words,
        "basic": parcel.is_basic_farmland,
        "surveyed_m2": _area(parcel.area_m2),
        "surveyed_mu": _area(held.surveyed_mu),
        "contracted_m2": _area(held.right.area_m2),
        "contracted_mu": _area(held.contracted_mu),
        "sides": [
            {
                "direction": side.direction,
                "stated": side.stated,
                "shown": "、".join(name for _code, name in side.holders if name),
            }
            for side in held.sides
        ],
    }


def _drawings(officer: Officer, sheet: ContractorSheet) -> list[dict[str, Any]]:
    """Each parcel drawn in its own frame among what lies beside it."""
    parcels = [held.parcel for held in sheet.parcels]
    if not parcels:
        return []
    nearby = Q()
    for parcel in parcels:
        west, south, east, north = parcel.extent
        m = _MARGIN_DEGREES
        nearby |= Q(extent__overlaps=(west - m, south - m, east + m, north + m))
    found = Parcel.objects.visible_to(officer).in_force(sheet.on).filter(nearby)
    rows = list(found.values_list("code", "geometry"))
    crs = geometry.zone_crs(int(geometry.zone_of(parcels[0].extent[0])))
    shapes = geometry.transform(
        shapely.from_wkb([bytes(shape) for _code, shape in rows]), geometry.GEOGRAPHIC, crs
    )
    by_code = {code: shape for (code, _), shape in zip(rows, shapes, strict=True)}
    tree = shapely.STRtree(shapes)
    width, height = FRAME_MM
    drawings = []
    for held in sheet.parcels:
        own = by_code[held.parcel.code]
        own = max(shapely.get_parts(own), key=shapely.area)
        near = [shapes[i] for i in tree.query(own, predicate="dwithin", distance=40.0)]
        around = [shape for shape in near if not shapely.equals_exact(shape, own)]
        drawn = asdict(draw(own, around, width_mm=width, height_mm=height))
        drawings.append({**drawn, **_parcel(held)})
    return drawings


def _area(value: Decimal | float) -> str:
    return f"{value:,.2f}".replace(",", "\u2009")


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
