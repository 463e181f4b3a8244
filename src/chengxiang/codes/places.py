"""Statistical division codes (统计用区划代码): the five levels of places as an algebra of prefixes."""

from typing import Literal

Level = Literal["province", "prefecture", "county", "township", "village"]

_LEVELS: dict[int, Level] = {
    2: "province",
    4: "prefecture",
    6: "county",
    9: "township",
    12: "village",
}
WIDTHS = tuple(_LEVELS)


def level(code: str) -> Level:
    """The level a code stands on, by its length; ValueError for a text that is no place code.

    >>> level("210882101")
    'township'
    """
    if not (code.isascii() and code.isdigit()) or len(code) not in _LEVELS:
        raise ValueError(f"{code!r} is no place code: 2, 4, 6, 9 or 12 digits")
    return _LEVELS[len(code)]


def ancestors(code: str) -> tuple[str, ...]:
    """The places a place lies in, the province first, without the place itself.

    >>> ancestors("210882101")
    ('21', '2108', '210882')
    """
    level(code)
    return tuple(code[:width] for width in WIDTHS if width < len(code))


def parent(code: str) -> str | None:
    """The place one level up, None for a province."""
    above = ancestors(code)
    return above[-1] if above else None


def contains(place: str, code: str) -> bool:
    """Whether the place is `code` itself or lies above it.

    `code` may be longer than a place code: issuing parties, contractors and parcels begin with
    the code of their village.

    >>> contains("2108", "210882101201"), contains("2108", "211282")
    (True, False)
    """
    level(place)
    return code.startswith(place)


def kind(code: str) -> str:
    """The kind of place the official coding ranges give it.

    Townships: street 001-099, town 100-199, township 200-399, else other. Villages: residents'
    committee 001-199, villagers' committee 200-399, else other. Counties: district 01-20, county
    21-80, county-level city 81-99; whether a county is autonomous no code tells.
    Source: 统计用区划代码和城乡划分代码编制规则; GB/T 2260.
    """
    at = level(code)
    if at == "county":
        number = int(code[4:])
        return "district" if number <= 20 else "county" if number <= 80 else "county_city"
    if at == "township":
        return _first(int(code[6:]), ((0, "other"), (99, "street"), (199, "town"),
                                      (399, "township")))  # fmt: skip
    if at == "village":
        return _first(int(code[9:]), ((0, "other"), (199, "residents_committee"),
                                      (399, "villagers_committee")))  # fmt: skip
    return at


def _first(number: int, ranges: tuple[tuple[int, str], ...]) -> str:
    return next((name for last, name in ranges if number <= last), "other")
