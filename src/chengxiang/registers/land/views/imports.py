"""Bringing a submission package in: upload, what was found, decision."""

import tempfile
from pathlib import Path

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from chengxiang.kernel.accounts.doors import office_required
from chengxiang.kernel.accounts.officer import OfficerRequest
from chengxiang.kernel.background import commands as background
from chengxiang.kernel.errors import Refused
from chengxiang.kernel.exchange.models import Import
from chengxiang.registers.land.exchange import bring_package, start_applying
from chengxiang.registers.land.forms import PackageForm
from chengxiang.registers.land.queries import imports as queries

_PER_PAGE = 50


@require_GET
@office_required("land.import")
def import_list(request: OfficerRequest) -> HttpResponse:
    """The packages brought in at this office."""
    page = Paginator(queries.imports(request.officer), _PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "land/import_list.html", {"page": page})


@office_required("land.import")
def import_new(request: OfficerRequest) -> HttpResponse:
    """Takes a zip; reading and checking go on in the background."""
    form = PackageForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload: UploadedFile = form.cleaned_data["file"]
        try:
            brought = _bring(request, upload)
        except Refused as refusal:
            form.add_error(refusal.field or None, refusal.message)
        else:
            return redirect(brought)
    return render(request, "land/import_new.html", {"form": form})


def _bring(request: OfficerRequest, upload: UploadedFile) -> Import:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "package.zip"
        with path.open("wb") as out:
            for chunk in upload.chunks():
                out.write(chunk)
        return bring_package(
            request.officer,
            path,
            file_name=Path(upload.name or "package.zip").name,
            place_code=request.officer.places_for("land.import")[0],
        )


@require_GET
@office_required("land.import")
def import_detail(request: OfficerRequest, number: int) -> HttpResponse:
    """What was found in a package, what it would change, and what may be done with it."""
    brought = _found(request, number)
    code = request.GET.get("code", "")
    page = Paginator(queries.problems(brought, code), _PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "brought": brought,
        "is_running": brought.work is not None and not brought.work.is_over,
        "groups": queries.problem_groups(brought),
        "chosen": code,
        "page": page,
        "differences": queries.difference_rows(brought),
        "has_report": queries.report_path(brought).exists(),
        "has_preview": queries.preview_path(brought).exists(),
    }
    return render(request, "land/import_detail.html", context)


@require_GET
@office_required("land.import")
def import_progress(request: OfficerRequest, number: int) -> HttpResponse:
    """How far it is; once it is over, the browser is told to load the page anew."""
    brought = _found(request, number)
    response = render(request, "land/_import_progress.html", {"brought": brought})
    if brought.work is None or brought.work.is_over:
        response["HX-Refresh"] = "true"
    return response


@require_POST
@office_required("land.import")
def import_apply(request: OfficerRequest, number: int) -> HttpResponse:
    """The clerk's decision: apply it all."""
    brought = _found(request, number)
    try:
        start_applying(request.officer, brought)
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect(brought)


@require_POST
@office_required("land.import")
def import_stop(request: OfficerRequest, number: int) -> HttpResponse:
    """Stops checking or applying; nothing is half written."""
    brought = _found(request, number)
    if brought.work is not None:
        try:
            background.stop(request.officer, brought.work)
            messages.info(request, _("It stops at the next step. Nothing is half written."))
        except Refused as refusal:
            messages.error(request, refusal.message)
    return redirect(brought)


@require_GET
@office_required("land.import")
def import_report(request: OfficerRequest, number: int) -> FileResponse:
    """The workbook with the faulty cells marked."""
    brought = _found(request, number)
    return _file(queries.report_path(brought), f"{brought.file_name}-{_('problems')}.xlsx")


@require_GET
@office_required("land.import")
def import_preview(request: OfficerRequest, number: int) -> FileResponse:
    """New, changed and gone parcels as GeoJSON."""
    return _file(queries.preview_path(_found(request, number)), "preview.geojson")


def _file(path: Path, name: str) -> FileResponse:
    if not path.exists():
        raise Http404
    return FileResponse(path.open("rb"), filename=name, as_attachment=path.suffix == ".xlsx")


def _found(request: OfficerRequest, number: int) -> Import:
    brought: Import = get_object_or_404(queries.imports(request.officer), pk=number)
    if brought.work is not None:
        brought.work = background.bury_if_dead(brought.work)
    return brought
