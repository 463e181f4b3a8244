"""What is written in the register and handed to the holder: entries, certificates, evidence."""

import pghistory
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import LandQuerySet, Registered, place_index, plain_index, unique_code
from .parties import Contractor, DocumentKind, IssuingParty
from .rights import Way


class RegisterEntryQuerySet(LandQuerySet["RegisterEntry"]):
    pass


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class RegisterEntry(Registered):
    """Entry in the register of rights (登记簿, CBJYQZDJB)."""

    code = models.CharField(_("certificate code"), max_length=19)
    issuing_party = models.ForeignKey(IssuingParty, models.PROTECT, related_name="+")
    contractor = models.ForeignKey(Contractor, models.PROTECT, related_name="entries")
    way = models.CharField(_("way of acquiring"), max_length=3, choices=Way.choices)
    term_text = models.CharField(_("term in words"), max_length=30)
    term = DateRangeField(_("term"))
    sketch = models.CharField(_("parcel sketch"), max_length=254)
    serial = models.CharField(_("certificate number"), max_length=254)
    note = models.CharField(_("note"), max_length=254, blank=True)
    previous_number = models.CharField(_("previous certificate"), max_length=100, blank=True)
    registrar = models.CharField(_("registrar"), max_length=50)
    registered_on = models.DateField(_("registered on"), null=True)

    objects = RegisterEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("register entry")
        ordering = ["code"]
        indexes = [place_index("land_entry_place"), plain_index("land_entry_serial", "serial")]
        constraints = [unique_code("land_entry_code")]

    def __str__(self) -> str:
        return self.code


class CertificateQuerySet(LandQuerySet["Certificate"]):
    pass


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class Certificate(Registered):
    """Certificate of the contract and management right (承包经营权证, CBJYQZ)."""

    code = models.CharField(_("certificate code"), max_length=19)
    entry = models.OneToOneField(RegisterEntry, models.PROTECT, related_name="certificate")
    authority = models.CharField(_("issuing authority"), max_length=50)
    issued_on = models.DateField(_("issued on"), null=True)
    is_collected = models.BooleanField(_("collected"))
    collected_on = models.DateField(_("collected on"), null=True)
    collector_name = models.CharField(_("collected by"), max_length=50, blank=True)
    collector_document_kind = models.CharField(
        _("document"), max_length=1, choices=DocumentKind.choices, blank=True
    )
    collector_document_number = models.CharField(_("document number"), max_length=20, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        ordering = ["code"]
        indexes = [place_index("land_certificate_place")]
        constraints = [unique_code("land_certificate_code")]

    def __str__(self) -> str:
        return self.code


class CertificateActionQuerySet(LandQuerySet["CertificateAction"]):
    pass


class CertificateAction(Registered):
    """What became of a certificate: reissued (补发), replaced (换发) or cancelled (注销)."""

    class Kind(models.TextChoices):
        REISSUE = "reissue", _("reissued after loss")
        REPLACEMENT = "replacement", _("replaced")
        CANCELLATION = "cancellation", _("cancelled")

    kind = models.CharField(_("what happened"), max_length=12, choices=Kind.choices)
    certificate_code = models.CharField(_("certificate code"), max_length=19)
    reason = models.CharField(_("reason"), max_length=200)
    happened_on = models.DateField(_("on"))
    collected_on = models.DateField(_("collected on"), null=True)
    collector_name = models.CharField(_("collected by"), max_length=50, blank=True)
    collector_document_kind = models.CharField(
        _("document"), max_length=1, choices=DocumentKind.choices, blank=True
    )
    collector_document_number = models.CharField(_("document number"), max_length=20, blank=True)

    objects = CertificateActionQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate action")
        ordering = ["happened_on", "id"]
        indexes = [
            place_index("land_certificate_action_place"),
            plain_index("land_certificate_action_code", "certificate_code"),
        ]


class EvidenceQuerySet(LandQuerySet["Evidence"]):
    pass


class Evidence(Registered):
    """Evidence of the source of a right (权属来源资料附件, QSLYZLFJ)."""

    certificate_code = models.CharField(_("certificate code"), max_length=19)
    number = models.CharField(_("number"), max_length=20)
    name = models.CharField(_("name"), max_length=100)
    dated = models.DateField(_("date"), null=True)
    attachment = models.CharField(_("attachment"), max_length=254)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        ordering = ["number"]
        indexes = [
            place_index("land_evidence_place"),
            plain_index("land_evidence_certificate", "certificate_code"),
        ]
