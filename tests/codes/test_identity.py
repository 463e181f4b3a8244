from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from chengxiang.codes import identity
from chengxiang.codes.identity import Verdict

days = st.dates(date(1850, 1, 1), date(2030, 12, 31))
counties = st.integers(110000, 659999).map(str)
sequences = st.integers(0, 999).map("{:03d}".format)


@st.composite
def numbers(draw):
    body = f"{draw(counties)}{draw(days):%Y%m%d}{draw(sequences)}"
    return body + identity.check_character(body)


@pytest.mark.parametrize(
    "number", ["11010519491231002X", "440524188001010014", "34052419800101001X"]
)
def test_the_examples_of_the_standard_are_valid(number):
    assert identity.check(number) is Verdict.VALID


@given(numbers())
def test_the_check_character_is_the_one_stdnum_works_out(number):
    assert number[-1] == ric.calc_check_digit(number)
    assert identity.check(number) is Verdict.VALID


@given(numbers())
def test_birth_date_is_the_one_stdnum_reads(number):
    assert identity.birth_date(number) == ric.get_birth_date(number)


@given(numbers(), st.integers(0, 16), st.integers(1, 9))
def test_a_changed_digit_never_stays_valid(number, at, more):
    changed = str((int(number[at]) + more) % 10)
    assert identity.check(number[:at] + changed + number[at + 1 :]) is not Verdict.VALID


@given(numbers(), st.integers(0, 15))
def test_two_digits_exchanged_never_stay_valid(number, at):
    swapped = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    assert swapped == number or identity.check(swapped) is not Verdict.VALID


@given(st.lists(st.one_of(st.none(), st.text(max_size=20), numbers())))
def test_many_are_judged_as_each_one_by_itself(texts):
    texts = [t if t is None or t.isprintable() else "?" for t in texts]
    one_by_one = [Verdict.EMPTY if t is None else identity.check(t) for t in texts]
    assert identity.check_many(texts).tolist() == one_by_one
    assert identity.check_many(pa.array(texts, pa.string()))[:].tolist() == one_by_one


@pytest.mark.parametrize(
    ("number", "verdict"),
    [
        ("", Verdict.EMPTY),
        ("1101051949123100", Verdict.LENGTH),
        ("1101051949123100２X", Verdict.LENGTH),
        ("X10105194912310021", Verdict.CHARACTERS),
        ("110105194913310021", Verdict.BIRTH_DATE),
        ("110105190002290021", Verdict.BIRTH_DATE),
        ("110105194912310020", Verdict.CHECKSUM),
        ("11010519491231002x", Verdict.VALID),
        ("110105491231002", Verdict.OLD_FORM),
        ("110105491331002", Verdict.BIRTH_DATE),
    ],
)
def test_the_reason_is_told(number, verdict):
    assert identity.check(number) is verdict


@given(numbers())
def test_nobody_is_born_after_the_day_of_the_check(number):
    born = identity.birth_date(number)
    assert identity.check(number, on=born) is Verdict.VALID
    assert identity.check(number, on=born - timedelta(days=1)) is Verdict.BIRTH_DATE


def test_slices_of_arrow_arrays_and_numpy_arrays_are_read_right():
    texts = ["x", "11010519491231002X", "440524188001010014", None]
    assert identity.check_many(pa.array(texts)[1:3]).tolist() == [0, 0]
    assert identity.check_many(np.array(texts[1:3])).tolist() == [0, 0]
    assert identity.check_many(pa.chunked_array([texts[:1], texts[1:2]])).tolist() == [2, 0]


def test_the_old_form_becomes_the_new_one():
    assert identity.modern("110105491231002") == "11010519491231002X"
    assert identity.modern("110105801231998")[6:10] == "1880"
    assert identity.birth_date("110105491231002") == date(1949, 12, 31)


def test_sex_is_the_parity_of_the_seventeenth_character():
    assert identity.sex("11010519491231002X") == 2
    assert identity.sex("440524188001010014") == 1
    assert identity.sexes(["11010519491231002X", None, "1"]).tolist() == [2, 0, 0]
    with pytest.raises(ValueError, match="18 characters"):
        identity.sex("1")


@given(st.text(max_size=30))
def test_a_mask_keeps_the_length_and_hides_the_middle(text):
    masked = identity.mask(text)
    assert len(masked) == len(text)
    assert set(masked[4:-2]) <= {"*"}
    if len(text) <= 6:
        assert set(masked) <= {"*"}


def test_the_mask_keeps_four_and_two():
    assert identity.mask("211202194901010037") == "2112************37"
