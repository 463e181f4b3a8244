"""What every record of the land register has: a place, a time it is valid, where it came from."""

from datetime import date, timedelta
from typing import Self, TypeVar

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

from chengxiang.kernel.accounts.visibility import VisibleQuerySet
from chengxiang.kernel.exchange.models import Import

R = TypeVar("R", bound=models.Model)


class LandQuerySet(VisibleQuerySet[R]):
    read_permission = "land.read"

    def in_force(self, on: date) -> Self:
        return self.filter(valid__contains=on)

    def below(self, place_code: str) -> Self:
        """The records of a place and everything below it: one index range."""
        return self.filter(place_code__startswith=place_code)


class Registered(models.Model):
    """A fact of the register. `valid` ends when the fact ends; nothing is deleted."""

    # Where the record is kept today. The record's own code never changes, this may (mergers).
    place_code = models.CharField(_("place"), max_length=12)
    valid = DateRangeField(_("valid"))
    # A new row tells its own origin; what an update or delete replaced is kept by pghistory.
    # The database does not check it: imports are never deleted, and two million rows of a county
    # would each be looked up for it.
    origin = models.ForeignKey(
        Import, models.PROTECT, null=True, related_name="+", db_constraint=False
    )

    class Meta:
        abstract = True


def last_day(term: DateRange) -> date:
    """The last day inside a term with an end."""
    return term.upper - timedelta(days=1)


def place_index(name: str) -> models.Index:
    """`place_code LIKE '2112%'` as an index range."""
    return models.Index(fields=["place_code"], name=name, opclasses=["varchar_pattern_ops"])


def unique_code(name: str) -> models.UniqueConstraint:
    """One record a code. (`unique=True` would add a second, prefix index; the subject has one.)"""
    return models.UniqueConstraint(fields=["code"], name=name)


def plain_index(name: str, field: str) -> models.Index:
    """For equality only. (`db_index=True` on text would add a second, prefix index.)"""
    return models.Index(fields=[field], name=name)
