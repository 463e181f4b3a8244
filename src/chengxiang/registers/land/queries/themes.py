"""The themes of the land map (专题): by what parcels are coloured, in which colours.

The colours are of ColorBrewer's colour-blind safe palettes BrBG, PuOr and Greys; the class most
parcels belong to takes the palest tone, so that the exceptions are what is seen.
"""

from django.utils.translation import gettext_lazy as _

from chengxiang.kernel.maps import Legend, LegendItem

GREY = "#d9d9d9"

# Surveyed against contracted area; way with the four other means (12x) as one; certificate state.
THEME_SQL = """
    CASE WHEN r.way IS NULL THEN 'none' WHEN r.way = '100' THEN '110'
         WHEN r.way LIKE '12%%' THEN '120' ELSE r.way END AS way,
    CASE WHEN r.area_m2 IS NULL OR r.area_m2 = 0 THEN 'none'
         WHEN p.area_m2 < r.area_m2 * 0.95 THEN 'less5'
         WHEN p.area_m2 < r.area_m2 * 0.99 THEN 'less1'
         WHEN p.area_m2 > r.area_m2 * 1.05 THEN 'more5'
         WHEN p.area_m2 > r.area_m2 * 1.01 THEN 'more1' ELSE 'same' END AS difference,
    CASE WHEN c.code IS NULL THEN 'none'
         WHEN c.code IN (SELECT certificate_code FROM land_certificateaction
                         WHERE kind = 'cancellation') THEN 'cancelled'
         WHEN c.is_collected THEN 'collected' ELSE 'issued' END AS certificate
"""
# Land held by shares has many holders and no parcel of its own in the field: shown as uncontracted.
RIGHT_SQL = """
    LEFT JOIN land_parcelright r ON r.parcel_id = p.subject_id AND r.valid @> %(on)s::date
        AND r.is_by_shares IS NOT TRUE
    LEFT JOIN land_certificate c ON c.code = r.certificate_code AND r.certificate_code <> ''
        AND c.valid @> %(on)s::date
"""

THEMES = (
    Legend(
        code="way",
        title=_("Way of acquiring"),
        items=[
            LegendItem(value="110", title=_("household contract"), colour="#d9ece3"),
            LegendItem(value="120", title=_("other means"), colour="#dfc27d"),
            LegendItem(value="200", title=_("transfer"), colour="#80cdc1"),
            LegendItem(value="300", title=_("exchange"), colour="#b2abd2"),
            LegendItem(value="900", title=_("other"), colour="#f1a340"),
            LegendItem(value="none", title=_("not contracted"), colour=GREY),
        ],
    ),
    Legend(
        code="class",
        title=_("Class of parcel"),
        items=[
            LegendItem(value="10", title=_("contracted parcel"), colour="#d9ece3"),
            LegendItem(value="21", title=_("private plot"), colour="#b2abd2"),
            LegendItem(value="22", title=_("reserve land"), colour="#dfc27d"),
            LegendItem(value="23", title=_("reclaimed land"), colour="#80cdc1"),
            LegendItem(value="99", title=_("other collective land"), colour=GREY),
        ],
    ),
    Legend(
        code="use",
        title=_("Use"),
        items=[
            LegendItem(value="1", title=_("crops"), colour="#f3e6c4"),
            LegendItem(value="2", title=_("forestry"), colour="#5ab4ac"),
            LegendItem(value="3", title=_("animal husbandry"), colour="#bf812d"),
            LegendItem(value="4", title=_("fishery"), colour="#998ec3"),
            LegendItem(value="5", title=_("non-agricultural"), colour="#969696"),
        ],
    ),
    Legend(
        code="certificate",
        title=_("Certificate"),
        items=[
            LegendItem(value="collected", title=_("handed over"), colour="#d9ece3"),
            LegendItem(value="issued", title=_("issued, not yet collected"), colour="#80cdc1"),
            LegendItem(value="cancelled", title=_("cancelled"), colour="#998ec3"),
            LegendItem(value="none", title=_("no certificate"), colour="#dfc27d"),
        ],
    ),
    Legend(
        code="difference",
        title=_("Surveyed against contracted area"),
        items=[
            LegendItem(value="less5", title=_("more than 5 % smaller"), colour="#b35806"),
            LegendItem(value="less1", title=_("1 to 5 % smaller"), colour="#fdb863"),
            LegendItem(value="same", title=_("within 1 %"), colour="#f7f7f7"),
            LegendItem(value="more1", title=_("1 to 5 % larger"), colour="#b2abd2"),
            LegendItem(value="more5", title=_("more than 5 % larger"), colour="#5e3c99"),
            LegendItem(value="none", title=_("not contracted"), colour=GREY),
        ],
    ),
)


def theme(code: str) -> Legend:
    """The theme of that code; the first where there is none."""
    return next((legend for legend in THEMES if legend.code == code), THEMES[0])
