"""Writes national rows into the register's tables: entering, changing, ending; sets, not rows."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property

import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection

from chengxiang.kernel.bulk import copy_rows, take_ids
from chengxiang.kernel.exchange.models import Import
from chengxiang.registers.land.models.national import CORRESPONDENCES
from chengxiang.registers.land.submission.differences import row_keys
from chengxiang.registers.land.submission.layout import KEYS
from chengxiang.registers.land.submission.package import Package

from .columns import Index, flat, range_text
from .context import Context
from .records import RECORDS

# Register tables whose rows are subjects, and those other rows point at by code.
_SUBJECTS = {"FBF": "organisation", "CBF": "household", "DK": "parcel"}
_POINTED_AT = {
    "FBF": ("land_issuingparty", "subject_id"),
    "CBF": ("land_contractor", "subject_id"),
    "DK": ("land_parcel", "subject_id"),
    "CBHT": ("land_contract", "id"),
    "CBJYQZDJB": ("land_registerentry", "id"),
}
# Tables whose code is unique for ever: a row that comes back is the old one again.
_CODED = {**_POINTED_AT, "CBJYQZ": ("land_certificate", "id"), "LZHT": ("land_circulation", "id")}


class Writing:
    """One package on its way into the register, inside one transaction."""

    def __init__(self, package: Package, *, brought: Import, on: date) -> None:
        self.package = package
        self.brought = brought
        self.on = on
        self._indexes: dict[str, Index] = {}

    def index(self, national: str) -> Index:
        """Primary keys by code, of what is in the register and what has just entered."""
        if national not in self._indexes:
            table, key = _CODED[national]
            code = CORRESPONDENCES[national].columns[KEYS[national][0]]
            with connection.cursor() as cursor:
                cursor.execute(
                    f"SELECT {code}, {key} FROM {table} WHERE {code} LIKE %s",
                    [self.package.county_code + "%"],
                )
                known = cursor.fetchall()
            self._indexes[national] = Index(
                pa.array([code for code, _ in known], pa.string()),
                pa.array([key for _, key in known], pa.int64()),
            )
        return self._indexes[national]

    @cached_property
    def context(self) -> Context:
        """What every record needs to know of the package as a whole."""
        return Context(
            package=self.package,
            index=self.index,
            on=self.on,
            is_first=len(self.index("FBF").codes) == 0,
        )

    def enter(self, national: str, keys: Sequence[str]) -> None:
        """Writes rows that were not in the register, or comes back to ended ones of that code."""
        rows = self._rows(national, keys)
        if rows.num_rows == 0:
            return
        if national in _CODED:
            known = pc.is_in(rows[KEYS[national][0]], value_set=self.index(national).codes)
            self._update(national, rows.filter(known))
            rows = rows.filter(pc.invert(known))
        if rows.num_rows:
            self._insert(national, rows)

    def change(self, national: str, keys: Sequence[str]) -> None:
        """Gives rows in force the package's values; the history keeps what they were."""
        self._update(national, self._rows(national, keys))

    def end(self, national: str, keys: Sequence[str]) -> None:
        """Ends the rows in force with these keys on the day of the import."""
        if not keys:
            return
        self._stage(pa.table({"key": pa.array(keys, pa.string())}))
        table, match = self._matching(national)
        with connection.cursor() as cursor:
            # A fact that began today and ends today was never in force: one day is the least.
            cursor.execute(
                f"UPDATE {table} t SET valid = daterange(lower(t.valid), "
                "greatest(%s::date, coalesce(lower(t.valid), %s::date - 1) + 1)) "
                f"FROM staged WHERE {match} AND upper_inf(t.valid)",
                [self.on, self.on],
            )

    def _rows(self, national: str, keys: Sequence[str]) -> pa.Table:
        rows = self.package.tables[national]
        if len(keys) == rows.num_rows:
            return rows
        wanted = pa.array(keys, pa.string())
        return rows.filter(pc.is_in(row_keys(national, rows), value_set=wanted))

    def _insert(self, national: str, rows: pa.Table) -> None:
        record = RECORDS[national]
        columns = record.columns(rows, self.context)
        if national in _SUBJECTS:
            ids = take_ids("subjects_subject", rows.num_rows)
            subjects = record.subjects(rows, self.context)
            copy_rows("subjects_subject", pa.table({"id": ids, **subjects}))
            columns["subject_id"] = ids
        elif national in _POINTED_AT:
            ids = columns["id"] = take_ids(record.table, rows.num_rows)
        columns["valid"] = range_text(
            record.since(rows, self.context), pa.nulls(rows.num_rows, pa.date32())
        )
        columns["origin_id"] = pa.repeat(pa.scalar(self.brought.pk, pa.int64()), rows.num_rows)
        copy_rows(record.table, pa.table(columns))
        if national in _POINTED_AT:
            codes = flat(rows[KEYS[national][0]])
            self._indexes[national] = self.index(national).extended(codes, ids)

    def _update(self, national: str, rows: pa.Table) -> None:
        if rows.num_rows == 0:
            return
        record = RECORDS[national]
        columns = record.columns(rows, self.context)
        staged = pa.table({"key": row_keys(national, rows), **columns})
        table, match = self._matching(national)
        self._stage(staged, like=table)
        assignments = ", ".join(f'"{name}" = staged."{name}"' for name in columns)
        alive = "" if national in _CODED else "AND upper_inf(t.valid)"
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {table} t SET {assignments}, "
                "valid = daterange(lower(t.valid), NULL), origin_id = %s "
                f"FROM staged WHERE {match} {alive}",
                [self.brought.pk],
            )
        if national in _SUBJECTS:
            subjects = record.subjects(rows, self.context)
            self._stage(pa.table(subjects), like="subjects_subject")
            with connection.cursor() as cursor:
                cursor.execute(
                    "UPDATE subjects_subject s SET name = staged.name, pinyin = staged.pinyin, "
                    "initials = staged.initials, kind = staged.kind "
                    "FROM staged WHERE s.code = staged.code"
                )

    def _stage(self, rows: pa.Table, like: str | None = None) -> None:
        """Puts rows in the temporary table `staged`, columns typed as in the table `like`."""
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS staged")
            if like is None:
                cursor.execute("CREATE TEMPORARY TABLE staged (key text) ON COMMIT DROP")
            else:
                names = ", ".join(f'"{name}"' for name in rows.column_names if name != "key")
                key = "''::text AS key, " if "key" in rows.column_names else ""
                cursor.execute(
                    f"CREATE TEMPORARY TABLE staged ON COMMIT DROP AS "
                    f"SELECT {key}{names} FROM {like} WHERE false"
                )
        copy_rows("staged", rows)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE staged")

    def _matching(self, national: str) -> tuple[str, str]:
        """The register's table and the SQL condition joining its rows `t` to `staged.key`."""
        record = RECORDS[national]
        match = record.key_sql + " = staged.key"
        if only := record.only:
            match += f" AND {only}"
        return record.table, f"{match} AND t.place_code LIKE '{self.package.county_code}%%'"
