"""Overview, lists of contractors and parcels, and their exports."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import xlsxwriter
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from chengxiang.kernel.accounts.doors import office_required
from chengxiang.kernel.accounts.officer import OfficerRequest
from chengxiang.registers.land.forms import ContractorFilter, ParcelFilter
from chengxiang.registers.land.queries import imports, lists, maps
from chengxiang.registers.land.queries.statistics import RESERVE_LIMIT, statistics

_PER_PAGE = 50
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@office_required("land.read")
def overview(request: OfficerRequest) -> HttpResponse:
    """The officer's place at a glance: figures, children, map, latest packages."""
    officer, on = request.officer, timezone.localdate()
    place_code = officer.places_for("land.read")[0]
    found = statistics(officer, place_code, on)
    context = {
        "place_code": place_code,
        "statistics": found,
        "limit": RESERVE_LIMIT,
        "children": found.tables[0].rows,
        "imports": imports.imports(officer)[:5],
        "map": maps.land_map(officer, on=on, place_code=place_code),
    }
    return render(request, "land/overview.html", context)


@require_GET
@office_required("land.read")
def contractor_list(request: OfficerRequest) -> HttpResponseBase:
    """Contractors: filter, sort, 50 a page, export."""
    form = ContractorFilter(request.GET)
    found = lists.contractors_listed(request.officer, form.asked(timezone.localdate()))
    if kind := request.GET.get("as"):
        return _export(kind, "contractors", lists.CONTRACTOR_HEADS, lists.contractor_rows(found))
    page = Paginator(found, _PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "land/contractor_list.html", {"form": form, "page": page})


@require_GET
@office_required("land.read")
def parcel_list(request: OfficerRequest) -> HttpResponseBase:
    """Parcels: filter, sort, totals of the whole list, 50 a page, export."""
    form = ParcelFilter(request.GET)
    found = lists.parcels_listed(request.officer, form.asked(timezone.localdate()))
    if kind := request.GET.get("as"):
        return _export(kind, "parcels", lists.PARCEL_HEADS, lists.parcel_rows(found))
    page = Paginator(found, _PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "totals": lists.parcel_totals(found)}
    return render(request, "land/parcel_list.html", context)


def _export(
    kind: str, name: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]
) -> HttpResponseBase:
    if kind == "xlsx":
        data = io.BytesIO()
        with xlsxwriter.Workbook(data, {"constant_memory": True}) as book:
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, heads, book.add_format({"bold": True}))
            for number, row in enumerate(rows, start=1):
                for column, value in enumerate(row):
                    if isinstance(value, str):
                        # As text: a name beginning with = is not a formula.
                        sheet.write_string(number, column, value)
                    elif value is not None:
                        sheet.write_number(number, column, value)
        response: HttpResponseBase = HttpResponse(data.getvalue(), content_type=_XLSX)
    else:
        kind = "csv"
        response = StreamingHttpResponse(_csv(heads, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


def _csv(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    # Spreadsheets take the byte order mark as the sign of UTF-8.
    buffer.write("\ufeff")
    writer.writerow(heads)
    for row in rows:
        # A cell that begins like a formula is made text for spreadsheets.
        writer.writerow([f"'{v}" if isinstance(v, str) and v[:1] in "=+-@" else v for v in row])
        if buffer.tell() > 65_536:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()
