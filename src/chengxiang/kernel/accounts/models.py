"""Who may sign in, and which office an account holds at which place and when."""

from datetime import date
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.utils.translation import gettext_lazy as _


class AccountManager(BaseUserManager["Account"]):
    def open(self, username: str, password: str | None, **facts: Any) -> "Account":
        """A new account; without a password nobody can sign in with it."""
        account = self.model(username=username, **facts)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """One person's (or one machine's) way in."""

    username = models.CharField(_("user name"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=60)
    name_en = models.CharField(_("name in Latin letters"), max_length=60, blank=True)
    is_active = models.BooleanField(_("active"), default=True)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("account")
        ordering = ["username"]

    def __str__(self) -> str:
        return self.name


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def in_force(self, on: date) -> Self:
        return self.filter(valid__contains=on)


class Appointment(models.Model):
    """An office held: a role at a place, for a time."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="appointments")
    role = models.CharField(_("role"), max_length=40)
    place_code = models.CharField(_("place"), max_length=12)
    valid = DateRangeField(_("valid"))

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("appointment")
        ordering = ["place_code", "role"]

    def __str__(self) -> str:
        return f"{self.role} {self.place_code}"
