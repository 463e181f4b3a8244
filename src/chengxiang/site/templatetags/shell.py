"""Tags of the frame: where one is, who one is."""

from typing import Any

from django import template
from django.template.context import Context
from django.utils.translation import get_language

from chengxiang.kernel.accounts.officer import Officer
from chengxiang.kernel.places import names as place_names

register = template.Library()


@register.inclusion_tag("site/parts/places_line.html", takes_context=True)
def places_line(context: Context) -> dict[str, Any]:
    """The breadcrumb of places: down to the page's `here` (a code), else the officer's place.

    A page about a place may also have it as `place` (anything with a `code`).
    """
    officer = context.get("officer") or Officer(None)
    here = context.get("here") or getattr(context.get("place"), "code", "") or officer.place_code
    line = place_names.line(str(here)) if here else []
    return {"line": line, "below": place_names.children(line[-1].code) if line else []}


@register.filter
def person(officer: Officer) -> str:
    """The officer's name in the page's language."""
    account = officer.account
    if account is None:
        return ""
    if (get_language() or "zh").startswith("zh"):
        return account.name
    return account.name_en or account.name


@register.filter
def place_path(code: str) -> str:
    """Where a place lies, county first, in the page's language: 西丰县 房木镇 潭清村."""
    line = place_names.line(code)
    below_prefecture = [place for place in line if len(place.code) >= 6] or line[-1:]
    if not (get_language() or "zh").startswith("zh"):
        return ", ".join(place.label for place in reversed(below_prefecture))
    return " ".join(place.label for place in below_prefecture)
