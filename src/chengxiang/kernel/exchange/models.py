"""Which files came in, what was found wrong with them, and what became of them."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from chengxiang.kernel.accounts.models import Account
from chengxiang.kernel.accounts.visibility import VisibleQuerySet
from chengxiang.kernel.background.models import Work


class ImportQuerySet(VisibleQuerySet["Import"]):
    read_permission = "exchange.import"


class Import(models.Model):
    """One file brought in; remembered by its hash, so bringing it again changes nothing."""

    class State(models.TextChoices):
        CHECKING = "checking", _("being checked")
        CHECKED = "checked", _("checked, waiting for your decision")
        REFUSED = "refused", _("refused: has errors")
        APPLYING = "applying", _("being applied")
        APPLIED = "applied", _("applied")
        FAILED = "failed", _("stopped; nothing was written")

    format = models.CharField(_("format"), max_length=20)
    file_name = models.CharField(_("file"), max_length=200)
    path = models.CharField(_("stored at"), max_length=400, help_text="below the home folder")
    sha256 = models.CharField(_("SHA-256"), max_length=64, db_index=True)
    size = models.BigIntegerField(_("size in bytes"))
    # Of the content; before the content is known, of the office that brought it.
    place_code = models.CharField(_("place"), max_length=12)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.CHECKING
    )
    work = models.ForeignKey(Work, models.PROTECT, null=True, related_name="+")
    brought_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    brought_at = models.DateTimeField(_("brought in"), auto_now_add=True)
    applied_at = models.DateTimeField(_("applied"), null=True)
    crs = models.CharField(_("coordinate system"), max_length=400, blank=True)
    counts = models.JSONField(_("rows per table"), default=dict)
    figures = models.JSONField(_("figures"), default=dict)
    differences = models.JSONField(_("differences"), default=dict)
    errors = models.IntegerField(_("errors"), default=0)
    warnings = models.IntegerField(_("warnings"), default=0)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["format", "sha256"],
                condition=models.Q(state="applied"),
                name="exchange_applied_once",
            )
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def code(self) -> str:
        """How history names it."""
        return f"import-{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse(f"{self.format}:import_detail", args=[self.pk])


class ImportProblem(models.Model):
    """One thing wrong in a file, where it stands, what it says, and how to mend it."""

    brought = models.ForeignKey(Import, models.CASCADE, related_name="problems")
    code = models.CharField(_("code"), max_length=40)
    severity = models.CharField(_("severity"), max_length=8)
    file = models.CharField(_("file"), max_length=200, blank=True)
    table = models.CharField(_("table"), max_length=20, blank=True)
    row = models.IntegerField(_("row"), null=True)
    key = models.CharField(_("key"), max_length=80, blank=True)
    field = models.CharField(_("field"), max_length=20, blank=True)
    value = models.TextField(_("value"), blank=True)
    message = models.TextField(_("what is wrong (Chinese)"))
    remedy = models.TextField(_("what to do (Chinese)"))
    message_en = models.TextField(_("what is wrong"))
    remedy_en = models.TextField(_("what to do"))

    class Meta:
        verbose_name = _("problem")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["brought", "severity", "code"], name="exchange_problem_kind")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.key}"
