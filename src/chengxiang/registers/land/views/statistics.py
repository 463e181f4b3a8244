"""The official summary tables of a place: page, workbook."""

import io

import xlsxwriter
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from chengxiang.kernel.accounts.doors import office_required
from chengxiang.kernel.accounts.officer import OfficerRequest
from chengxiang.kernel.places.names import place_name
from chengxiang.registers.land.forms import day_asked
from chengxiang.registers.land.queries.statistics import (
    RESERVE_LIMIT,
    Statistics,
    SummaryTable,
    statistics,
)

# The figure of each table that its chart shows.
_CHARTED = {
    "parcels": "contracted_mu",
    "use": "agricultural_mu",
    "ownership": "group_owned_mu",
    "non_contracted": "reserve_mu",
    "basic_farmland": "basic_mu",
    "certificates": "certificates",
    "contractors": "contractors",
}


@require_GET
@office_required("land.read")
def summary(request: OfficerRequest, place_code: str) -> HttpResponse:
    """The seven tables, each with its chart, as of a day."""
    found = _found(request, place_code)
    chinese = (get_language() or "zh").startswith("zh")
    context = {
        "place_code": place_code,
        "statistics": found,
        "limit": RESERVE_LIMIT,
        "may_certify": len(place_code) == 12 and request.officer.may("land.certify", at=place_code),
        "tables": [_shown(table, place_code, chinese) for table in found.tables],
    }
    return render(request, "land/summary.html", context)


@require_GET
@office_required("land.read")
def summary_workbook(request: OfficerRequest, place_code: str) -> HttpResponse:
    """The seven tables as sheets of one workbook, in the layout of 汇总表格."""
    found = _found(request, place_code)
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        title = book.add_format({"bold": True, "font_size": 14, "align": "center"})
        head = book.add_format({"bold": True, "border": 1, "align": "center", "text_wrap": True})
        plain = book.add_format({"border": 1})
        area = book.add_format({"border": 1, "num_format": "#,##0.00"})
        number = book.add_format({"border": 1, "num_format": "#,##0"})
        for table in found.tables:
            sheet = book.add_worksheet(table.zh[:31])
            last = len(table.columns) + 1
            sheet.merge_range(0, 0, 0, last, f"{_label(place_code)}{table.zh}", title)
            heads = [_("Place code"), _("Place"), *(column.zh for column in table.columns)]
            sheet.write_row(1, 0, heads, head)
            sheet.set_column(0, last, 16)
            sheet.freeze_panes(2, 2)
            for row, (code, figures) in enumerate([(place_code, table.total), *table.rows], 2):
                sheet.write_string(row, 0, code.ljust(14, "0"), plain)
                sheet.write_string(row, 1, _label(code), plain)
                for index, column in enumerate(table.columns, 2):
                    form = area if column.unit else number
                    sheet.write_number(row, index, float(figures[column.name]), form)
    response = HttpResponse(
        data.getvalue(),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    name = f"{place_code}-{found.on:%Y%m%d}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _found(request: OfficerRequest, place_code: str) -> Statistics:
    # Ten million rows of a nation are not this page's question; a village has no children below.
    if len(place_code) not in {2, 4, 6, 9, 12} or place_name(place_code) is None:
        raise Http404(_("No place has this code."))
    offices = request.officer.places_for("land.read")
    if not any(place_code.startswith(at) or at.startswith(place_code) for at in offices):
        raise Http404(_("No place of your territory has this code."))
    return statistics(request.officer, place_code, day_asked(request.GET) or timezone.localdate())


def _shown(table: SummaryTable, place_code: str, chinese: bool) -> dict[str, object]:
    """The table for the page: heads in the reader's language, figures in the order of the heads."""
    charted = _CHARTED[table.name]
    rows = [
        {
            "code": code,
            "label": _label(code),
            "is_place": len(code) <= 12,
            "figures": [(figures[c.name], bool(c.unit)) for c in table.columns],
        }
        for code, figures in table.rows
    ]
    return {
        "name": table.name,
        "title": table.zh if chinese else table.en,
        "heads": [column.zh if chinese else column.en for column in table.columns],
        "rows": rows,
        "total": [(table.total[c.name], bool(c.unit)) for c in table.columns],
        "chart": {
            "title": next((c.zh if chinese else c.en) for c in table.columns if c.name == charted),
            "labels": [str(row["label"]) for row in rows],
            "values": [float(figures[charted]) for _code, figures in table.rows],
        },
    }


def _label(code: str) -> str:
    known = place_name(code[:12])
    label = known.label if known else code
    return f"{label} {code[12:]}" if len(code) > 12 and code[12:] != "00" else label
