"""What was done (entries) and what was looked at unmasked (readings); nothing here is ever changed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from chengxiang.kernel.accounts.models import Account
from chengxiang.kernel.accounts.visibility import VisibleQuerySet


class EntryQuerySet(VisibleQuerySet["Entry"]):
    read_permission = "subjects.read"


class Entry(models.Model):
    """One action on one record, by its action code; the words stand in the area's contents page."""

    at = models.DateTimeField(_("at"), auto_now_add=True)
    action = models.CharField(_("action"), max_length=60)
    actor = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    record = models.CharField(_("record"), max_length=40, help_text="code of the record")
    place_code = models.CharField(_("place"), max_length=12)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    data = models.JSONField(_("data"), default=dict)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("history entry")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["record", "at"], name="history_record")]

    def __str__(self) -> str:
        return f"{self.action} {self.record}"


class ReadingQuerySet(VisibleQuerySet["Reading"]):
    read_permission = "history.read"


class Reading(models.Model):
    """Somebody saw personal data unmasked: who, whose, which field, and what for."""

    at = models.DateTimeField(_("at"), auto_now_add=True)
    reader = models.ForeignKey(Account, models.PROTECT, related_name="+")
    record = models.CharField(_("record"), max_length=40)
    field = models.CharField(_("field"), max_length=40)
    place_code = models.CharField(_("place"), max_length=12)
    purpose = models.CharField(_("purpose"), max_length=200)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        verbose_name = _("reading")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["record", "at"], name="history_reading_record")]

    def __str__(self) -> str:
        return f"{self.reader} {self.record} {self.field}"
