"""All checks of a submission package: pure functions from package and reference to problems.

Each module declares its KINDS of problem; `..problems` joins them to the catalogue.
"""

from ..package import Kind, Package, Problem, Progress, silent
from . import (
    circulation,
    codes,
    geometry,
    households,
    identity,
    location,
    overlaps,
    references,
    sums,
    values,
)
from .case import Case
from .parcels import Parcels
from .reference import Reference
from .thresholds import Thresholds

__all__ = ["KINDS", "Reference", "Thresholds", "check_package"]

# Codes first: what follows skips the rows whose codes are known to be wrong.
_TABLES = (
    ("values", values),
    ("codes", codes),
    ("references", references),
    ("sums", sums),
    ("households", households),
    ("identity numbers", identity),
    ("circulation", circulation),
)
_SHAPES = (("shapes", geometry), ("boundaries", location), ("overlaps", overlaps))

KINDS: tuple[Kind, ...] = tuple(kind for _, module in (*_TABLES, *_SHAPES) for kind in module.KINDS)


def check_package(
    package: Package, reference: Reference, progress: Progress = silent
) -> list[Problem]:
    """Everything wrong with the contents of a package, in the order of the checks.

    What is wrong with its files is the reader's to tell. A row that fails one check does not
    set off others that only follow from it. `progress` hears of each check and may raise to
    cancel.
    """
    case = Case(package, reference)
    total = len(_TABLES) + len(_SHAPES)
    problems: list[Problem] = []
    for done, (name, module) in enumerate(_TABLES):
        progress(f"checking {name}", done, total)
        problems += module.check(case)
    if case.rows("DK"):
        parcels = Parcels(case)
        for done, (name, check) in enumerate(_SHAPES, len(_TABLES)):
            progress(f"checking {name}", done, total)
            problems += check.check(case, parcels)
    progress("checking", total, total)
    return problems
