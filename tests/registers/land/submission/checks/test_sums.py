from datetime import date

import pytest


def test_a_total_that_is_not_the_sum_of_the_parcels_is_told(sample, only):
    sample.row("CBHT")["HTZMJ"], sample.row("CBHT")["HTZMJM"] = 4000.5, 6.0
    problem = only("contract.area_sum", "CBHT", "HTZMJ")
    assert (problem.value, problem.details["sum"]) == ("4000.50", "4000.00")


def test_a_hundredth_for_each_row_is_allowed(sample, found):
    sample.row("CBHT")["HTZMJ"] = 4000.02
    assert found() == []


def test_a_wrong_number_of_parcels_is_told(sample, only):
    sample.row("CBHT")["CBDKZS"] = 3
    assert only("contract.parcel_count", "CBHT", "CBDKZS").details["count"] == "2"


def test_a_term_that_ends_before_it_starts_is_told_once(sample, only):
    sample.row("CBHT", 1)["CBQXQ"] = date(2028, 1, 1)
    only("contract.dates", "CBHT", "CBQXQ")


def test_a_contract_is_not_signed_after_its_end(sample, only):
    sample.row("CBHT")["QDSJ"] = date(2028, 1, 1)
    assert only("contract.dates", "CBHT", "QDSJ").details["end"] == "2027-12-31"


def test_a_term_without_end_is_in_order(sample, found):
    sample.row("CBHT")["CBQXZ"] = date(9999, 1, 1)
    assert found() == []


@pytest.mark.parametrize(
    ("field", "day"), [("FZRQ", date(2016, 4, 30)), ("QZLQRQ", date(2016, 5, 31))]
)
def test_a_certificate_is_registered_then_issued_then_collected(sample, only, field, day):
    sample.row("CBJYQZ")[field] = day
    only("certificate.dates", "CBJYQZ", field)


def test_mu_that_are_not_the_square_metres_are_a_warning(sample, only):
    sample.row("CBDKXX")["HTMJM"] = 3.02
    assert only("area.mu", "CBDKXX", "HTMJM").details["mu"] == "3.00"


def test_mu_of_a_total_may_be_the_sum_of_rounded_rows(sample, found):
    sample.row("CBHT")["HTZMJM"] = 6.02
    assert found() == []
