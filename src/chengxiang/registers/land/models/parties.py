"""Who gives land out and who holds it: issuing parties, contractors and their members."""

import pghistory
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from chengxiang.kernel.subjects.models import Subject

from .base import LandQuerySet, Registered, place_index, plain_index, unique_code


class DocumentKind(models.TextChoices):
    IDENTITY_CARD = "1", _("identity card")
    OFFICER = "2", _("officer's card")
    ORGANISATION = "3", _("organisation code")
    HOUSEHOLD_BOOKLET = "4", _("household booklet")
    PASSPORT = "5", _("passport")
    OTHER = "9", _("other document")


class IssuingPartyQuerySet(LandQuerySet["IssuingParty"]):
    pass


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class IssuingParty(Registered):
    """Issuing party (发包方, FBF in NY/T 2539): the collective that contracts its land out."""

    subject = models.OneToOneField(Subject, models.PROTECT, primary_key=True, related_name="+")
    code = models.CharField(_("issuing party code"), max_length=14)
    head_name = models.CharField(_("person in charge"), max_length=50)
    head_document_kind = models.CharField(_("document"), max_length=1, choices=DocumentKind.choices)
    head_document_number = models.CharField(_("document number"), max_length=30)
    phone = models.CharField(_("telephone"), max_length=15, blank=True)
    address = models.CharField(_("address"), max_length=100)
    postcode = models.CharField(_("postcode"), max_length=6)
    surveyor = models.CharField(_("surveyor"), max_length=254)
    surveyed_on = models.DateField(_("surveyed on"), null=True)
    survey_note = models.CharField(_("survey note"), max_length=254, blank=True)

    objects = IssuingPartyQuerySet.as_manager()

    class Meta:
        verbose_name = _("issuing party")
        ordering = ["code"]
        indexes = [place_index("land_issuing_party_place")]
        constraints = [unique_code("land_issuing_party_code")]

    def __str__(self) -> str:
        return self.subject.name


class ContractorQuerySet(LandQuerySet["Contractor"]):
    pass


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class Contractor(Registered):
    """Contractor (承包方, CBF in NY/T 2539): the household, person or unit that holds the right.

    LADM: LA_GroupParty for a household, LA_Party for the others. The name is the representative's.
    """

    class Kind(models.TextChoices):
        HOUSEHOLD = "1", _("household")
        PERSON = "2", _("individual")
        UNIT = "3", _("unit")

    subject = models.OneToOneField(Subject, models.PROTECT, primary_key=True, related_name="+")
    code = models.CharField(_("contractor code"), max_length=18)
    kind = models.CharField(_("kind of contractor"), max_length=1, choices=Kind.choices)
    issuing_party = models.ForeignKey(IssuingParty, models.PROTECT, related_name="contractors")
    document_kind = models.CharField(_("document"), max_length=1, choices=DocumentKind.choices)
    document_number = models.CharField(_("document number"), max_length=20)
    address = models.CharField(_("address"), max_length=100)
    postcode = models.CharField(_("postcode"), max_length=6)
    phone = models.CharField(_("telephone"), max_length=20, blank=True)
    member_count = models.IntegerField(_("members"))
    surveyed_on = models.DateField(_("surveyed on"), null=True)
    surveyor = models.CharField(_("surveyor"), max_length=50)
    survey_note = models.CharField(_("survey note"), max_length=254, blank=True)
    posting_note = models.CharField(_("posting note"), max_length=254, blank=True)
    posting_recorder = models.CharField(_("posting recorded by"), max_length=50)
    posting_reviewed_on = models.DateField(_("posting reviewed on"), null=True)
    posting_reviewer = models.CharField(_("posting reviewed by"), max_length=50)

    objects = ContractorQuerySet.as_manager()

    class Meta:
        verbose_name = _("contractor")
        ordering = ["code"]
        indexes = [
            place_index("land_contractor_place"),
            plain_index("land_contractor_document", "document_number"),
        ]
        constraints = [unique_code("land_contractor_code")]

    def __str__(self) -> str:
        return self.subject.name

    def get_absolute_url(self) -> str:
        return reverse("land:contractor_detail", args=[self.code])


class MemberQuerySet(LandQuerySet["Member"]):
    pass


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class Member(Registered):
    """Member of a contractor household (家庭成员, CBF_JTCY); LADM: LA_PartyMember."""

    class Sex(models.TextChoices):
        MALE = "1", _("male")
        FEMALE = "2", _("female")

    class Note(models.TextChoices):
        MARRIED_OUT = "1", _("married out")
        MARRIED_IN = "2", _("husband married in")
        STUDENT = "3", _("university student")
        CIVIL_SERVANT = "4", _("civil servant")
        SOLDIER = "5", _("soldier")
        NEWBORN = "6", _("newborn")
        DEAD = "7", _("dead")
        OTHER = "9", _("other")

    contractor = models.ForeignKey(Contractor, models.PROTECT, related_name="members")
    name = models.CharField(_("name"), max_length=50)
    pinyin = models.CharField(_("pinyin"), max_length=200, blank=True)
    initials = models.CharField(_("initials"), max_length=50, blank=True)
    sex = models.CharField(_("sex"), max_length=1, choices=Sex.choices)
    document_kind = models.CharField(_("document"), max_length=1, choices=DocumentKind.choices)
    document_number = models.CharField(_("document number"), max_length=20)
    relation = models.CharField(_("relation to the head"), max_length=2, blank=True)
    note_kind = models.CharField(_("note"), max_length=1, choices=Note.choices, blank=True)
    is_co_owner = models.BooleanField(_("shares the right"), null=True)
    note = models.CharField(_("note in words"), max_length=254, blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member")
        ordering = ["contractor", "relation", "id"]
        indexes = [
            place_index("land_member_place"),
            plain_index("land_member_document", "document_number"),
            *(
                models.Index(
                    fields=[field],
                    name=f"land_member_{field}_prefix",
                    opclasses=["varchar_pattern_ops"],
                )
                for field in ("name", "pinyin", "initials")
            ),
        ]

    def __str__(self) -> str:
        return self.name
