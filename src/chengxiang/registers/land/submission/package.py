"""A submission package in memory: one Arrow table per national table, and what is wrong with it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as made_by

import pyarrow as pa

from .layout import national_tables

# Tells how far long work is: what (short English words), done, total. May raise to cancel.
Progress = Callable[[str, int, int], None]


def silent(what: str, done: int, total: int) -> None:
    """Progress for those who do not want to hear of it."""


@dataclass(frozen=True)
class Package:
    """What a submission folder says, typed and in one coordinate system, nothing judged yet.

    `tables` has an entry for every table and layer of the standard (empty where the package
    has none), each with exactly the schema `layout.Table.schema`.
    `crs` is the coordinate system of the submitted layers as PROJ writes it ("EPSG:4529").
    """

    county_code: str  # 6 digits
    county_name: str
    year: str  # 4 digits, empty where no file name tells it
    crs: str
    tables: Mapping[str, pa.Table]
    present: frozenset[str] = made_by(default_factory=frozenset)  # tables found in the files
    # (table, field) of mandatory columns the files lack: reported once, not again for every row.
    absent_fields: frozenset[tuple[str, str]] = frozenset()

    def counts(self) -> dict[str, int]:
        """Rows per national table, in the order of the standard."""
        return {name: self.tables[name].num_rows for name in national_tables()}


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a package, at one place in its files.

    Severity, sentence and remedy come from the catalogue by `code` (see `problems.py`);
    `details` fill the placeholders of the sentences.
    """

    code: str
    file: str = ""
    table: str = ""
    row: int | None = None  # 1 for the first record of the file
    key: str = ""  # the DKBM, CBFBM, CBHTBM … of the row
    field: str = ""
    value: str = ""
    details: Mapping[str, str] = made_by(default_factory=dict)


@dataclass(frozen=True)
class Kind:
    """A kind of problem: what it is, how bad, and what to do, in both languages."""

    code: str
    severity: str  # "error" (the package is refused) or "warning"
    zh: str  # sentence with {placeholders}: key, field, value and the problem's details
    en: str
    remedy_zh: str
    remedy_en: str


def count_by_severity(problems: Sequence[Problem], catalogue: Mapping[str, Kind]) -> dict[str, int]:
    """How many errors and warnings there are."""
    counts = {"error": 0, "warning": 0}
    for problem in problems:
        counts[catalogue[problem.code].severity] += 1
    return counts
