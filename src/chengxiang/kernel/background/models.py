"""How far a long piece of work is, and whether somebody asked it to stop."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from chengxiang.kernel.accounts.models import Account


class Work(models.Model):
    """A piece of long work a person started: what, how far, and how it ended."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("cancelled")

    name = models.CharField(_("name"), max_length=60)
    arguments = models.JSONField(_("arguments"), default=dict)
    started_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.WAITING
    )
    step = models.CharField(_("step"), max_length=80, blank=True)
    done = models.BigIntegerField(_("done"), default=0)
    total = models.BigIntegerField(_("total"), default=0)
    stop_requested = models.BooleanField(_("stop requested"), default=False)
    error = models.TextField(_("error"), blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    touched_at = models.DateTimeField(_("last sign of life"), auto_now=True)

    class Meta:
        verbose_name = _("work")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.name} {self.pk}"

    @property
    def percent(self) -> int:
        return int(100 * self.done / self.total) if self.total else 0

    @property
    def is_over(self) -> bool:
        return self.state in {self.State.DONE, self.State.FAILED, self.State.CANCELLED}
