"""The reader of a page or the giver of a command: an account with the offices it holds today."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import import_module
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from chengxiang.kernel.accounts.models import Account
from chengxiang.kernel.errors import Refused


@dataclass(frozen=True, kw_only=True)
class Role:
    """A named set of permissions, given by appointment at a place."""

    code: str
    title: str | Promise
    permissions: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Office:
    """A role held at a place; its permissions hold for every code that begins with the place's."""

    role: Role
    place_code: str


@cache
def roles() -> Mapping[str, Role]:
    """The roles the site declares (`CHENGXIANG_ROLES` names where), by code."""
    module, name = settings.CHENGXIANG_ROLES.rsplit(".", 1)
    return {role.code: role for role in getattr(import_module(module), name)}


@dataclass(frozen=True)
class Officer:
    """Who asks, with the offices in force on the day. Without an office: a visitor."""

    account: Account | None
    offices: tuple[Office, ...] = ()

    @classmethod
    def of(cls, account: Any, on: date) -> "Officer":
        """The officer behind an account on a day; a visitor for one who is not signed in."""
        if not isinstance(account, Account) or not account.is_active:
            return cls(None)
        held = account.appointments.in_force(on)
        known = roles()
        return cls(
            account,
            tuple(
                Office(role=known[office.role], place_code=office.place_code)
                for office in held
                if office.role in known
            ),
        )

    def __str__(self) -> str:
        return str(self.account or _("visitor"))

    @property
    def place_code(self) -> str:
        """Where the first office is; empty for a visitor."""
        return self.offices[0].place_code if self.offices else ""

    def places_for(self, permission: str) -> list[str]:
        """Place codes under which this officer holds the permission."""
        return [
            office.place_code for office in self.offices if permission in office.role.permissions
        ]

    def may(self, permission: str, *, at: str | None = None) -> bool:
        """Whether the permission is held at the place of that code (anywhere, if not said)."""
        places = self.places_for(permission)
        return bool(places) if at is None else any(at.startswith(place) for place in places)

    def require(self, permission: str, *, at: str) -> None:
        """Refuses (`accounts.not_permitted`) unless the permission is held at that place."""
        if not self.may(permission, at=at):
            raise Refused(
                "accounts.not_permitted",
                _("Your office does not allow this here. Ask the office in charge of the place."),
            )


class OfficerRequest(HttpRequest):
    """A request after the middleware: it knows its officer."""

    officer: Officer
