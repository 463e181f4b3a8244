from datetime import date


def test_an_empty_mandatory_field_is_missing(sample, only):
    sample.row("FBF")["FBFMC"] = None
    problem = only("value.missing", "FBF", "FBFMC")
    assert (problem.key, problem.row, problem.file) == (sample.row("FBF")["FBFBM"], 1, "FBF.x")


def test_blanks_are_no_value(sample, only):
    sample.row("CBF", 1)["CBFDZ"] = " \u3000 "
    assert only("value.missing", "CBF", "CBFDZ").row == 2


def test_a_missing_day_is_told_once(sample, only):
    sample.row("CBHT")["QDSJ"] = None
    only("value.missing", "CBHT", "QDSJ")


def test_a_missing_name_sets_off_nothing_else(sample, only):
    sample.row("CBF_JTCY")["CYXM"] = ""
    only("value.missing", "CBF_JTCY", "CYXM")


def test_a_parcel_without_a_code_is_told_where_the_code_is_missing(sample, found):
    sample.row("DK")["DKBM"] = None
    assert [(p.code, p.table) for p in found()] == [
        ("value.missing", "DK"),
        ("reference.missing", "CBDKXX"),
    ]


def test_an_empty_column_of_a_long_table_is_told_once(sample, only):
    for _ in range(30):
        sample.add("ZJ")
    for row in sample.tables["ZJ"]:
        row["ZT"] = None
    assert "30" in only("value.missing", "ZJ", "ZT").details["more_zh"]


def test_a_column_the_file_lacks_is_not_told_again_for_its_rows(sample, found):
    for row in sample.tables["FBF"]:
        row["FBFMC"] = None
    sample.absent_fields = frozenset({("FBF", "FBFMC")})
    assert found() == []


def test_a_text_is_too_long_by_its_bytes_in_gbk(sample, only):
    sample.row("DK")["DKMC"] = "地" * 26
    assert only("value.too_long", "DK", "DKMC").details["length"] == "52"


def test_twenty_five_characters_fit_into_fifty_bytes(sample, found):
    sample.row("DK")["DKMC"] = "地" * 25
    assert found() == []


def test_a_code_outside_the_list_is_told_with_what_is_allowed(sample, only):
    sample.row("DK")["TDYT"] = "7"
    problem = only("value.not_in_list", "DK", "TDYT")
    assert problem.value == "7"
    assert "1 种植业" in problem.details["allowed"]


def test_an_optional_code_may_be_empty(sample, found):
    sample.row("DK")["SYQXZ"] = ""
    assert found() == []


def test_a_contract_area_of_zero_is_told_once_and_not_as_a_wrong_sum(sample, only):
    sample.row("CBDKXX")["HTMJ"] = 0.0
    sample.row("CBDKXX")["HTMJM"] = 0.0
    only("value.not_positive", "CBDKXX", "HTMJ")


def test_a_former_area_of_zero_means_none(sample, found):
    sample.row("CBDKXX")["YHTMJ"] = 0.0
    assert found() == []


def test_days_are_quoted_as_people_write_them(sample, only):
    sample.row("LZHT")["LZQXKSRQ"] = date(2025, 1, 1)
    assert only("circulation.dates", "LZHT", "LZQXKSRQ").value == "2025-01-01"
