"""How numbers, areas, days and codes are written on a page, in the reader's language."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from django import template
from django.core.paginator import Page
from django.http import QueryDict
from django.template.context import Context
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from chengxiang.codes import identity
from chengxiang.kernel.places.names import place_name

register = template.Library()

THIN = "\u2009"  # thousands are set apart by a thin space, the same in both languages
MU_PER_M2 = Decimal("0.0015")
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def _chinese() -> bool:
    return (get_language() or "zh").startswith("zh")


def _number(value: Any, decimals: int) -> str:
    """The number rounded half up with thin separators; empty for what is no number."""
    if value is None or value == "":
        return ""
    try:
        exact = Decimal(str(value))
        rounded = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    except InvalidOperation:
        return ""
    if not rounded.is_finite():
        return ""
    return f"{rounded:,}".replace(",", THIN).replace("-", "\u2212")


@register.filter
def mu(area_m2: Any) -> str:
    """The area in mu with two decimals: m² times 0.0015, rounded half up per row.

    For a total give `in_mu` the sum of the rounded rows instead: certificates print that.
    """
    if area_m2 is None or area_m2 == "":
        return ""
    try:
        return _number(Decimal(str(area_m2)) * MU_PER_M2, 2)
    except InvalidOperation:
        return ""


@register.filter
def in_mu(area_mu: Any) -> str:
    """A number that is mu already, two decimals."""
    return _number(area_mu, 2)


@register.filter
def m2(area_m2: Any) -> str:
    """The area in m², two decimals."""
    return _number(area_m2, 2)


@register.filter
def count(value: Any) -> str:
    """A whole number with thin separators."""
    return _number(value, 0)


@register.filter
def figure(value: Any, decimals: int = 0) -> str:
    """A number with so many decimals."""
    return _number(value, int(decimals))


@register.filter
def percent(share: Any) -> str:
    """A share (0 to 1) as percent with one decimal."""
    if share is None or share == "":
        return ""
    return _number(Decimal(str(share)) * 100, 1) + "%"


@register.filter
def day(value: date | datetime | None) -> str:
    """The day in words: 2026年11月24日 or 24 November 2026; empty without one."""
    if not isinstance(value, date):
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value) if timezone.is_aware(value) else value
    if _chinese():
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


@register.filter
def moment(value: datetime | None) -> str:
    """The day in words and the time of day to the minute, in the site's time zone."""
    if not isinstance(value, datetime):
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{day(local)} {local:%H:%M}"


@register.filter
def masked(number: str | None) -> str:
    """An identity number with all but the first four and last two characters starred."""
    return identity.mask(number) if number else ""


@register.filter
def duration(seconds: float | int | None) -> str:
    """A length of time in the two units that matter: 2 min 5 s."""
    if seconds is None:
        return ""
    whole = round(seconds)
    if whole < 60:
        return _("%(s)d s") % {"s": whole}
    if whole < 3600:
        return _("%(m)d min %(s)d s") % {"m": whole // 60, "s": whole % 60}
    return _("%(h)d h %(m)d min") % {"h": whole // 3600, "m": whole % 3600 // 60}


@register.filter
def file_size(size_bytes: int | None) -> str:
    """A file's size in kB or MB (thousands, as discs and networks count)."""
    if size_bytes is None:
        return ""
    if size_bytes < 1_000_000:
        return f"{_number(max(1, round(size_bytes / 1000)), 0)} kB"
    return f"{_number(size_bytes / 1_000_000, 1)} MB"


@register.filter
def at(mapping: Any, key: Any) -> Any:
    """`mapping[key]`, for keys that only the page knows; empty where there is none."""
    try:
        return mapping[key]
    except (KeyError, IndexError, TypeError):
        return ""


@register.simple_tag
def place_label(code: str) -> str:
    """The name of the place of that code in the page's language; the code where none is known.

    The names of all 18 thousand places are kept in memory.
    """
    known = place_name(str(code))
    return known.label if known else str(code)


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """The page's query string with these parameters put in place (None takes one out).

    `<a href="{% query sort='name' page=None %}">`: `?…`, never empty.
    """
    request = context.get("request")
    asked = request.GET.copy() if request is not None else QueryDict(mutable=True)
    for name, value in changes.items():
        if value is None or value == "":
            asked.pop(name, None)
        else:
            asked[name] = str(value)
    return "?" + asked.urlencode()


@register.simple_tag(takes_context=True)
def sort_head(context: Context, key: str, label: Any) -> SafeString:
    """The inside of a `<th>` that sorts the table by `key` (`?sort=key`, `?sort=-key`).

    Once ascending, again descending; the direction is said in words for screen readers.
    """
    request = context.get("request")
    now = request.GET.get("sort", "") if request is not None else ""
    if now == key:
        to, mark, words = f"-{key}", " ↑", _("sorted upwards")
    elif now == f"-{key}":
        to, mark, words = key, " ↓", _("sorted downwards")
    else:
        return format_html('<a href="{}">{}</a>', query(context, sort=key, page=None), label)
    return format_html(
        '<a href="{}">{}<span aria-hidden="true">{}</span><span class="aside">, {}</span></a>',
        query(context, sort=to, page=None),
        label,
        mark,
        words,
    )


@register.filter
def joined(parts: Iterable[Any]) -> str:
    """The parts that say anything, with a middle dot between: 房木镇 · 2112…."""
    return " · ".join(str(part) for part in parts if part)


@register.filter
def elided(page: Page[Any]) -> Iterable[int | str]:
    """The page numbers to show: first, last and those around this one."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
