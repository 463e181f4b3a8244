"""The papers of the land register: certificate, register sheet, parcel sketch."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

from chengxiang.kernel.accounts.officer import Officer
from chengxiang.kernel.documents.typesetting import qr_svg, typeset
from chengxiang.registers.land.queries.papers import holders_of, paper
from chengxiang.registers.land.submission.package import Progress, silent

TEMPLATE = Path(__file__).parent / "papers.typ"
KINDS = ("certificate", "register_sheet", "sketch")


def render(
    by: Officer,
    kind: str,
    contractor_code: str,
    *,
    on: date,
    check_url: Callable[[str, str, str], str],
    form: Literal["pdf", "png"] = "pdf",
) -> bytes | list[bytes] | None:
    """One contractor's paper as the register stands on the day; None where there is none to see.

    Needs `land.certify` at the place. kind: one of `KINDS`. check_url(kind, code, digest) gives
    the address the QR code carries. The members' numbers are masked.
    """
    found = paper(by, contractor_code, on)
    if found is None:
        return None
    data = {"kind": kind, "papers": [_with_code(found[1], kind, check_url)]}
    return typeset(TEMPLATE, data, dated=_at(on), form=form)


def render_village(
    by: Officer,
    kind: str,
    place_code: str,
    *,
    on: date,
    check_url: Callable[[str, str, str], str],
    progress: Progress = silent,
) -> bytes | None:
    """The papers of all contractors of a place in one PDF, in order of their codes."""
    codes = holders_of(by, place_code, on)
    papers = []
    for done, code in enumerate(codes):
        progress("drawing", done, len(codes))
        if found := paper(by, code, on):
            papers.append(_with_code(found[1], kind, check_url))
    if not papers:
        return None
    progress("typesetting", len(codes), len(codes))
    result = typeset(TEMPLATE, {"kind": kind, "papers": papers}, dated=_at(on))
    return result if isinstance(result, bytes) else b"".join(result)


def _with_code(
    data: dict[str, Any], kind: str, check_url: Callable[[str, str, str], str]
) -> dict[str, Any]:
    return {**data, "qr": qr_svg(check_url(kind, data["code"], data["digest"]))}


def _at(on: date) -> datetime:
    return datetime(on.year, on.month, on.day, tzinfo=UTC)
