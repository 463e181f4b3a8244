"""What a package says, what is wrong with it, and what it would change."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.compute as pc

from chengxiang.kernel.accounts.officer import Officer
from chengxiang.registers.land.queries.package import register_package
from chengxiang.registers.land.submission.checks import Reference, check_package
from chengxiang.registers.land.submission.differences import (
    TableDifference,
    all_new,
    compare,
)
from chengxiang.registers.land.submission.layout import national_tables
from chengxiang.registers.land.submission.package import Package, Problem, Progress, silent
from chengxiang.registers.land.submission.problems import CATALOGUE, describe
from chengxiang.registers.land.submission.reading import read_package


@dataclass(frozen=True)
class Examined:
    """A package read, checked, and compared with the register."""

    package: Package
    problems: list[Problem]
    differences: Mapping[str, TableDifference] = field(default_factory=dict)

    @property
    def has_errors(self) -> bool:
        return any(CATALOGUE[problem.code].severity == "error" for problem in self.problems)

    def described(self) -> list[dict[str, Any]]:
        """The problems in words, in both languages."""
        return [describe(problem) for problem in self.problems]

    def figures(self) -> dict[str, float]:
        """Total surveyed and contracted area of the package, m²."""

        def total(table: str, column: str) -> float:
            return round(pc.sum(self.package.tables[table][column]).as_py() or 0.0, 2)

        return {"scmj_m2": total("DK", "SCMJ"), "htmj_m2": total("CBDKXX", "HTMJ")}


def examine(
    by: Officer, path: Path, *, on: date, progress: Progress = silent, compare_too: bool = True
) -> Examined:
    """Reads and checks the package and says what it would change in the register; writes nothing.

    `path` is a folder or a zip. Problems of all severities are in the answer; with errors the
    package is not compared, since rows that cannot be trusted have no meaningful difference.
    """
    package, problems = read_package(path, progress)
    problems = [
        *problems,
        *check_package(package, Reference.shipped(package.county_code), progress),
    ]
    examined = Examined(package, problems)
    if examined.has_errors and not compare_too:
        return examined
    return Examined(package, problems, differences_from_register(by, package, on, progress))


def differences_from_register(
    by: Officer, package: Package, on: date, progress: Progress = silent
) -> Mapping[str, TableDifference]:
    """What adopting the package would change; gone are only rows of its own issuing parties."""
    parties = [code for code in package.tables["FBF"]["FBFBM"].to_pylist() if code]
    current = register_package(
        by,
        package.county_code,
        name=package.county_name,
        year=package.year,
        crs=package.crs,
        on=on,
        issuing_parties=parties,
        progress=progress,
    )
    progress("comparing", 0, 1)
    if all(current.tables[name].num_rows == 0 for name in national_tables()):
        return all_new(package)
    return compare(current, package)
