"""The list of areas. Settings, urls, API, menu, search and docs derive from it."""

from collections.abc import Sequence
from importlib import import_module

from chengxiang.kernel.area import Area

# In the order of the menu.
AREA_MODULES = (
    "chengxiang.kernel.places.area",
    "chengxiang.kernel.subjects.area",
    "chengxiang.kernel.exchange.area",
    "chengxiang.kernel.history.area",
    "chengxiang.registers.land.area",
)


def areas() -> Sequence[Area]:
    """Every area of this site, in the order of the menu."""
    return [import_module(module).AREA for module in AREA_MODULES]
