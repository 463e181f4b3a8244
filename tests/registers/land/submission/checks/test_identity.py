import pytest

from chengxiang.codes.identity import check_character


def test_a_wrong_check_character_is_told_with_its_reason(sample, only):
    number = sample.row("CBF_JTCY", 1)["CYZJHM"]
    sample.row("CBF_JTCY", 1)["CYZJHM"] = number[:-1] + ("0" if number[-1] != "0" else "1")
    assert "校验码" in only("identity.invalid", "CBF_JTCY", "CYZJHM").details["reason_zh"]


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("99000019600101", "18 characters"),
        ("990000600101001", "15 digits"),
        ("99000019601301001X", "day of birth"),
        ("9900001960010100AX", "other characters"),
    ],
)
def test_numbers_fail_for_their_own_reason(sample, only, number, reason):
    sample.row("CBF_JTCY", 1)["CYZJHM"] = number
    assert reason in only("identity.invalid", "CBF_JTCY", "CYZJHM").details["reason_en"]


def test_a_wrong_number_is_told_once_for_a_household(sample, only):
    old = sample.row("CBF_JTCY")["CYZJHM"]
    wrong = old[:-1] + ("0" if old[-1] != "0" else "1")
    for table, field in (("CBF_JTCY", "CYZJHM"), ("CBF", "CBFZJHM"), ("CBJYQZ", "QZLQRZJHM")):
        sample.row(table)[field] = wrong
    only("identity.invalid", "CBF_JTCY", "CYZJHM")


def test_the_head_of_an_issuing_party_needs_a_valid_number_too(sample, only):
    sample.row("FBF")["FZRZJHM"] = "123"
    only("identity.invalid", "FBF", "FZRZJHM")


def test_other_documents_have_no_such_rule(sample, found):
    sample.row("CBF_JTCY")["CYZJHM"] = "E12345678"
    sample.row("CBF_JTCY")["CYZJLX"] = "5"
    assert found() == []


def test_a_small_x_at_the_end_is_valid(sample, found):
    sample.row("CBF_JTCY", 1)["CYZJHM"] = "11010519491231002x"
    assert found() == []


def test_the_sex_must_agree_with_the_number(sample, only):
    sample.row("CBF_JTCY", 1)["CYXB"] = "1"
    only("identity.sex", "CBF_JTCY", "CYXB")


def test_a_number_in_two_households_is_told_once_at_the_smaller_contractor(sample, only):
    number = sample.row("CBF_JTCY", 1)["CYZJHM"]
    sample.row("CBF_JTCY", 5)["CYZJHM"] = number
    problem = only("identity.duplicate", "CBF_JTCY", "CYZJHM")
    assert problem.key == sample.row("CBF", 0)["CBFBM"]
    assert problem.details["others"] == sample.row("CBF", 1)["CBFBM"]


def test_someone_not_yet_born_has_no_valid_number(sample, reference):
    from dataclasses import replace
    from datetime import date

    from chengxiang.registers.land.submission.checks import check_package

    body = "99000020300101001"
    sample.row("CBF_JTCY", 2)["CYZJHM"] = body + check_character(body)
    package = sample.package()
    assert check_package(package, reference) == []
    later = replace(reference, on=date(2026, 11, 24))
    assert [p.code for p in check_package(package, later)] == ["identity.invalid"]
