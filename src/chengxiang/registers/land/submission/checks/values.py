"""Single values: is anything missing, too long, not in the standard's list, not above zero?"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ..layout import KEYS, Field, national_tables
from ..package import Kind, Problem
from .case import Case, given, truth

KINDS: tuple[Kind, ...] = (
    Kind(
        "value.missing",
        "error",
        "{table_zh} {key}：{field_title}（{field}）未填写{more_zh}。",
        "{table_en} {key}: {field} ({field_title}) is empty{more_en}.",
        "该字段为必填项，请在源数据中补填。",
        "The standard requires this field: fill it in at the source.",
    ),
    Kind(
        "value.too_long",
        "error",
        "{table_zh} {key}：{field_title}（{field}）按 GBK 编码为 {length} 字节，"
        "超过 {limit} 字节。",
        "{table_en} {key}: {field} ({field_title}) takes {length} bytes in GBK; {limit} fit.",
        "请缩短该字段内容，一个汉字占两个字节。",
        "Shorten the text; a Chinese character takes two bytes.",
    ),
    Kind(
        "value.not_in_list",
        "error",
        "{table_zh} {key}：{field_title}（{field}）的值“{value}”不在代码表中。",
        "{table_en} {key}: {field} ({field_title}) is “{value}”, which is not in the code list.",
        "请改为下列代码之一：{allowed}。",
        "Use one of: {allowed}.",
    ),
    Kind(
        "value.not_positive",
        "error",
        "{table_zh} {key}：{field_title}（{field}）为 {value}，应大于 0。",
        "{table_en} {key}: {field} ({field_title}) is {value}; it must be above 0.",
        "请核实并填写正确的数值。",
        "Check the figure and enter the right one.",
    ),
)

# An empty column is told once for its file, not for each of so many rows.
_MANY_ROWS = 20


def check(case: Case) -> list[Problem]:
    """All problems of single values, table by table in the order of the standard."""
    problems: list[Problem] = []
    for table in national_tables().values():
        if not case.rows(table.name):
            continue
        for field in table:
            if (table.name, field.name) in case.package.absent_fields:
                continue
            problems += _missing(case, table.name, field)
            if field.kind == "Char":
                problems += _too_long(case, table.name, field)
                problems += _not_in_list(case, table.name, field)
            elif field.kind in {"Int", "Float"}:
                problems += _not_positive(case, table.name, field)
    return problems


def _missing(case: Case, table: str, field: Field) -> list[Problem]:
    if field.condition != "M" and field.name not in KEYS[table]:
        return []
    column = case.column(table, field.name)
    if pa.types.is_string(column.type):
        empty = ~given(column)
    else:
        empty = column.is_null().to_numpy(zero_copy_only=False)
    nothing = {"more_zh": "", "more_en": ""}
    if len(empty) >= _MANY_ROWS and empty.all():
        nothing = {
            "more_zh": f"，整列 {len(empty)} 行均为空",
            "more_en": f", and so are all {len(empty)} rows",
        }
        empty = np.arange(1)  # type: ignore[assignment]
    return case.problems("value.missing", table, empty, field.name, details=lambda _: nothing)


def _too_long(case: Case, table: str, field: Field) -> list[Problem]:
    limit = field.length
    column = case.column(table, field.name)
    if limit is None or column.null_count == len(column):
        return []
    bytes_utf8 = pc.binary_length(column)
    if pc.max(bytes_utf8).as_py() <= limit:  # UTF-8 is never the shorter of the two for Chinese
        return []
    letters = pc.utf8_length(column)
    # A Chinese character takes three bytes in UTF-8, two in GBK, one more than it counts for.
    gbk = pc.add(letters, pc.divide(pc.subtract(bytes_utf8, letters), 2))
    long = np.flatnonzero(truth(pc.greater(gbk, limit)))
    lengths = {int(row): len(str(column[int(row)]).encode("gb18030")) for row in long}
    which = np.array([row for row, length in lengths.items() if length > limit], dtype=np.intp)
    return case.problems(
        "value.too_long",
        table,
        which,
        field.name,
        details=lambda row: {"length": str(lengths[row]), "limit": str(limit)},
    )


def _not_in_list(case: Case, table: str, field: Field) -> list[Problem]:
    if field.codes is None:
        return []
    column = case.column(table, field.name)
    known = pc.is_in(column, value_set=pa.array(list(field.codes), pa.string()))
    unknown = ~truth(known)
    if not unknown.any():
        return []
    unknown &= given(column)
    allowed = {"allowed": "、".join(f"{code} {name}" for code, name in field.codes.items())}
    return case.problems("value.not_in_list", table, unknown, field.name, details=lambda _: allowed)


def _not_positive(case: Case, table: str, field: Field) -> list[Problem]:
    """Below zero; zero only where the field is mandatory, for old data mean "none" by it."""
    if not field.domain.startswith((">", "≥")):
        return []
    column = case.column(table, field.name)
    if field.domain.startswith(">") and field.condition == "M":
        wrong: NDArray[np.bool_] = truth(pc.less_equal(column, 0))
    else:
        wrong = truth(pc.less(column, 0))
    return case.problems("value.not_positive", table, wrong, field.name)
