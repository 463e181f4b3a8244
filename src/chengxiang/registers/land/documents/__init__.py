"""The papers of the land register: certificate, register sheet, parcel sketch."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from chengxiang.kernel.accounts.officer import Officer
from chengxiang.kernel.documents import qr_png, typeset
from chengxiang.kernel.errors import Refused
from chengxiang.registers.land.queries.papers import (
    KINDS,
    PARCEL_WIDTH,
    Paper,
    holders_of,
    papers,
    parcel_paper,
)
from chengxiang.registers.land.queries.sketches import LARGE_MM, SMALL_MM, sketches
from chengxiang.registers.land.submission.package import Progress, silent

__all__ = ["KINDS", "Order", "render", "render_pages", "render_village"]

# Contractors read and drawn together: few queries a page, little memory.
_TOGETHER = 25
# Typst needs about 5 MB of memory for each certificate of one file.
MOST_IN_ONE_FILE = 300


@dataclass(frozen=True)
class Order:
    """What is to be printed: the kind of paper, the day it speaks of, the day it is printed.

    check_url(kind, code, digest) gives the address that the paper's QR code carries.
    """

    kind: str
    on: date
    printed: date
    check_url: Callable[[str, str, str], str]


def render(
    by: Officer, code: str, order: Order, *, numbers: Mapping[int, str] | None = None
) -> bytes | None:
    """One paper as PDF; None where there is none this officer may see.

    Needs `land.certify` at the place. code: a contractor's, or for a sketch a parcel's. numbers:
    identity numbers to print in full by member, from `commands.unmask_members`; else masked.
    Refuses `land.not_registered` for a certificate or register sheet without an entry.
    """
    data = _one(by, code, order, numbers)
    return typeset(_template(order), data, dated=_at(order.printed)) if data else None


def render_pages(by: Officer, code: str, order: Order) -> Sequence[bytes]:
    """The same paper as PNG images, one a page; empty where there is none to see."""
    data = _one(by, code, order, None)
    if data is None:
        return []
    return typeset(_template(order), data, dated=_at(order.printed), form="png")


def render_village(
    by: Officer,
    place_code: str,
    order: Order,
    *,
    part: int | None = None,
    progress: Progress = silent,
) -> bytes | None:
    """The papers of all contractors entered at a place in one PDF, in order of their codes.

    None where there are none to see. part: which 300 of a large village, from 1; refuses
    `land.too_many_papers` where there are more and no part is named.
    """
    codes = holders_of(by, place_code, order.on)
    if part is None and len(codes) > MOST_IN_ONE_FILE:
        raise Refused(
            "land.too_many_papers",
            _(
                "%(count)d contractors are registered here; one file holds %(most)d. "
                "Print them in %(parts)d parts: add ?part=1 to the address, then ?part=2 …"
            )
            % {
                "count": len(codes),
                "most": MOST_IN_ONE_FILE,
                "parts": -(-len(codes) // MOST_IN_ONE_FILE),
            },
        )
    if part is not None:
        codes = codes[max(part - 1, 0) * MOST_IN_ONE_FILE :][:MOST_IN_ONE_FILE]
    data: list[dict[str, Any]] = []
    for some in _parts(codes):
        progress("drawing", len(data), len(codes))
        data += _filled(by, papers(by, some, order.on), order)
    if not data:
        return None
    progress("typesetting", len(codes), len(codes))
    document = _document(by, data, order)
    return typeset(_template(order), document, dated=_at(order.printed), tagged=False)


def _one(
    by: Officer, code: str, order: Order, numbers: Mapping[int, str] | None
) -> dict[str, Any] | None:
    if order.kind == "sketch" and len(code) == PARCEL_WIDTH:
        alone = parcel_paper(by, code, order.on)
        found: Sequence[Paper] = [alone] if alone else []
    else:
        found = papers(by, [code], order.on)
    if not found:
        return None
    if order.kind != "sketch" and not found[0].facts["is_registered"]:
        raise Refused(
            "land.not_registered",
            _(
                "This contractor has no entry in the register on that day, so there is no "
                "certificate to print. Register the contract first, or print the sketch."
            ),
        )
    return _document(by, _filled(by, found, order, numbers or {}), order)


def _document(by: Officer, data: Sequence[dict[str, Any]], order: Order) -> dict[str, Any]:
    names = (by.account.name, by.account.name_en) if by.account else ("", "")
    return {
        "papers": data,
        "on": order.on.isoformat(),
        "printed": order.printed.isoformat(),
        "by": names[0] if names[1] in ("", names[0]) else " ".join(names),
    }


def _filled(
    by: Officer, found: Sequence[Paper], order: Order, numbers: Mapping[int, str] = {}
) -> list[dict[str, Any]]:
    """The papers as their template reads them: areas in print, drawings, QR code."""
    alone = len(found) == 1 and "parcel_code" in found[0].facts
    drawn: Mapping[str, dict[str, Any]] = {}
    if order.kind != "register_sheet":
        parcels = [parcel for paper in found for parcel in paper.parcels]
        drawn = sketches(by, parcels, order.on, frame_mm=LARGE_MM if alone else SMALL_MM)
    result = []
    for paper in found:
        digest = paper.digest(order.kind)
        shown = paper.shown(order.kind)
        if "members" in shown:
            shown["members"] = [
                {**one, "number": numbers.get(one["id"], one["number"])} for one in shown["members"]
            ]
        code = shown.get("parcel_code") or shown["code"]
        data = _printed(shown)
        data["drawings"] = [
            {**parcel, **drawn[parcel["code"]]}
            for parcel in data["parcels"]
            if parcel["code"] in drawn
        ]
        data["digest"] = digest
        data["qr"] = qr_png(order.check_url(order.kind, code, digest))
        result.append(data)
    return result


def _printed(value: Any) -> Any:
    """Areas with two decimals and thin spaces between thousands; everything else as it is."""
    if isinstance(value, Decimal):
        return f"{value:,.2f}".replace(",", "\u2009")
    if isinstance(value, dict):
        return {name: _printed(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_printed(one) for one in value]
    return value


def _parts(codes: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(codes), _TOGETHER):
        yield codes[start : start + _TOGETHER]


def _template(order: Order) -> Path:
    return Path(__file__).parent / f"{order.kind}.typ"


def _at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
