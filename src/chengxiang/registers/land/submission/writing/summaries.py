"""Writes the seven official summary tables as workbooks in the usual layout."""

from pathlib import Path

from ..package import Package
from ..summaries import Summary, summaries
from .tables import workbook


def write_summaries(package: Package, folder: Path) -> None:
    """One workbook a table, a row for the county and every township, the county's total first."""
    names = {package.county_code: package.county_name}
    townships = package.tables["XJQY"]
    names |= dict(
        zip(townships["XJQYDM"].to_pylist(), townships["XJQYMC"].to_pylist(), strict=True)
    )
    for summary in summaries(package, package.county_code):
        stem = f"{package.county_code}{package.county_name}{summary.zh}"
        write_summary(summary, names, folder / f"{stem}.xlsx")


def write_summary(summary: Summary, names: dict[str, str], path: Path) -> None:
    """Title, heads with units, one row a place."""
    with workbook(path) as book:
        title = book.add_format({"bold": True, "font_size": 14, "align": "center"})
        head = book.add_format({"bold": True, "border": 1, "align": "center", "text_wrap": True})
        text = book.add_format({"border": 1})
        area = book.add_format({"border": 1, "num_format": "#,##0.00"})
        count = book.add_format({"border": 1, "num_format": "#,##0"})
        sheet = book.add_worksheet(summary.zh[:31])
        last = len(summary.columns) + 1
        sheet.merge_range(0, 0, 0, last, summary.zh, title)
        heads = ["权属单位代码", "权属单位名称", *(column.zh for column in summary.columns)]
        sheet.write_row(1, 0, heads, head)
        sheet.set_column(0, last, 16)
        sheet.freeze_panes(2, 2)
        for row, (code, figures) in enumerate(summary.rows.items(), start=2):
            sheet.write_string(row, 0, code.ljust(14, "0"), text)
            sheet.write_string(row, 1, names.get(code, ""), text)
            for index, column in enumerate(summary.columns, start=2):
                form = area if column.unit else count
                sheet.write_number(row, index, figures[column.name], form)
