"""What every page's frame needs: the officer, the menu of what they may enter, their offices."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from chengxiang.kernel.accounts.officer import Officer
from chengxiang.kernel.area import Words
from chengxiang.site.areas import areas

GROUPS: Mapping[str, Words] = {
    "": "",
    "registers": _("Registers"),
    "services": _("Services"),
    "insight": _("Insight"),
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One page in the menu."""

    title: Words
    url: str
    current: bool


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One area in the menu: its first page, and all its pages while one is in it."""

    title: Words
    url: str
    current: bool  # the reader is somewhere in this area
    lines: Sequence[Line]


@dataclass(frozen=True, kw_only=True)
class Group:
    """A heading of the menu with the areas below it."""

    title: Words
    entries: Sequence[Entry]


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context of the frame: `officer` and, worked out only where a page is drawn, `menu`."""
    officer = getattr(request, "officer", None) or Officer(None)
    return {
        "officer": officer,
        "menu": SimpleLazyObject(lambda: menu(officer, request.path)),
    }


def menu(officer: Officer, path: str) -> list[Group]:
    """The groups of areas this officer may enter at least one page of; `path` is where they are."""
    groups = []
    for code, title in GROUPS.items():
        entries = [
            entry
            for area in areas()
            if area.group == code and (entry := _entry(officer, path, area))
        ]
        if entries:
            groups.append(Group(title=title, entries=entries))
    return groups


def _entry(officer: Officer, path: str, area: Any) -> Entry | None:
    addresses = [
        (item.title, reverse(item.url_name))
        for item in area.menu
        if item.permission is None or officer.may(item.permission)
    ]
    if not addresses:
        return None
    # The longest address that the path begins with is the page one is on: /land/imports/ is the
    # page of /land/imports/7/, although /land/ is a beginning too.
    here = max((url for _title, url in addresses if path.startswith(url)), key=len, default="")
    lines = [Line(title=title, url=url, current=url == here) for title, url in addresses]
    return Entry(
        title=area.title,
        url=lines[0].url,
        current=path.startswith(f"/{area.code}/"),
        lines=lines if len(lines) > 1 else (),
    )
