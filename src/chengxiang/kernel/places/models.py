"""Which places there are on a day, what lies in what, and what became of a place."""

from datetime import date
from typing import Self

from django.contrib.postgres.fields import DateRangeField
from django.contrib.postgres.indexes import GinIndex, GistIndex, OpClass
from django.db import models
from django.db.models import F, Func
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from chengxiang.kernel.fields import BoxField
from chengxiang.kernel.places.latin import latin_name

# Digits of a code at each level (GB/T 2260, GB/T 10114 and the statistical division codes).
LEVELS = {2: "province", 4: "prefecture", 6: "county", 9: "township", 12: "village"}


class Characters(Func):
    """The characters of a text as an array: names are searched by part, however short the part.

    Trigrams would need three characters, and letters that the database's locale knows.
    """

    template = "string_to_array(%(expressions)s, NULL)"


class Joined(Func):
    """Pinyin with its syllables joined, as people type it: fangmuzhen."""

    template = "replace(%(expressions)s, ' ', '')"
    output_field = models.TextField()


class PlaceQuerySet(models.QuerySet["Place"]):
    def in_force(self, on: date) -> Self:
        return self.filter(valid__contains=on)

    def below(self, code: str) -> Self:
        """Every place inside the territory of `code`, itself included: one index range."""
        return self.filter(code__startswith=code)


class Place(models.Model):
    """A division of the territory (行政区划) at one of the five levels."""

    class Kind(models.TextChoices):
        PROVINCE = "province", _("province")
        PREFECTURE = "prefecture", _("prefecture")
        COUNTY = "county", _("county")
        DISTRICT = "district", _("district")
        COUNTY_CITY = "county_city", _("county-level city")
        AUTONOMOUS_COUNTY = "autonomous_county", _("autonomous county")
        STREET = "street", _("street")
        TOWN = "town", _("town")
        TOWNSHIP = "township", _("township")
        OTHER = "other", _("other unit")
        RESIDENTS = "residents_committee", _("residents' committee")
        VILLAGERS = "villagers_committee", _("villagers' committee")

    code = models.CharField(_("code"), max_length=12, unique=True)
    level = models.CharField(
        _("level"), max_length=10, choices=[(v, _(v)) for v in LEVELS.values()]
    )
    kind = models.CharField(_("kind"), max_length=24)
    name = models.CharField(_("name"), max_length=60)
    pinyin = models.CharField(
        _("pinyin"), max_length=200, help_text="syllables apart: fang mu zhen"
    )
    initials = models.CharField(_("initials"), max_length=40)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    urban_rural_class = models.CharField(_("urban-rural class"), max_length=3, blank=True)
    valid = DateRangeField(_("valid"))
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors"
    )
    boundary = models.BinaryField(_("boundary"), null=True, help_text="WKB, EPSG:4490")
    extent = BoxField(_("extent"), null=True)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["code"]
        indexes = [
            models.Index(fields=["parent", "code"], name="place_children"),
            # No pending list: after a bulk load it would make the index dearer than the table.
            GinIndex(Characters(F("name")), name="place_name_part", fastupdate=False),
            models.Index(OpClass(Joined(F("pinyin")), "text_pattern_ops"), name="place_pinyin"),
            models.Index(OpClass("initials", "varchar_pattern_ops"), name="place_initials"),
            GistIndex(fields=["extent"], name="place_extent"),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("places:place_detail", args=[self.code])

    @property
    def place_code(self) -> str:
        """Its own code: a place is a record at itself (history, permissions)."""
        return self.code

    @property
    def kind_label(self) -> str:
        """The kind in the reader's language."""
        return str(self.Kind(self.kind).label) if self.kind in self.Kind.values else self.kind

    @property
    def name_en(self) -> str:
        """The name in English: Fangmu Town."""
        return latin_name(self.name, self.pinyin)

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return self.name if (get_language() or "zh").startswith("zh") else self.name_en

    def covers(self, code: str) -> bool:
        """Whether a code lies in this place: its own or one that begins with it."""
        return code.startswith(self.code)

    def children(self) -> PlaceQuerySet:
        """The places right below, in order of code: one indexed query."""
        return Place.objects.filter(parent=self).order_by("code")

    def ancestors(self) -> PlaceQuerySet:
        """The places this one lies in, widest first: one indexed query."""
        codes = [self.code[:length] for length in LEVELS if length < len(self.code)]
        return Place.objects.filter(code__in=codes).order_by("code")
