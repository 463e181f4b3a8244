"""What an area says of itself; settings, urls, menu, API, search and docs derive from it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from typing import Any

from django.conf import settings
from django.utils.functional import Promise

from chengxiang.kernel.accounts.officer import Officer

Words = str | Promise


@dataclass(frozen=True, kw_only=True)
class MenuItem:
    """One line of the menu on the left: a named URL, shown to whoever holds the permission."""

    title: Words
    url_name: str
    permission: str | None = None  # None: for everyone, visitors too


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure of an area for a place page: a number, its unit, what it counts."""

    label: Words
    value: float | int
    unit: Words = ""
    decimals: int = 0
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One answer of the search box."""

    title: str
    detail: str
    url: str
    kind: Words


@dataclass(frozen=True, kw_only=True)
class Collection:
    """An OGC API Features collection: who may read it and where its features come from.

    `items(officer, box, limit, after, filters)` yields at most `limit` GeoJSON features in order
    of id after the id `after`, only those whose geometry meets `box` (west, south, east, north)
    where one is given, and only those equal in `filters` (names from the collection's own list).
    """

    name: str
    title: Words
    description: Words
    items: Callable[..., Sequence[Mapping[str, Any]]]
    item: Callable[[Officer, str], Mapping[str, Any] | None]
    extent: tuple[float, float, float, float]
    filters: Sequence[str] = ()  # properties that may be asked for: ?level=county
    permission: str | None = None  # None: for everyone, visitors too


@dataclass(frozen=True, kw_only=True)
class Area:
    """The contents page of an area (its `area.py`)."""

    code: str  # stem of its URLs, permissions, actions, docs
    app: str  # dotted name of its Django app
    title: Words
    group: str  # "registers", "services", "insight" or "" (kernel)
    permissions: Mapping[str, Words] = field(default_factory=dict)
    actions: Mapping[str, Words] = field(default_factory=dict)  # history's action codes in words
    menu: Sequence[MenuItem] = ()
    urls: str = ""  # dotted name of its urls module, mounted at /CODE/
    api: str = ""  # dotted name of its ninja router, mounted at /api/CODE/
    jobs: str = ""  # dotted name of the module declaring its background jobs
    figures: Callable[[Officer, str, date], Sequence[Figure]] | None = None
    search: Callable[[Officer, str, int], Sequence[Hit]] | None = None
    collections: Sequence[Collection] = ()


def areas() -> Sequence[Area]:
    """Every area the site has, in the order of its menu (`CHENGXIANG_AREAS` names the function)."""
    module, name = settings.CHENGXIANG_AREAS.rsplit(".", 1)
    found: Sequence[Area] = getattr(import_module(module), name)()
    return found
