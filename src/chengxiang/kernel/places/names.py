"""The names of all places, kept in memory: breadcrumbs and labels must not cost a query each."""

import time
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import get_language

from chengxiang.codes import places as codes
from chengxiang.kernel.places.latin import latin_name
from chengxiang.kernel.places.models import Place

# A renaming is seen by every process after this long at the latest.
KEPT_SECONDS = 600


@dataclass(frozen=True, slots=True)
class PlaceName:
    """What a page needs of a place to name it and to link to it."""

    code: str
    name: str
    name_en: str
    in_force: bool

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return self.name if (get_language() or "zh").startswith("zh") else self.name_en

    @property
    def url(self) -> str:
        """The place's own page."""
        return f"/places/{self.code}/"


@dataclass
class _Kept:
    names: dict[str, PlaceName]
    below: dict[str, list[PlaceName]]
    read_at: float


_kept: _Kept | None = None


def place_names() -> Mapping[str, PlaceName]:
    """Every place by code; read again every ten minutes (one query)."""
    return _read().names


def place_name(code: str) -> PlaceName | None:
    """The place of that code, also one entered since the names were read (one query then)."""
    kept = _read()
    if code not in kept.names and (place := Place.objects.filter(code=code).first()):
        kept.names[code] = PlaceName(code, place.name, place.name_en, True)
    return kept.names.get(code)


def line(code: str) -> list[PlaceName]:
    """The known places from the province down to `code`; `code` may be longer than a village's."""
    widths = [width for width in codes.WIDTHS if width <= len(code)]
    return [found for width in widths if (found := place_name(code[:width]))]


def children(code: str) -> list[PlaceName]:
    """The places in force right below, in order of code."""
    return _read().below.get(code, [])


def forget() -> None:
    """Reads the names anew at the next question: after places were loaded, and in tests."""
    global _kept
    _kept = None


def _read() -> _Kept:
    global _kept
    if _kept is None or time.monotonic() - _kept.read_at > KEPT_SECONDS:
        today = timezone.localdate()
        names: dict[str, PlaceName] = {}
        below: dict[str, list[PlaceName]] = {}
        rows = Place.objects.order_by("code").values_list("code", "name", "pinyin", "valid")
        for code, name, pinyin, valid in rows.iterator():
            in_force = valid is None or today in valid
            names[code] = PlaceName(code, name, latin_name(name, pinyin), in_force)
            above = [code[:width] for width in codes.WIDTHS if width < len(code)]
            if above and in_force:
                below.setdefault(above[-1], []).append(names[code])
        _kept = _Kept(names, below, time.monotonic())
    return _kept
