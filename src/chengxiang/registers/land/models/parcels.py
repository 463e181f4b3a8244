"""The land itself: parcels, their boundary points and lines, and the layers around them."""

import pghistory
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from chengxiang.kernel.fields import BoxField
from chengxiang.kernel.subjects.models import Subject

from .base import LandQuerySet, Registered, place_index, unique_code


class Use(models.TextChoices):
    CROPS = "1", _("crops")
    FORESTRY = "2", _("forestry")
    HUSBANDRY = "3", _("animal husbandry")
    FISHERY = "4", _("fishery")
    NON_AGRICULTURAL = "5", _("non-agricultural")


# The classes of farmland in GB/T 21010-2007; suppliers are known to swap the last two.
LAND_USES = {"011": _("paddy field"), "012": _("irrigated field"), "013": _("dry field")}


class ParcelQuerySet(LandQuerySet["Parcel"]):
    pass


# A box has no equality; whenever the extent changes, so does the geometry.
@pghistory.track(
    pghistory.UpdateEvent(row=pghistory.Old, condition=pghistory.AnyChange(exclude=["extent"])),
    pghistory.DeleteEvent(),
)
class Parcel(Registered):
    """Parcel (地块, DK in NY/T 2539); LADM: LA_SpatialUnit.

    `area_m2` is the surveyed area (实测面积) stated by the survey. `geodesic_area_m2` is computed
    from the geometry on the CGCS2000 ellipsoid; the two differ lawfully.
    """

    class Class(models.TextChoices):
        CONTRACTED = "10", _("contracted parcel")
        PRIVATE = "21", _("private plot")
        RESERVE = "22", _("reserve land")
        RECLAIMED = "23", _("reclaimed land")
        OTHER = "99", _("other collective land")

    class Ownership(models.TextChoices):
        STATE = "10", _("state")
        COLLECTIVE = "30", _("collective")
        GROUP = "31", _("villagers' group")
        VILLAGE = "32", _("village collective")
        TOWNSHIP = "33", _("township collective")
        OTHER = "34", _("other farmers' collective")

    subject = models.OneToOneField(Subject, models.PROTECT, primary_key=True, related_name="+")
    code = models.CharField(_("parcel code"), max_length=19)
    number = models.BigIntegerField(_("feature number"), help_text="BSM of the package")
    feature_code = models.CharField(_("feature code"), max_length=6, blank=True)
    ownership = models.CharField(
        _("ownership"), max_length=2, choices=Ownership.choices, blank=True
    )
    parcel_class = models.CharField(_("class"), max_length=2, choices=Class.choices)
    land_use = models.CharField(_("land use (GB/T 21010)"), max_length=3, blank=True)
    soil_grade = models.CharField(_("soil grade"), max_length=2)
    use = models.CharField(_("use"), max_length=1, choices=Use.choices)
    is_basic_farmland = models.BooleanField(_("permanent basic farmland"))
    area_m2 = models.DecimalField(_("surveyed area (m²)"), max_digits=15, decimal_places=2)
    stated_area_mu = models.DecimalField(
        _("surveyed area (mu)"), max_digits=15, decimal_places=2, null=True
    )
    east = models.CharField(_("east"), max_length=50, blank=True)
    west = models.CharField(_("west"), max_length=50, blank=True)
    south = models.CharField(_("south"), max_length=50, blank=True)
    north = models.CharField(_("north"), max_length=50, blank=True)
    note = models.CharField(_("note"), max_length=254, blank=True)
    boundary_witness = models.CharField(_("boundary shown by"), max_length=100, blank=True)
    point_list = models.CharField(_("coordinates"), max_length=254, blank=True)
    geometry = models.BinaryField(_("geometry"), help_text="WKB, EPSG:4490, longitude first")
    extent = BoxField(_("extent"))
    geodesic_area_m2 = models.FloatField(_("area on the ellipsoid (m²)"))

    objects = ParcelQuerySet.as_manager()

    class Meta:
        verbose_name = _("parcel")
        ordering = ["code"]
        indexes = [
            place_index("land_parcel_place"),
            GistIndex(fields=["extent"], name="land_parcel_extent"),
        ]
        constraints = [unique_code("land_parcel_code")]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("land:parcel_detail", args=[self.code])

    @property
    def land_use_words(self) -> str:
        """The land use in words where it is farmland, else its code."""
        return str(LAND_USES.get(self.land_use, self.land_use))


# Made by pghistory: what an update or delete of a parcel replaced, with the time and the context.
ParcelEvent = Parcel.pgh_event_model  # type: ignore[attr-defined]


class BoundaryPointQuerySet(LandQuerySet["BoundaryPoint"]):
    pass


class BoundaryPoint(Registered):
    """Boundary point (界址点, JZD); LADM: LA_Point. One point may belong to several parcels."""

    number = models.BigIntegerField(_("feature number"))
    feature_code = models.CharField(_("feature code"), max_length=6, blank=True)
    point_number = models.CharField(_("point number"), max_length=10)
    point_kind = models.CharField(_("way of survey"), max_length=1)
    mark_kind = models.CharField(_("mark"), max_length=1, blank=True)
    parcel_codes = models.CharField(_("parcels"), max_length=254)
    stated_x = models.DecimalField(_("X"), max_digits=14, decimal_places=3, null=True)
    stated_y = models.DecimalField(_("Y"), max_digits=14, decimal_places=3, null=True)
    geometry = models.BinaryField(_("geometry"), null=True)

    objects = BoundaryPointQuerySet.as_manager()

    class Meta:
        verbose_name = _("boundary point")
        ordering = ["number"]
        indexes = [place_index("land_boundary_point_place")]


class BoundaryLineQuerySet(LandQuerySet["BoundaryLine"]):
    pass


class BoundaryLine(Registered):
    """Boundary line (界址线, JZX); LADM: LA_BoundaryFaceString."""

    number = models.BigIntegerField(_("feature number"))
    feature_code = models.CharField(_("feature code"), max_length=6, blank=True)
    nature = models.CharField(_("nature"), max_length=6, blank=True)
    line_kind = models.CharField(_("kind"), max_length=2, blank=True)
    position = models.CharField(_("position"), max_length=1)
    description = models.CharField(_("description"), max_length=254)
    neighbour_name = models.CharField(_("neighbouring right holder"), max_length=100)
    neighbour_witness = models.CharField(_("neighbour's witness"), max_length=100)
    line_number = models.CharField(_("line number"), max_length=10, blank=True)
    first_point = models.CharField(_("from point"), max_length=10, blank=True)
    last_point = models.CharField(_("to point"), max_length=10, blank=True)
    parcel_codes = models.CharField(_("parcels"), max_length=254)
    geometry = models.BinaryField(_("geometry"), null=True)

    objects = BoundaryLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("boundary line")
        ordering = ["number"]
        indexes = [place_index("land_boundary_line_place")]


class LayerFeatureQuerySet(LandQuerySet["LayerFeature"]):
    pass


class LayerFeature(Registered):
    """A feature of one of the package's other layers: control points, territories, farmland zones.

    Kept as submitted, so that the package can be given back whole; `attributes` has the national
    fields of its layer.
    """

    layer = models.CharField(_("layer"), max_length=8)
    number = models.BigIntegerField(_("feature number"))
    attributes = models.JSONField(_("attributes"))
    geometry = models.BinaryField(_("geometry"), null=True)

    objects = LayerFeatureQuerySet.as_manager()

    class Meta:
        verbose_name = _("layer feature")
        ordering = ["layer", "number"]
        indexes = [place_index("land_layer_feature_place")]
