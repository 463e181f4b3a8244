"""Codes of the land register: issuing parties, contractors, parcels, contracts; and the mu.

Source: GB/T 35958-2018; NY/T 2539, annex B. The codes are those of the day of titling: they are
never recomputed when a township is merged.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .fixed_width import Texts, as_column, digits_only

HOUSEHOLD_CONTRACT, OTHER_MEANS = "J", "Q"

# Digits of each kind of code, and the letters that may stand after them.
_FORMS: Mapping[str, tuple[int, bytes]] = MappingProxyType(
    {
        "issuing_party": (14, b""),  # 发包方代码 FBFBM
        "contractor": (18, b""),  # 承包方代码 CBFBM
        "parcel": (19, b""),  # 地块代码 DKBM
        "contract": (18, b"JQ"),  # 承包合同代码 CBHTBM
        "certificate": (18, b"JQ"),  # 承包经营权证代码 CBJYQZBM
        "circulation": (18, b""),  # 流转合同代码 LZHTBM
        "county": (6, b""),
        "township": (9, b""),
        "village": (12, b""),
        "group": (14, b""),
    }
)


@dataclass(frozen=True)
class IssuingPartyCode:
    """Issuing party (发包方): the village's 12 digits and 2 of the group, 00 for the village."""

    village: str
    group: str

    def __str__(self) -> str:
        return self.village + self.group


@dataclass(frozen=True)
class ContractorCode:
    """Contractor (承包方): the issuing party and a serial of 4 digits."""

    issuing_party: str
    serial: int

    def __str__(self) -> str:
        return f"{self.issuing_party}{self.serial:04d}"


@dataclass(frozen=True)
class ParcelCode:
    """Parcel (承包地块): the issuing party and a serial of 5 digits."""

    issuing_party: str
    serial: int

    def __str__(self) -> str:
        return f"{self.issuing_party}{self.serial:05d}"


@dataclass(frozen=True)
class ContractCode:
    """Contract (承包合同) or certificate (权证): the contractor and J (household) or Q (other)."""

    contractor: str
    way: str

    def __str__(self) -> str:
        return self.contractor + self.way


def well_formed(kind: str, codes: Texts) -> NDArray[np.bool_]:
    """True where a text has the form of that kind of code, shape (n,); False for nulls.

    kind: issuing_party, contractor, parcel, contract, certificate, circulation, county,
    township, village or group; KeyError for another.
    """
    digits, letters = _FORMS[kind]
    return digits_only(as_column(codes), digits, letters)


def parse_issuing_party(code: str) -> IssuingPartyCode:
    """The parts of an issuing party's code; ValueError if it is malformed."""
    _demand("issuing_party", code)
    return IssuingPartyCode(code[:12], code[12:])


def parse_contractor(code: str) -> ContractorCode:
    """The parts of a contractor's code; ValueError if it is malformed."""
    _demand("contractor", code)
    return ContractorCode(code[:14], int(code[14:]))


def parse_parcel(code: str) -> ParcelCode:
    """The parts of a parcel's code; ValueError if it is malformed.

    >>> parse_parcel("2108821012010300012").serial
    12
    """
    _demand("parcel", code)
    return ParcelCode(code[:14], int(code[14:]))


def parse_contract(code: str) -> ContractCode:
    """The parts of a contract's or certificate's code; ValueError if it is malformed."""
    _demand("contract", code)
    return ContractCode(code[:18], code[18:])


def mu(area_m2: Decimal) -> Decimal:
    """The area in mu (亩), rounded half up to 2 places.

    1 mu is 10000/15 m², so this is area * 0.0015. Totals are sums of rounded rows, as
    certificates print them.

    >>> mu(Decimal("1003.33"))  # 1.504995
    Decimal('1.50')
    >>> mu(Decimal("1003.40"))  # 1.5051
    Decimal('1.51')
    """
    return (area_m2 * Decimal("0.0015")).quantize(Decimal("0.01"), ROUND_HALF_UP)


def mu_of(areas_m2: ArrayLike) -> NDArray[np.float64]:
    """As `mu`, for many areas stated with two decimals, shape (n,); NaN stays NaN.

    Areas with more decimals are taken to two first. Counted in whole hundredths of a square
    metre, for in binary floats half of the ties would fall the wrong way.
    """
    areas = np.asarray(areas_m2, dtype=np.float64)
    known = np.isfinite(areas)
    hundredths = np.rint(np.where(known, areas, 0.0) * 100).astype(np.int64)
    # hundredths of a mu = hundredths of m² * 15 / 10000
    rounded = np.sign(hundredths) * ((np.abs(hundredths) * 3 + 1000) // 2000)
    return np.where(known, rounded / 100, areas)


def _demand(kind: str, code: str) -> None:
    if not well_formed(kind, [code])[0]:
        raise ValueError(f"{code!r} is no code of kind {kind}")
