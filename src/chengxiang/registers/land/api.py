"""The land register for machines: the same queries and commands as the pages."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from chengxiang.kernel.accounts.officer import Officer
from chengxiang.kernel.errors import Refused
from chengxiang.registers.land.queries import contractors, lists, parcels
from chengxiang.registers.land.queries.search import search
from chengxiang.registers.land.queries.statistics import statistics

router = Router(tags=["land"])
_MOST = 500


class ContractorOut(Schema):
    code: str = Field(description="18 digits, 承包方代码")
    name: str
    place_code: str
    kind: str = Field(description="1 household, 2 individual, 3 unit")
    members: int
    parcels: int
    contracted_m2: Decimal
    contracted_mu: Decimal = Field(description="sum of the parcels' rounded mu")


class ParcelOut(Schema):
    code: str = Field(description="19 digits, 地块代码")
    name: str
    place_code: str
    parcel_class: str
    use: str
    area_m2: Decimal = Field(description="surveyed area")
    contracted_m2: Decimal | None
    holder: str | None = Field(description="code of the contractor")


class ContractorsOut(Schema):
    items: list[ContractorOut]
    next: str | None = Field(description="give as `after` for the next page; null on the last")


class ParcelsOut(Schema):
    items: list[ParcelOut]
    next: str | None = Field(description="give as `after` for the next page; null on the last")


class MemberOut(Schema):
    name: str
    relation: str
    sex: str
    document_number: str = Field(description="masked")


class ContractOut(Schema):
    code: str
    way: str
    since: date
    last_day: date
    area_m2: Decimal


class ContractorDetailOut(ContractorOut):
    surveyed_m2: Decimal
    certificate: str = Field(description="valid, waiting, cancelled or none")
    member_list: list[MemberOut]
    contracts: list[ContractOut]
    parcel_codes: list[str]


class SummaryOut(Schema):
    place_code: str
    on: date
    total: dict[str, float]
    children: dict[str, dict[str, float]]
    reserve_share: float | None


class HitOut(Schema):
    kind: str
    title: str
    detail: str
    url: str


def _reader(request: HttpRequest) -> Officer:
    officer: Officer = request.officer  # type: ignore[attr-defined]
    if not officer.may("land.read"):
        raise Refused(
            "accounts.not_permitted", _("Sign in with an office that reads the register.")
        )
    return officer


def _page(found: Any, after: str, limit: int) -> tuple[list[Any], str | None]:
    rows = list(found.order_by("code").filter(code__gt=after)[: limit + 1])
    more = len(rows) > limit
    return rows[:limit], rows[limit - 1].code if more else None


@router.get("/contractors", response=ContractorsOut, summary="Contractors in force")
def list_contractors(
    request: HttpRequest,
    place: str = "",
    q: str = Query("", description="beginning of a name, pinyin or code"),
    after: str = "",
    limit: int = Query(100, ge=1, le=_MOST),
) -> ContractorsOut:
    """In order of code, within the office's territory."""
    asked = lists.Asked(place_code=place, text=q, on=timezone.localdate())
    rows, following = _page(lists.contractors_listed(_reader(request), asked), after, limit)
    items = [
        ContractorOut(
            code=row.code,
            name=row.subject.name,
            place_code=row.place_code,
            kind=row.kind,
            members=row.member_count,
            parcels=row.parcels_held or 0,
            contracted_m2=Decimal(row.area_held_m2 or 0),
            contracted_mu=Decimal(row.area_held_mu or 0),
        )
        for row in rows
    ]
    return ContractorsOut(items=items, next=following)


@router.get("/contractors/{code}", response=ContractorDetailOut, summary="One contractor")
def get_contractor(request: HttpRequest, code: str, on: date | None = None) -> ContractorDetailOut:
    """As of a day (today if not said); numbers masked."""
    sheet = contractors.contractor_sheet(_reader(request), code, on or timezone.localdate())
    if sheet is None:
        raise Http404(_("No contractor has this code in your territory."))
    holder = sheet.contractor
    return ContractorDetailOut(
        code=holder.code,
        name=holder.subject.name,
        place_code=holder.place_code,
        kind=holder.kind,
        members=holder.member_count,
        parcels=len(sheet.parcels),
        contracted_m2=sheet.contracted_m2,
        contracted_mu=sheet.contracted_mu,
        surveyed_m2=sheet.surveyed_m2,
        certificate=sheet.certificate_state[0],
        member_list=[
            MemberOut(
                name=line.member.name,
                relation=line.relation,
                sex=line.member.sex,
                document_number=line.number,
            )
            for line in sheet.members
        ],
        contracts=[
            ContractOut(
                code=one.code,
                way=one.way,
                since=one.term.lower,
                last_day=one.last_day,
                area_m2=one.area_m2,
            )
            for one in sheet.contracts
        ],
        parcel_codes=[held.parcel.code for held in sheet.parcels],
    )


@router.get("/parcels", response=ParcelsOut, summary="Parcels in force")
def list_parcels(
    request: HttpRequest,
    place: str = "",
    parcel_class: str = "",
    use: str = "",
    after: str = "",
    limit: int = Query(100, ge=1, le=_MOST),
) -> ParcelsOut:
    """In order of code; geometries are in the OGC collection `parcels`."""
    asked = lists.Asked(
        place_code=place, parcel_class=parcel_class, use=use, on=timezone.localdate()
    )
    rows, following = _page(lists.parcels_listed(_reader(request), asked), after, limit)
    return ParcelsOut(items=[_parcel(row) for row in rows], next=following)


@router.get("/parcels/{code}", response=ParcelOut, summary="One parcel")
def get_parcel(request: HttpRequest, code: str) -> ParcelOut:
    """The parcel as it is today."""
    officer = _reader(request)
    if not parcels.parcels(officer).filter(code=code).exists():
        raise Http404(_("No parcel has this code in your territory."))
    asked = lists.Asked(text=code, on=timezone.localdate())
    row = lists.parcels_listed(officer, asked).filter(code=code).first()
    if row is None:
        raise Http404(_("No parcel has this code in your territory."))
    return _parcel(row)


def _parcel(row: Any) -> ParcelOut:
    return ParcelOut(
        code=row.code,
        name=row.subject.name,
        place_code=row.place_code,
        parcel_class=row.parcel_class,
        use=row.use,
        area_m2=row.area_m2,
        contracted_m2=row.contracted_m2,
        holder=row.holder_code,
    )


@router.get("/summaries/{place_code}", response=SummaryOut, summary="The official summaries")
def get_summary(request: HttpRequest, place_code: str, on: date | None = None) -> SummaryOut:
    """All figures of the seven tables for a place and its children, as of a day."""
    if len(place_code) not in {2, 4, 6, 9, 12}:
        raise Http404(_("No place has this code."))
    found = statistics(_reader(request), place_code, on or timezone.localdate())
    share = found.reserve_share
    return SummaryOut(
        place_code=place_code,
        on=found.on,
        total={name: float(value) for name, value in found.total.items()},
        children={
            code: {name: float(value) for name, value in figures.items()}
            for code, figures in found.tables[0].rows
        },
        reserve_share=None if share is None else float(share),
    )


@router.get("/search", response=list[HitOut], summary="Search")
def search_land(request: HttpRequest, q: str, limit: int = Query(20, ge=1, le=100)) -> list[HitOut]:
    """Names, pinyin, identity numbers (exact), codes, certificate numbers."""
    return [
        HitOut(kind=str(hit.kind), title=hit.title, detail=hit.detail, url=hit.url)
        for hit in search(_reader(request), q, limit)
    ]
