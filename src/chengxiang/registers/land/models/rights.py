"""Who holds which parcel from whom, until when: contracts and the rights they give."""

from datetime import date

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .base import LandQuerySet, Registered, last_day, place_index, unique_code
from .parcels import Parcel, Use
from .parties import Contractor, IssuingParty


class Way(models.TextChoices):
    """Way of acquiring (取得方式, table C.10)."""

    CONTRACT = "100", _("contract")
    HOUSEHOLD = "110", _("household contract")
    OTHER_MEANS = "120", _("other means")
    TENDER = "121", _("tender")
    AUCTION = "122", _("auction")
    NEGOTIATION = "123", _("public negotiation")
    OTHER_MEANS_STILL = "129", _("other way")
    TRANSFER = "200", _("transfer")
    EXCHANGE = "300", _("exchange")
    OTHER = "900", _("other")


class ContractQuerySet(LandQuerySet["Contract"]):
    pass


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class Contract(Registered):
    """Land contract (承包合同, CBHT); LADM: LA_AdministrativeSource."""

    code = models.CharField(_("contract code"), max_length=19)
    previous_code = models.CharField(_("previous contract"), max_length=19, blank=True)
    issuing_party = models.ForeignKey(IssuingParty, models.PROTECT, related_name="contracts")
    contractor = models.ForeignKey(Contractor, models.PROTECT, related_name="contracts")
    way = models.CharField(_("way of acquiring"), max_length=3, choices=Way.choices)
    # The package's last day is inside the term, so the range ends one day later.
    term = DateRangeField(_("term"))
    area_m2 = models.DecimalField(_("contract area (m²)"), max_digits=15, decimal_places=2)
    stated_area_mu = models.DecimalField(
        _("contract area (mu)"), max_digits=15, decimal_places=2, null=True
    )
    original_area_m2 = models.DecimalField(
        _("original contract area (m²)"), max_digits=15, decimal_places=2, null=True
    )
    original_area_mu = models.DecimalField(
        _("original contract area (mu)"), max_digits=15, decimal_places=2, null=True
    )
    parcel_count = models.IntegerField(_("parcels"))
    signed_on = models.DateField(_("signed on"), null=True)

    objects = ContractQuerySet.as_manager()

    class Meta:
        verbose_name = _("contract")
        ordering = ["code"]
        indexes = [place_index("land_contract_place")]
        constraints = [unique_code("land_contract_code")]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("land:contractor_detail", args=[self.contractor.code])

    @property
    def last_day(self) -> date:
        """The last day inside the term."""
        return last_day(self.term)


class ParcelRightQuerySet(LandQuerySet["ParcelRight"]):
    pass


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class ParcelRight(Registered):
    """A parcel held under a contract (承包地块信息, CBDKXX); LADM: LA_Right on its LA_BAUnit."""

    parcel = models.ForeignKey(Parcel, models.PROTECT, related_name="rights")
    issuing_party = models.ForeignKey(IssuingParty, models.PROTECT, related_name="+")
    contractor = models.ForeignKey(Contractor, models.PROTECT, related_name="rights")
    contract = models.ForeignKey(Contract, models.PROTECT, null=True, related_name="rights")
    way = models.CharField(_("way of acquiring"), max_length=3, choices=Way.choices)
    area_m2 = models.DecimalField(_("contracted area (m²)"), max_digits=15, decimal_places=2)
    stated_area_mu = models.DecimalField(
        _("contracted area (mu)"), max_digits=15, decimal_places=2, null=True
    )
    original_area_m2 = models.DecimalField(
        _("original contract area (m²)"), max_digits=15, decimal_places=2, null=True
    )
    original_area_mu = models.DecimalField(
        _("original contract area (mu)"), max_digits=15, decimal_places=2, null=True
    )
    circulation_code = models.CharField(_("circulation contract"), max_length=18, blank=True)
    certificate_code = models.CharField(_("certificate"), max_length=19, blank=True)
    is_by_shares = models.BooleanField(_("held by shares"), null=True)

    objects = ParcelRightQuerySet.as_manager()

    class Meta:
        verbose_name = _("parcel held")
        ordering = ["parcel"]
        indexes = [place_index("land_right_place")]
        constraints = [
            ExclusionConstraint(
                name="land_one_live_right_per_parcel",
                expressions=[("parcel", "="), ("valid", "&&")],
                # Land held by shares (确权确股不确地) belongs to many at once.
                condition=Q(is_by_shares__isnull=True) | Q(is_by_shares=False),
                violation_error_message=_("The parcel is already under a contract at that time."),
            )
        ]


class CirculationQuerySet(LandQuerySet["Circulation"]):
    pass


class Circulation(Registered):
    """Circulation contract (流转合同, LZHT): the management right passed on for a time."""

    code = models.CharField(_("circulation contract"), max_length=18)
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="circulations")
    contractor = models.ForeignKey(Contractor, models.PROTECT, related_name="circulations")
    taker_code = models.CharField(_("taker"), max_length=18)
    way = models.CharField(_("way of circulation"), max_length=3, choices=Way.choices)
    term_text = models.CharField(_("term in words"), max_length=10)
    term = DateRangeField(_("term"))
    area_m2 = models.DecimalField(_("area (m²)"), max_digits=15, decimal_places=2)
    stated_area_mu = models.DecimalField(_("area (mu)"), max_digits=15, decimal_places=2, null=True)
    parcel_count = models.IntegerField(_("parcels"))
    use_before = models.CharField(_("use before"), max_length=1, choices=Use.choices, blank=True)
    use_after = models.CharField(_("use after"), max_length=1, choices=Use.choices, blank=True)
    price_note = models.CharField(_("price"), max_length=100)
    signed_on = models.DateField(_("signed on"), null=True)

    objects = CirculationQuerySet.as_manager()

    @property
    def last_day(self) -> date:
        """The last day inside the term."""
        return last_day(self.term)

    class Meta:
        verbose_name = _("circulation contract")
        ordering = ["code"]
        indexes = [place_index("land_circulation_place")]
        constraints = [unique_code("land_circulation_code")]

    def __str__(self) -> str:
        return self.code
