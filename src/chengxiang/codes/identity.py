"""Identity numbers of citizens (公民身份号码): are they well formed, what do they say, how to mask.

Source: GB 11643-1999; check character by ISO 7064, MOD 11-2. The first six digits name the county
of first registration, which may long be abolished, so they are not checked.
"""

from datetime import date
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from .fixed_width import NINE, ZERO, Texts, as_column, byte_matrix

WIDTH, OLD_WIDTH = 18, 15
_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2], dtype=np.int64)
_CHECK = np.frombuffer(b"10X98765432", dtype=np.uint8)
_MONTH_DAYS = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], dtype=np.int64)


class Verdict(IntEnum):
    """What is wrong with a number; VALID is 0."""

    VALID = 0
    EMPTY = 1
    LENGTH = 2  # neither 18 nor 15 characters
    CHARACTERS = 3  # something else than digits (X only at the end)
    BIRTH_DATE = 4  # digits 7 to 14 are no day, or one after the day of the check
    CHECKSUM = 5  # the last character does not fit the others
    OLD_FORM = 6  # a sound number of 15 digits, no longer valid since 2013


def check_many(numbers: Texts, on: date | None = None) -> NDArray[np.int8]:
    """The Verdict of every number, shape (n,).

    Lower-case x counts as X. `on`: nobody is born after that day; left out, only the calendar
    counts. Years before 1900 are fine: the standard's own example was born in 1880.
    """
    column = as_column(numbers)
    verdicts = np.full(len(column), Verdict.LENGTH, dtype=np.int8)
    rows, letters = byte_matrix(column, 0)
    verdicts[rows] = Verdict.EMPTY
    verdicts[column.is_null().to_numpy(zero_copy_only=False)] = Verdict.EMPTY
    rows, letters = byte_matrix(column, WIDTH)
    verdicts[rows] = _verdicts_18(letters, on)
    rows, letters = byte_matrix(column, OLD_WIDTH)
    verdicts[rows] = _verdicts_15(letters, on)
    return verdicts


def check(number: str, on: date | None = None) -> Verdict:
    """What is wrong with one number.

    >>> check("11010519491231002X").name
    'VALID'
    >>> check("110105194912310021").name
    'CHECKSUM'
    """
    return Verdict(int(check_many([number], on)[0]))


def sexes(numbers: Texts) -> NDArray[np.int8]:
    """1 male, 2 female by the 17th digit, 0 where the text has not 18 characters; shape (n,).

    The codes are those of GB/T 2261.1. Does not ask whether the number is valid.
    """
    column = as_column(numbers)
    answer = np.zeros(len(column), dtype=np.int8)
    rows, letters = byte_matrix(column, WIDTH)
    digit = letters[:, 16].astype(np.int8) - ZERO
    answer[rows] = np.where((digit >= 0) & (digit <= 9), 2 - digit % 2, 0)
    return answer


def birth_date(number: str) -> date:
    """The day of birth a number of 18 or 15 digits states; ValueError if it states none."""
    whole = modern(number) if len(number) == OLD_WIDTH else number
    if len(whole) != WIDTH:
        raise ValueError(f"an identity number has 18 characters, not {len(whole)}")
    return date(int(whole[6:10]), int(whole[10:12]), int(whole[12:14]))


def sex(number: str) -> int:
    """1 male, 2 female, as GB/T 2261.1; ValueError if the number has neither 18 nor 15 digits."""
    whole = modern(number) if len(number) == OLD_WIDTH else number
    answer = int(sexes([whole])[0])
    if not answer:
        raise ValueError("an identity number has 18 characters, the 17th a digit")
    return answer


def check_character(body: str) -> str:
    """The 18th character that belongs to the first 17 digits.

    >>> check_character("11010519491231002")
    'X'
    """
    if len(body) != WIDTH - 1 or not (body.isascii() and body.isdigit()):
        raise ValueError("17 digits are needed")
    total = int((_WEIGHTS * (np.frombuffer(body.encode(), dtype=np.uint8) - ZERO)).sum())
    return chr(_CHECK[total % 11])


def modern(old: str) -> str:
    """The 18-character number of a 15-digit one; ValueError if it is not 15 digits.

    Sequence numbers 996 to 999 were kept for people born before 1900.
    """
    if len(old) != OLD_WIDTH or not (old.isascii() and old.isdigit()):
        raise ValueError("15 digits are needed")
    century = "18" if old[12:] >= "996" else "19"
    body = old[:6] + century + old[6:]
    return body + check_character(body)


def mask(number: str) -> str:
    """The number with all but the first four and last two characters starred.

    Texts of six characters or fewer are starred whole.

    >>> mask("211202194901010037")
    '2112************37'
    """
    if len(number) <= 6:
        return "*" * len(number)
    return number[:4] + "*" * (len(number) - 6) + number[-2:]


def _verdicts_18(letters: NDArray[np.uint8], on: date | None) -> NDArray[np.int8]:
    digits = letters[:, :17].astype(np.int64) - ZERO
    last = np.where(letters[:, 17] == ord("x"), ord("X"), letters[:, 17])
    clean = ((letters[:, :17] >= ZERO) & (letters[:, :17] <= NINE)).all(axis=1)
    clean &= ((last >= ZERO) & (last <= NINE)) | (last == ord("X"))
    expected = _CHECK[(digits * _WEIGHTS).sum(axis=1) % 11]
    return np.select(
        [~clean, ~_is_day(digits[:, 6:14], on), last != expected],
        [Verdict.CHARACTERS, Verdict.BIRTH_DATE, Verdict.CHECKSUM],
        Verdict.VALID,
    ).astype(np.int8)


def _verdicts_15(letters: NDArray[np.uint8], on: date | None) -> NDArray[np.int8]:
    digits = letters.astype(np.int64) - ZERO
    clean = ((letters >= ZERO) & (letters <= NINE)).all(axis=1)
    eighteenth = (digits[:, 12] == 9) & (digits[:, 13] == 9) & (digits[:, 14] >= 6)
    century = np.where(eighteenth, 8, 9)
    day = np.column_stack([np.ones_like(century), century, digits[:, 6:12]])
    return np.select(
        [~clean, ~_is_day(day, on)],
        [Verdict.CHARACTERS, Verdict.BIRTH_DATE],
        Verdict.OLD_FORM,
    ).astype(np.int8)


def _is_day(digits: NDArray[np.int64], on: date | None) -> NDArray[np.bool_]:
    """Whether eight digits YYYYMMDD are a day of the calendar, from 1800 on."""
    year = digits[:, :4] @ np.array([1000, 100, 10, 1])
    month = digits[:, 4:6] @ np.array([10, 1])
    day = digits[:, 6:8] @ np.array([10, 1])
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    in_year = (month >= 1) & (month <= 12)
    longest = _MONTH_DAYS[np.where(in_year, month, 0)] + (leap & (month == 2))
    good: NDArray[np.bool_] = in_year & (day >= 1) & (day <= longest) & (year >= 1800)
    if on is not None:
        good &= (year * 10_000 + month * 100 + day) <= int(f"{on:%Y%m%d}")
    return good
