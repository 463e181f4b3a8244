"""What an area says of itself; settings, urls, menu, API, search and docs derive from it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

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

    `items(officer, box, limit, after, filters)` yields GeoJSON features in order of id after the
    id `after`; `count` may be None where counting would cost more than it tells.
    """

    name: str
    title: Words
    description: Words
    items: Callable[..., Sequence[Mapping[str, Any]]]
    item: Callable[[Officer, str], Mapping[str, Any] | None]
    extent: tuple[float, float, float, float]


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
    figures: Callable[[Officer, str, date], Sequence[Figure]] | None = None
    search: Callable[[Officer, str, int], Sequence[Hit]] | None = None
    collections: Sequence[Collection] = ()
