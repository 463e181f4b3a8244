def test_a_wrong_number_of_members_is_told(sample, only):
    sample.row("CBF")["CBFCYSL"] = 5
    assert only("household.member_count", "CBF", "CBFCYSL").details["count"] == "3"


def test_a_household_without_head_is_told_at_its_first_member(sample, only):
    sample.row("CBF_JTCY", 3)["YHZGX"] = "30"
    problem = only("household.no_head", "CBF_JTCY", "YHZGX")
    assert (problem.key, problem.row) == (sample.row("CBF", 1)["CBFBM"], 4)


def test_a_second_head_is_told_at_the_second(sample, only):
    sample.row("CBF_JTCY", 2)["YHZGX"] = "01"
    problem = only("household.several_heads", "CBF_JTCY", "YHZGX")
    assert (problem.row, problem.details["count"]) == (3, "2")


def test_the_representative_is_one_of_the_members(sample, only):
    sample.row("CBF")["CBFMC"] = "李四"
    assert only("household.representative", "CBF", "CBFMC").value == "李四"


def test_blanks_in_a_name_are_no_difference(sample, found):
    sample.row("CBF")["CBFMC"] = "张　甲"
    assert found() == []


def test_units_have_no_head_and_no_members(sample, found):
    row, code = sample.row("CBF"), sample.row("CBF")["CBFBM"]
    row["CBFLX"], row["CBFZJLX"], row["CBFMC"] = "3", "3", "合作社"
    sample.tables["CBF_JTCY"] = [r for r in sample.tables["CBF_JTCY"] if r["CBFBM"] != code]
    assert [p.code for p in found()] == ["code.serial_range"]
