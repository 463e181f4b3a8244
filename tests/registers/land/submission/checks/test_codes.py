def test_a_malformed_code_is_told_once_wherever_it_stands(sample, only):
    old = sample.row("DK")["DKBM"]
    sample.rename("DKBM", old, old[:-1] + "X")
    problem = only("code.malformed", "DK", "DKBM")
    assert problem.value == problem.key == old[:-1] + "X"


def test_a_slip_in_a_parcels_own_code_does_not_make_its_references_dangle(sample, only):
    old = sample.row("DK", 3)["DKBM"]
    sample.row("DK", 3)["DKBM"] = old[:-1]
    only("code.malformed", "DK", "DKBM")


def test_a_malformed_code_of_a_contract_is_told_once(sample, only):
    old = sample.row("CBHT")["CBHTBM"]
    sample.rename("CBHTBM", old, old[:-1] + "K")
    assert only("code.malformed", "CBHT", "CBHTBM").value == old[:-1] + "K"


def test_codes_in_a_list_are_checked_one_by_one(sample, only):
    mine, other = sample.row("DK")["DKBM"], sample.row("DK", 1)["DKBM"]
    sample.row("JZD")["DKBM"] = f"{mine}/{other}/{other[:-1]}Z"
    assert only("code.malformed", "JZD", "DKBM").value == other[:-1] + "Z"


def test_a_row_whose_codes_contradict_each_other_is_told_once(sample, only):
    sample.row("CBDKXX")["FBFBM"] = sample.row("FBF", 1)["FBFBM"]
    problem = only("code.composition", "CBDKXX", "DKBM")
    assert problem.details["expected"] == sample.row("FBF", 1)["FBFBM"]


def test_the_code_that_contradicts_two_others_is_the_one_in_the_wrong(sample, only):
    sample.row("CBDKXX")["CBFBM"] = sample.row("CBF", 4)["CBFBM"]
    only("code.composition", "CBDKXX", "CBFBM")


def test_a_parcel_entered_under_another_contract_is_told_once(sample, only):
    sample.row("CBDKXX")["CBHTBM"] = sample.row("CBHT", 1)["CBHTBM"]
    only("code.composition", "CBDKXX", "CBHTBM")


def test_a_code_of_another_county_is_told_once(sample, only):
    old = sample.row("LZHT")["LZHTBM"]
    sample.row("LZHT")["LZHTBM"] = "210882" + old[6:]
    problem = only("code.composition", "LZHT", "LZHTBM")
    assert problem.details["expected"] == "211282"


def test_a_repeated_parcel_is_a_duplicate_and_no_overlap(sample, only):
    sample.tables["DK"].append(dict(sample.row("DK")))
    assert only("code.duplicate", "DK", "DKBM").row == len(sample.tables["DK"])


def test_a_repeated_member_is_a_duplicate_and_does_not_count_twice(sample, only):
    sample.tables["CBF_JTCY"].append(dict(sample.row("CBF_JTCY")))
    only("code.duplicate", "CBF_JTCY", "CBFBM")


def test_a_repeated_contractor_is_a_duplicate(sample, only):
    sample.tables["CBF"].append(dict(sample.row("CBF")))
    only("code.duplicate", "CBF", "CBFBM")


def test_a_repeated_contract_row_is_a_duplicate_and_spoils_no_sum(sample, only):
    sample.tables["CBDKXX"].append(dict(sample.row("CBDKXX")))
    only("code.duplicate", "CBDKXX", "DKBM")


def test_numbers_of_a_layer_are_unique(sample, only):
    sample.row("JZD", 2)["BSM"] = 1
    only("code.duplicate", "JZD", "BSM")


def test_an_unknown_village_is_told_once_at_its_issuing_party(sample, only):
    sample.add("FBF", FBFBM="21128299929900", FZRZJLX="9")
    assert only("code.place_unknown", "FBF", "FBFBM").value == "211282999299"


def test_a_township_may_issue_land_itself(sample, found):
    sample.add("FBF", FBFBM="21128200100000", FZRZJLX="9")
    assert found() == []


def test_a_household_contract_with_a_way_of_other_means_is_told(sample, only):
    sample.row("CBHT")["CBFS"] = "122"
    assert only("code.way", "CBHT", "CBFS").details["letter"] == "J"


def test_an_exchange_keeps_the_letter_of_its_contract(sample, found):
    sample.row("CBDKXX")["CBJYQQDFS"] = "300"
    assert found() == []


def test_an_individual_has_a_serial_from_8001_on(sample, only):
    sample.row("CBF")["CBFLX"] = "2"
    problem = only("code.serial_range", "CBF", "CBFBM")
    assert problem.details["range"] == "8001–9000"
