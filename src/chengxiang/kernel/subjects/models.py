"""Who and what the registers know: one list to search, one rule of who may see it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chengxiang.kernel.accounts.visibility import VisibleQuerySet


class SubjectQuerySet(VisibleQuerySet["Subject"]):
    read_permission = "subjects.read"


class Subject(models.Model):
    """A person, household, organisation or parcel (LADM: LA_Party, LA_BAUnit).

    Each register's record is one-to-one with its subject and shares its primary key, so that
    whatever lies below the registers can point at anyone with integrity.
    """

    class Kind(models.TextChoices):
        PERSON = "person", _("person")
        HOUSEHOLD = "household", _("household")
        ORGANISATION = "organisation", _("organisation")
        PARCEL = "parcel", _("parcel")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    code = models.CharField(_("code"), max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=100)
    # Letters only, syllables joined ("wangdefu") and their initials ("wdf"): what a clerk types.
    pinyin = models.CharField(_("pinyin"), max_length=200, blank=True)
    initials = models.CharField(_("initials"), max_length=50, blank=True)
    place_code = models.CharField(_("place"), max_length=12)
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    objects = SubjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("subject")
        ordering = ["code"]
        indexes = [
            models.Index(
                fields=["place_code", "kind"],
                name="subject_place",
                opclasses=["varchar_pattern_ops", "varchar_ops"],
            ),
            # Parcels are asked for by code and map; their names would swell these three.
            *(
                models.Index(
                    fields=[field],
                    name=f"subject_{field}_prefix",
                    opclasses=["varchar_pattern_ops"],
                    condition=~Q(kind="parcel"),
                )
                for field in ("name", "pinyin", "initials")
            ),
        ]

    def __str__(self) -> str:
        return self.name
