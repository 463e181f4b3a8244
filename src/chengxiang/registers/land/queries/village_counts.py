"""How many parcels and mu of every class each village has, for the map's wide views."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.core.cache import cache
from django.db import connection

from chengxiang.kernel.places.latin import latin_name
from chengxiang.registers.land.queries.themes import RIGHT_SQL, THEME_SQL

_SECONDS = 24 * 3600


@dataclass(frozen=True)
class PlaceCounts:
    """A village or township with its figures: `n`, `cmu`, and both for each theme and value."""

    code: str
    name: str
    name_en: str
    longitude: float
    latitude: float
    figures: dict[str, int]  # n, cmu, n_way_110, cmu_way_110 …; cmu is hundredths of a mu


def village_counts(prefix: str, on: date, version: str, digits: int) -> list[PlaceCounts]:
    """The villages (`digits` 12) or townships (9) below a place that have parcels.

    Counted once for each data version and kept; a million parcels take one or two seconds.
    """
    key = f"land-counts-{prefix}-{on}-{digits}-{version}".replace(" ", "_")
    known: list[PlaceCounts] | None = cache.get(key)
    if known is None:
        known = _count(prefix, on, digits)
        cache.set(key, known, _SECONDS)
    return known


def _count(prefix: str, on: date, digits: int) -> list[PlaceCounts]:
    sql = f"""
    SELECT g.*, q.name, q.pinyin FROM (
      SELECT left(place_code, %(digits)s) AS place, parcel_class, use, way, difference,
             certificate, count(*), sum(cmu)::bigint, sum(x), sum(y)
      FROM (
        SELECT p.place_code, p.parcel_class, p.use, {THEME_SQL},
               round(p.area_m2 * 0.15) AS cmu,
               (center(p.extent))[0] AS x, (center(p.extent))[1] AS y
        FROM land_parcel p {RIGHT_SQL}
        WHERE p.place_code LIKE %(within)s AND p.valid @> %(on)s::date
      ) parcels
      GROUP BY 1, 2, 3, 4, 5, 6
    ) g LEFT JOIN places_place q ON q.code = g.place
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, {"within": f"{prefix}%", "on": on, "digits": digits})
        rows = cursor.fetchall()
    figures: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    middle: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    names: dict[str, tuple[str, str]] = {}
    for place, kind, use, way, difference, certificate, n, cmu, x, y, name, pinyin in rows:
        values = {
            "class": kind, "use": use, "way": way,
            "difference": difference, "certificate": certificate,
        }  # fmt: skip
        own = figures[place]
        for suffix in ("", *(f"_{theme}_{value}" for theme, value in values.items())):
            own[f"n{suffix}"] += n
            own[f"cmu{suffix}"] += cmu
        middle[place][0] += x
        middle[place][1] += y
        names[place] = name or place, latin_name(name, pinyin) if name else place
    return [
        PlaceCounts(
            place,
            *names[place],
            middle[place][0] / own["n"],
            middle[place][1] / own["n"],
            dict(own),
        )
        for place, own in sorted(figures.items())
    ]
