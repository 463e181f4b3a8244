"""The parcels of a sheet of paper, with the value of a theme and who holds them."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from chengxiang.kernel.accounts.officer import Officer
from chengxiang.registers.land.queries.themes import RIGHT_SQL, THEME_SQL, theme
from chengxiang.registers.land.queries.tiles import territory

MOST_PARCELS = 5000
_COLUMNS = {"class": "parcel_class"}  # the other themes are columns of their own name


@dataclass(frozen=True)
class DrawnParcel:
    """One parcel of a sheet."""

    code: str
    geometry: bytes
    mu: float
    name: str  # of the holder
    value: str  # of the theme


def parcels_drawn(
    officer: Officer, extent: tuple[float, float, float, float], on: date, theme_code: str
) -> list[DrawnParcel]:
    """At most `MOST_PARCELS` parcels that touch the extent (degrees), within what is visible."""
    within = territory(officer, "")
    if not within:
        return []
    west, south, east, north = map(float, extent)
    code = theme(theme_code).code
    value = _COLUMNS.get(code, code)
    query = f"""
        SELECT code, geometry, mu, name, {value} FROM (
          SELECT p.code, p.geometry, round(p.area_m2 * 0.0015, 2) AS mu,
                 coalesce(s.name, '') AS name, {THEME_SQL},
                 p.parcel_class, p.use
          FROM land_parcel p {RIGHT_SQL}
          LEFT JOIN subjects_subject s ON s.id = r.contractor_id
          WHERE p.extent && %(box)s::box AND p.valid @> %(on)s::date
            AND p.place_code LIKE ANY(%(within)s)
        ) drawn
        ORDER BY code LIMIT {MOST_PARCELS}
    """
    with connection.cursor() as cursor:
        cursor.execute(
            query,
            {
                "box": f"({west},{south}),({east},{north})",
                "on": on,
                "within": [f"{code}%" for code in within],
            },
        )
        return [
            DrawnParcel(code, bytes(geometry), float(mu), name, shown)
            for code, geometry, mu, name, shown in cursor.fetchall()
        ]
