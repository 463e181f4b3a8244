"""What the map's script says, in the reader's language."""

from django.utils.translation import gettext as _


def words() -> dict[str, str]:
    """The words by the script's own keys."""
    return {
        "zoom_in": _("Zoom in"),
        "zoom_out": _("Zoom out"),
        "mu": _("mu"),
        "parcels": _("parcels"),
        "of_this_holder": _("chosen"),
        "others": _("other"),
        "length": _("Length"),
        "area": _("Area"),
        "measure_hint": _("Click point by point. A double click ends, Escape stops."),
        "not_found": _("No parcel of that code in your area."),
        "in_view": _("in view"),
        "zoom_for_parcels": _("Zoom in to see the single parcels."),
        "nothing": _("No contracted land in view."),
        "code": _("Parcel"),
        "who": _("Contractor"),
        "village": _("Village"),
        "count": _("Parcels"),
        "contracted": _("Surveyed (mu)"),
        "failed": _("The map could not be loaded. Try again."),
        "more": _("and more; zoom in to see all"),
        "north": _("N"),
        "open": _("Open the record"),
    }
