"""The catalogue of everything that can be wrong with a package, and how it is told.

Where a problem of the checks is reported (`table`, `key`, `field`; `value` is the value of the
field unless said; every problem names file and row of that row):

| code | table | key | field | value |
|---|---|---|---|---|
| value.missing, too_long, not_in_list, not_positive | its own | first key field of the table | the field | stated; a wholly empty column (20 rows or more) once |
| code.malformed | the code's own table, else the first that has it | of that row | the code | the code; every distinct one once |
| code.composition | its own; for another county's code once per 14 digits, own tables only | of the row | the code in the wrong | stated |
| code.duplicate | its own | the code | first key field | each further row |
| code.place_unknown | FBF | FBFBM | FBFBM | 12 digits of the village, once |
| code.way | CBDKXX, CBHT, CBJYQZDJB | DKBM, CBHTBM, CBJYQZBM | CBJYQQDFS, CBFS, CBFS | stated |
| code.serial_range | CBF | CBFBM | CBFBM | stated |
| reference.missing | first table in `checks.case.ORDER` that names it | of that row | the field that names it | the missing code, once for all tables |
| reference.unused | DK, CBF | DKBM, CBFBM | DKBM, CBFBM | stated |
| reference.no_certificate | CBHT | CBHTBM | CBHTBM | stated |
| contract.area_sum, parcel_count | CBHT | CBHTBM | HTZMJ, CBDKZS | stated |
| contract.dates | CBHT, CBJYQZDJB | CBHTBM, CBJYQZBM | CBQXQ, or QDSJ if signed after the end | stated |
| certificate.dates | CBJYQZ | CBJYQZBM | FZRQ or QZLQRQ, the one too early | stated |
| area.mu | its own | first key field | the field in mu | stated |
| household.member_count, representative | CBF | CBFBM | CBFCYSL, CBFMC | stated |
| household.no_head | CBF_JTCY | CBFBM | YHZGX | of the first member |
| household.several_heads | CBF_JTCY | CBFBM | YHZGX | of the second head |
| identity.invalid | CBF_JTCY, else the table that has it | CBFBM … | the number | the number, once per household |
| identity.sex | CBF_JTCY | CBFBM | CYXB | stated |
| identity.duplicate | CBF_JTCY | the smallest CBFBM that has it | CYZJHM | the number, once |
| circulation.dates, term | LZHT | LZHTBM | LZQXKSRQ, LZQXJSRQ or HTQDRQ | stated |
| circulation.area | LZHT | LZHTBM | LZMJ, else LZDKS | stated |
| parcel.overlap | DK | the smaller DKBM | geometry | the other DKBM |
| parcel.near_miss | DK | the one parcel apart from several, else the smaller DKBM | geometry | smallest DKBM on the other node |
| parcel.area | DK | DKBM | SCMJ | stated |
| parcel.… (all others) | DK | DKBM | geometry | empty |
"""  # noqa: E501

from collections.abc import Mapping
from types import MappingProxyType

from . import checks, reading
from .layout import national_tables
from .package import Kind, Problem

CATALOGUE: Mapping[str, Kind] = MappingProxyType(
    {kind.code: kind for kind in (*reading.KINDS, *checks.KINDS)}
)

TABLE_TITLES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "FBF": ("发包方", "Issuing party"),
        "CBF": ("承包方", "Contractor"),
        "CBF_JTCY": ("家庭成员", "Household member"),
        "CBDKXX": ("承包地块信息", "Contracted parcel"),
        "CBHT": ("承包合同", "Contract"),
        "CBJYQZDJB": ("登记簿", "Register entry"),
        "CBJYQZ": ("权证", "Certificate"),
        "CBJYQZ_QZBF": ("权证补发", "Reissued certificate"),
        "CBJYQZ_QZHF": ("权证换发", "Replaced certificate"),
        "CBJYQZ_QZZX": ("权证注销", "Cancelled certificate"),
        "LZHT": ("流转合同", "Circulation contract"),
        "QSLYZLFJ": ("权属来源资料附件", "Evidence of title"),
        "DK": ("地块", "Parcel"),
        "JZD": ("界址点", "Boundary point"),
        "JZX": ("界址线", "Boundary line"),
        "KZD": ("控制点", "Control point"),
        "QYJX": ("区域界线", "Boundary of a place"),
        "XJXZQ": ("县级行政区", "County"),
        "XJQY": ("乡级区域", "Township"),
        "CJQY": ("村级区域", "Village"),
        "ZJQY": ("组级区域", "Group"),
        "JBNTBHQ": ("基本农田保护区", "Basic farmland"),
        "DZDW": ("点状地物", "Point feature"),
        "XZDW": ("线状地物", "Line feature"),
        "MZDW": ("面状地物", "Area feature"),
        "ZJ": ("注记", "Annotation"),
    }
)


class _Words(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return ""


def describe(problem: Problem) -> dict[str, str | int | None]:
    """The problem in words of both languages, as pages, reports and `--json` give it.

    Keys: code, severity, file, table, row, key, field, value, message, remedy (Chinese),
    message_en, remedy_en. KeyError for a code the catalogue does not have.
    """
    kind = CATALOGUE[problem.code]
    words = _words(problem)
    return {
        "code": problem.code,
        "severity": kind.severity,
        "file": problem.file,
        "table": problem.table,
        "row": problem.row,
        "key": problem.key,
        "field": problem.field,
        "value": problem.value,
        "message": kind.zh.format_map(words),
        "remedy": kind.remedy_zh.format_map(words),
        "message_en": kind.en.format_map(words),
        "remedy_en": kind.remedy_en.format_map(words),
    }


def _words(problem: Problem) -> _Words:
    zh, en = TABLE_TITLES.get(problem.table, (problem.table, problem.table))
    words = _Words(
        code=problem.code,
        file=problem.file,
        table=problem.table,
        table_zh=zh,
        table_en=en,
        row="" if problem.row is None else str(problem.row),
        key=problem.key,
        field=problem.field,
        field_title=_field_title(problem.table, problem.field),
        value=problem.value,
    )
    home = problem.details.get("home")
    if home:
        words["home_zh"], words["home_en"] = TABLE_TITLES[home]
    words.update(problem.details)
    return words


def _field_title(table: str, name: str) -> str:
    if table in national_tables():
        for field in national_tables()[table]:
            if field.name == name:
                return field.title
    return name
