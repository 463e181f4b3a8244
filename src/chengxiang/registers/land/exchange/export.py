"""The register of a place given back as a submission package."""

from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

from chengxiang.kernel.accounts.officer import Officer
from chengxiang.kernel.errors import Refused
from chengxiang.kernel.geometry import zone_crs, zone_of
from chengxiang.kernel.places.models import Place
from chengxiang.registers.land.queries.package import register_package
from chengxiang.registers.land.submission.package import Progress, silent
from chengxiang.registers.land.submission.writing import write_package


def export_package(
    by: Officer, place_code: str, out: Path, *, on: date, progress: Progress = silent
) -> Path:
    """Writes everything in force at a place on a day as a folder, or a zip if `out` says so.

    Needs `land.export` at the place. Refuses a place that is not known and one above a county,
    since a package is of one county. Coordinates are in the county's own 3° zone, to the mm.
    """
    by.require("land.export", at=place_code)
    if len(place_code) < 6:
        raise Refused(
            "land.export_too_wide", _("A package is of one county: name a county or less.")
        )
    county = Place.objects.filter(code=place_code[:6]).first()
    if county is None:
        raise Refused(
            "places.unknown",
            _("No place has the code %(code)s.") % {"code": place_code},
            field="place",
        )
    package = register_package(
        by,
        place_code,
        name=county.name,
        year=str(on.year),
        crs=_zone_of(county),
        on=on,
        progress=progress,
    )
    return write_package(package, out, progress=progress)


def _zone_of(county: Place) -> str:
    """The county's own zone by the middle of its extent; of Liaoning's middle if not known."""
    west, _south, east, _north = county.extent or (123.0, 0.0, 123.0, 0.0)
    return zone_crs(int(zone_of((west + east) / 2)))
