"""Who issues land, who holds it, and which strip is whose."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .fields import Strips, blocks_in, lay_out, strips_per_block
from .people import People, people
from .territory import County, Village

Integers = NDArray[np.int64]
Words = NDArray[np.object_]

HOUSEHOLDS_PER_VILLAGE = 60
MOST_HOUSEHOLDS = 8000  # serials of households end here
HOUSEHOLD, INDIVIDUAL, UNIT = "1", "2", "3"
CONTRACTED, PRIVATE, RESERVE, RECLAIMED, OTHER = "10", "21", "22", "23", "99"

_CHINESE = "零一二三四五六七八九"
_UNITS = ("丰源", "沃野", "金穗", "兴农", "绿野", "禾丰", "田园", "盛世", "北大荒", "鑫农")


@dataclass(frozen=True)
class Issuer:
    """Issuing party (发包方): a village or one of its groups."""

    code: str  # 14 digits
    village: Village
    group: int  # 0 the village itself
    households: int

    @property
    def place(self) -> str:
        """As people call it: 屋佳村第二组."""
        if not self.group:
            return self.village.name
        return f"{self.village.name}第{_CHINESE[self.group]}组"


@dataclass(frozen=True)
class Holdings:
    """Contractors (承包方), c of them, and the strips (n) they hold."""

    issuers: tuple[Issuer, ...]
    issuer: Integers  # (c,)
    kind: Words  # (c,) as CBFLX
    code: Words  # (c,) 18 digits
    name: Words  # (c,)
    document_kind: Words  # (c,)
    document: Words  # (c,)
    people: People  # members of the households among them
    contractor_of_household: Integers  # (households,)
    strips: Strips
    holder: Integers  # (n,) contractor of each strip, -1 none
    parcel_class: Words  # (n,) as DKLB
    parcel: Words  # (n,) 19 digits


def issuing_parties(
    county: County, households: int, random: np.random.Generator
) -> tuple[Issuer, ...]:
    """As many villages as the households fill, some of them divided in groups."""
    villages = [village for village in county.villages if village.kind == "villagers_committee"]
    number = int(np.clip(round(households / HOUSEHOLDS_PER_VILLAGE), 1, len(villages)))
    chosen = np.sort(random.choice(len(villages), number, replace=False))
    weights = random.uniform(0.7, 1.3, number)
    ends = np.round(np.cumsum(weights) / weights.sum() * households).astype(int)
    issuers: list[Issuer] = []
    for at, count in zip(chosen, np.diff(ends, prepend=0), strict=True):
        village = villages[at]
        groups = int(random.integers(2, 5)) if count >= 40 and random.random() < 0.4 else 1
        for group, some in enumerate(np.array_split(np.arange(count), groups), start=1):
            if len(some) > MOST_HOUSEHOLDS:
                raise ValueError(f"{county.name} has too few villages for {households} households")
            place = group if groups > 1 else 0
            if len(some):
                issuers.append(Issuer(f"{village.code}{place:02d}", village, place, len(some)))
    return tuple(issuers)


def holdings(county: County, issuers: tuple[Issuer, ...], random: np.random.Generator) -> Holdings:
    """Contractors with their families, and the fields divided among them."""
    number = np.array([issuer.households for issuer in issuers])
    individuals = (random.random(len(issuers)) < 0.15).astype(int)
    units = (random.random(len(issuers)) < 0.15).astype(int)
    individuals[0] = units[0] = 1
    per_issuer = np.column_stack([number, individuals, units])
    issuer = np.repeat(np.arange(len(issuers)), per_issuer.sum(axis=1))
    kind = np.repeat(
        np.tile(np.array([HOUSEHOLD, INDIVIDUAL, UNIT], dtype=object), len(issuers)),
        per_issuer.ravel(),
    )
    run = np.repeat(np.cumsum(per_issuer.ravel()) - per_issuer.ravel(), per_issuer.ravel())
    serial = np.arange(len(issuer)) - run + 1
    serial += np.select([kind == INDIVIDUAL, kind == UNIT], [8000, 9000], 0)
    codes = np.array([one.code for one in issuers], dtype=object)
    code = codes[issuer] + np.array([f"{n:04d}" for n in serial], dtype=object)

    parcels = np.where(
        kind == HOUSEHOLD,
        random.choice([2, 3, 4, 5], len(issuer), p=[0.2, 0.4, 0.3, 0.1]),
        1,
    )
    strips, holder, classes, parcel = _fields(issuers, issuer, parcels, random)
    natural = np.flatnonzero(kind != UNIT)
    folk = people(len(natural), kind[natural] == INDIVIDUAL, county.number, random)
    name, document_kind, document = _names(county, kind, natural, folk)
    return Holdings(
        issuers=issuers, issuer=issuer, kind=kind, code=code, name=name,
        document_kind=document_kind, document=document,
        people=folk, contractor_of_household=natural,
        strips=strips, holder=holder, parcel_class=classes, parcel=parcel,
    )  # fmt: skip


def _names(
    county: County, kind: Words, natural: Integers, folk: People
) -> tuple[Words, Words, Words]:
    """Name, kind of document and its number of every contractor."""
    name, document = np.empty_like(kind), np.empty_like(kind)
    name[natural], document[natural] = folk.name[folk.heads], folk.number[folk.heads]
    for serial, at in enumerate(np.flatnonzero(kind == UNIT), start=1):
        word = _UNITS[serial % len(_UNITS)]
        name[at] = f"{county.name[:2]}{word}种植专业合作社"
        document[at] = f"9321{county.number:02d}99MA{serial:08d}"
    return name, np.where(kind == UNIT, "3", "1").astype(object), document


def _fields(
    issuers: tuple[Issuer, ...],
    issuer: Integers,
    parcels: Integers,
    random: np.random.Generator,
) -> tuple[Strips, Integers, Words, Words]:
    """The strips, the contractor of each (-1 none), its class and its code."""
    first = np.searchsorted(issuer, np.arange(len(issuers) + 1))
    cells: list[NDArray[np.float64]] = []
    counts: list[Integers] = []
    owners: list[Integers] = []
    holders: list[Integers] = []
    of_village: dict[str, list[int]] = {}
    for at, one in enumerate(issuers):
        of_village.setdefault(one.village.code, []).append(at)
    for of in of_village.values():
        blocks = 0
        for at in of:
            contractors = np.arange(first[at], first[at + 1])
            slots = np.repeat(contractors, parcels[contractors])
            left = np.full(max(1, round(len(slots) * random.uniform(0.04, 0.09))), -1)
            slots = random.permutation(np.concatenate([slots, left]))
            counts.append(strips_per_block(len(slots), random))
            owners.append(np.full(len(counts[-1]), at))
            holders.append(slots)
            blocks += len(counts[-1])
        cells.append(blocks_in(issuers[of[0]].village.polygon, blocks, random))
    strips = lay_out(np.vstack(cells), np.concatenate(counts), np.concatenate(owners), random)
    holder = np.concatenate(holders)
    classes = np.where(
        holder >= 0,
        CONTRACTED,
        random.choice([PRIVATE, RESERVE, RECLAIMED, OTHER], len(holder), p=[0.35, 0.3, 0.2, 0.15]),
    ).astype(object)
    start = np.searchsorted(strips.issuer, np.arange(len(issuers)))
    serial = np.arange(len(strips)) - start[strips.issuer] + 1
    codes = np.array([one.code for one in issuers], dtype=object)
    parcel = codes[strips.issuer] + np.array([f"{n:05d}" for n in serial], dtype=object)
    return strips, holder, classes, parcel
