from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengxiang.codes import land

parties = st.text("0123456789", min_size=14, max_size=14)


@given(parties, st.integers(1, 9999), st.integers(1, 99999), st.sampled_from("JQ"))
def test_codes_that_are_composed_are_well_formed_and_parse_back(party, serial, parcel, way):
    contractor = land.ContractorCode(party, serial)
    assert land.parse_contractor(str(contractor)) == contractor
    assert land.parse_parcel(str(land.ParcelCode(party, parcel))).serial == parcel
    assert str(land.parse_issuing_party(party)) == party
    contract = land.ContractCode(str(contractor), way)
    assert land.parse_contract(str(contract)) == contract
    for kind, code in (("contractor", contractor), ("contract", contract)):
        assert land.well_formed(kind, [str(code)]).tolist() == [True]


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("parcel", "211282001200000000"),
        ("parcel", "21128200120000000X1"),
        ("parcel", "２112820012000000001"),
        ("contract", "211282001200000001K"),
        ("contract", "211282001200000001j"),
        ("contractor", ""),
        ("issuing_party", None),
    ],
)
def test_malformed_codes_are_told_apart(kind, code):
    assert land.well_formed(kind, [code]).tolist() == [False]


def test_parsing_a_malformed_code_says_so():
    with pytest.raises(ValueError, match="no code of kind parcel"):
        land.parse_parcel("123")


@given(st.lists(st.integers(-(10**12), 10**12)))
def test_mu_of_arrays_is_the_decimal_mu_for_all_areas_with_two_decimals(hundredths):
    areas = [Decimal(h) / 100 for h in hundredths]
    expected = [float(land.mu(area)) for area in areas]
    assert land.mu_of(np.array([float(a) for a in areas])).tolist() == expected


@given(st.integers(0, 10**7))
def test_ties_go_up(number):
    # 10/3 m² steps hit halves of a hundredth mu: every odd multiple of 10/3 that has two decimals.
    area = Decimal(20 * number + 10) / Decimal(1)
    exact = area * Decimal("0.0015")
    assert land.mu(area) - exact >= Decimal("-0.005") + Decimal("1e-9")
    assert land.mu_of([float(area)])[0] == float(land.mu(area))


def test_a_tie_that_binary_floats_get_wrong():
    assert land.mu(Decimal("670")) == Decimal("1.01")  # 1.005
    assert land.mu_of([670.0, 3.33, 3.34]).tolist() == [1.01, 0.0, 0.01]
    assert land.mu(Decimal("10")) == Decimal("0.02")  # 0.015
    assert round(10.0 * 0.0015, 2) == 0.01


def test_nothing_stated_stays_nothing():
    assert np.isnan(land.mu_of([float("nan")])[0])


def test_one_mu_is_ten_thousand_fifteenths_of_a_square_metre():
    assert land.mu(Decimal("666.67")) == 1
    assert land.mu(Decimal("10000")) == 15
