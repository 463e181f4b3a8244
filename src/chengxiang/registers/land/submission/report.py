"""The marked workbook: all problems, and the faulty rows with the faulty cells in red."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import xlsxwriter

from .layout import FILE, GEOMETRY, ROW, national_tables
from .package import Package, Problem
from .problems import TABLE_TITLES, describe

_COLUMNS = (
    ("severity", "程度 Severity", 12),
    ("code", "代码 Code", 24),
    ("table", "表 Table", 12),
    ("row", "行 Row", 8),
    ("key", "主键 Key", 22),
    ("field", "字段 Field", 12),
    ("value", "值 Value", 24),
    ("message", "问题", 60),
    ("remedy", "处理", 50),
    ("message_en", "Problem", 60),
    ("remedy_en", "Remedy", 50),
    ("file", "文件 File", 30),
)
_SEVERITIES = {"error": "错误 error", "warning": "警告 warning"}
_MOST_ROWS = 1_000_000  # a sheet holds 1,048,576


def write_report(problems: Sequence[Problem], package: Package, path: Path) -> Path:
    """The workbook at `path`: a sheet of problems in both languages, one for each faulty table.

    A table's sheet holds only its faulty rows, under the standard's field names and titles; the
    faulty cells are red and say in a comment what is wrong. Returns `path`.
    """
    with xlsxwriter.Workbook(
        str(path), {"strings_to_numbers": False, "strings_to_formulas": False}
    ) as book:
        formats = {
            "head": book.add_format({"bold": True, "bg_color": "#E8EDE9", "bottom": 1}),
            "red": book.add_format({"bg_color": "#F8CBCB", "font_color": "#8A1F11"}),
            "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        _problem_sheet(book, formats, problems)
        by_table: dict[str, list[Problem]] = defaultdict(list)
        for problem in problems:
            if problem.row is not None and problem.table in package.tables:
                by_table[problem.table].append(problem)
        for table in national_tables():
            if by_table[table]:
                _table_sheet(book, formats, package.tables[table], table, by_table[table])
    return path


def _problem_sheet(
    book: xlsxwriter.Workbook,
    formats: dict[str, xlsxwriter.format.Format],
    problems: Sequence[Problem],
) -> None:
    sheet = book.add_worksheet("问题 Problems")
    for column, (_, title, width) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write(0, column, title, formats["head"])
    for line, problem in enumerate(problems[:_MOST_ROWS], 1):
        told = describe(problem)
        told["severity"] = _SEVERITIES[str(told["severity"])]
        for column, (name, _, _) in enumerate(_COLUMNS):
            value = told[name]
            if isinstance(value, int):
                sheet.write_number(line, column, value)
            elif value:
                sheet.write_string(line, column, value)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(problems), 1), len(_COLUMNS) - 1)


def _table_sheet(
    book: xlsxwriter.Workbook,
    formats: dict[str, xlsxwriter.format.Format],
    rows: pa.Table,
    name: str,
    problems: Sequence[Problem],
) -> None:
    fields = national_tables()[name].fields
    names = [field.name for field in fields]
    if national_tables()[name].is_layer:
        names.append(GEOMETRY)
    titles = {field.name: field.title for field in fields} | {GEOMETRY: "图形"}
    sheet = book.add_worksheet(f"{name} {TABLE_TITLES[name][0]}"[:31])
    for column, title in enumerate(["文件 File", "行 Row", *names]):
        sheet.write(0, column, title, formats["head"])
        sheet.write(1, column, titles.get(title, ""), formats["head"])
        sheet.set_column(column, column, 16)
    sheet.freeze_panes(2, 2)
    faults: dict[tuple[str, int], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for problem in problems:
        told = describe(problem)
        sentence = f"{told['message']}\n{told['message_en']}"
        faults[problem.file, int(problem.row or 0)][problem.field].append(sentence)
    faulty = _faulty_rows(rows, faults)
    for line, record in enumerate(faulty.to_pylist()[:_MOST_ROWS], 2):
        place = (record[FILE] or "", record[ROW])
        sheet.write_string(line, 0, place[0])
        sheet.write_number(line, 1, place[1] or 0)
        wrong = faults[place]
        for column, field in enumerate(names, 2):
            value = record[field]
            shown = "" if value is None or field == GEOMETRY else value
            style = formats["red"] if field in wrong else None
            if isinstance(shown, int | float):
                sheet.write_number(line, column, shown, style)
            else:
                sheet.write_string(line, column, str(shown), style)
            if field in wrong:
                sheet.write_comment(line, column, "\n".join(wrong[field]), {"x_scale": 3})


def _faulty_rows(rows: pa.Table, faults: dict[tuple[str, int], dict[str, list[str]]]) -> pa.Table:
    """The rows that any problem names, in the order of the table."""
    numbers = pa.array(sorted({number for _, number in faults}), pa.int32())
    likely = np.flatnonzero(pc.is_in(rows.column(ROW), value_set=numbers).to_numpy())
    near = rows.take(pa.array(likely))
    places = zip(near.column(FILE).to_pylist(), near.column(ROW).to_pylist(), strict=True)
    keep = [(file or "", number) in faults for file, number in places]
    return near.filter(pa.array(keep, pa.bool_()))
