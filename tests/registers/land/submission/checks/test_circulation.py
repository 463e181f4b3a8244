from datetime import date


def test_a_circulation_ends_after_it_starts(sample, only):
    sample.row("LZHT")["LZQXKSRQ"] = date(2026, 1, 1)
    only("circulation.dates", "LZHT", "LZQXKSRQ")


def test_a_circulation_is_not_signed_after_its_end(sample, only):
    sample.row("LZHT")["HTQDRQ"] = date(2026, 1, 1)
    only("circulation.dates", "LZHT", "HTQDRQ")


def test_a_circulation_does_not_outlast_the_contract(sample, only):
    sample.row("LZHT")["LZQXJSRQ"] = date(2028, 1, 1)
    problem = only("circulation.term", "LZHT", "LZQXJSRQ")
    assert problem.key == sample.row("LZHT")["LZHTBM"]
    assert problem.details["end"] == "2027-12-31"


def test_more_land_than_the_contract_has_is_a_warning(sample, only):
    sample.row("LZHT")["LZMJ"], sample.row("LZHT")["LZMJM"] = 5000.0, 7.5
    assert only("circulation.area", "LZHT", "LZMJ").details["limit"] == "4000.00 m²"


def test_more_parcels_than_the_contract_has_are_a_warning(sample, only):
    sample.row("LZHT")["LZDKS"] = 3
    only("circulation.area", "LZHT", "LZDKS")
