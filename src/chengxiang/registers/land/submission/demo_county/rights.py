"""The tables of rights: who issues, who holds, by which contract, under which certificate."""

from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from .columns import fitting, national
from .holders import CONTRACTED, HOUSEHOLD, UNIT, Holdings, Words
from .people import YEAR
from .territory import County

_SURVEYORS = ("张立国", "李海涛", "王淑芬", "赵晓东")
_POSTCODE = "112000"
_LONG_TERM = date(9999, 1, 1)  # 长久不变, as the standard writes it


def holder_tables(
    county: County, held: Holdings, random: np.random.Generator
) -> dict[str, pa.Table]:
    """FBF, CBF and CBF_JTCY."""
    parties, holders = len(held.issuers), len(held.code)
    surveyors = np.array(_SURVEYORS, dtype=object)
    first = np.searchsorted(held.issuer, np.arange(parties))
    place = np.array([one.place for one in held.issuers], dtype=object)
    township = np.array([one.village.township_name for one in held.issuers], dtype=object)
    address = county.address + township + place
    folk = held.people
    members = np.ones(holders, dtype=np.int64)
    sizes = np.bincount(folk.household)
    members[held.contractor_of_household] = sizes
    is_household = held.kind[held.contractor_of_household][folk.household] == HOUSEHOLD
    codes = held.code[held.contractor_of_household][folk.household]
    return {
        "FBF": national(county.code, "FBF", parties, {
            "FBFBM": np.array([one.code for one in held.issuers], dtype=object),
            "FBFMC": np.array([fitting(f"{one.place}集体经济组织", 50) for one in held.issuers], dtype=object),
            "FBFFZRXM": held.name[first], "FZRZJLX": "1", "FZRZJHM": held.document[first],
            "FBFDZ": address, "YZBM": _POSTCODE,
            "FBFDCY": surveyors[random.integers(len(surveyors), size=parties)],
            "FBFDCRQ": _days(YEAR, 3, random.integers(0, 60, parties)),
        }),
        "CBF": national(county.code, "CBF", holders, {
            "CBFBM": held.code, "CBFLX": held.kind, "CBFMC": held.name,
            "CBFZJLX": held.document_kind, "CBFZJHM": held.document,
            "CBFDZ": address[held.issuer], "YZBM": _POSTCODE, "CBFCYSL": members,
            "CBFDCRQ": _days(YEAR, 4, random.integers(0, 60, holders)),
            "CBFDCY": surveyors[random.integers(len(surveyors), size=holders)],
            "GSJS": "公示无异议", "GSJSR": "村委会",
            "GSSHRQ": _days(YEAR, 8, random.integers(0, 20, holders)), "GSSHR": "镇农经站",
        }),
        "CBF_JTCY": national(county.code, "CBF_JTCY", int(is_household.sum()), {
            "CBFBM": codes[is_household], "CYXM": folk.name[is_household],
            "CYXB": folk.sex[is_household], "CYZJLX": "1", "CYZJHM": folk.number[is_household],
            "YHZGX": folk.relation[is_household], "CYBZ": folk.note[is_household],
            "SFGYR": "1", "CYBZSM": folk.note_text[is_household],
        }),
    }  # fmt: skip


def right_tables(
    county: County, held: Holdings, area_m2: NDArray[np.float64], random: np.random.Generator
) -> dict[str, pa.Table]:
    """CBDKXX, CBHT, CBJYQZDJB, CBJYQZ, what became of certificates, LZHT and QSLYZLFJ.

    area_m2: shape (n,), the surveyed area of every strip, two decimals.
    """
    strips = np.flatnonzero(held.parcel_class == CONTRACTED)
    holder = held.holder[strips]
    # The contracted area may lawfully differ from the surveyed one.
    differs = np.where(
        random.random(len(strips)) < 0.55, 1 - random.uniform(0, 0.06, len(strips)), 1
    )
    contracted = np.round(area_m2[strips] * differs, 2)
    by_household = held.kind == HOUSEHOLD
    contract = held.code + np.where(by_household, "J", "Q").astype(object)
    way = np.where(
        by_household, "110", random.choice(["121", "122", "123", "129"], len(held.code))
    ).astype(object)
    number = np.bincount(holder, minlength=len(held.code))
    cents = np.bincount(holder, np.round(contracted * 100), minlength=len(held.code))
    total = np.round(cents / 100, 2)
    party = np.array([one.code for one in held.issuers], dtype=object)
    size = len(held.code)
    for_ever = by_household & (random.random(size) < 0.01)
    start = np.where(by_household, np.datetime64("1998-01-01"), np.datetime64("2012-01-01"))
    end = np.where(for_ever, np.datetime64(_LONG_TERM), np.datetime64("2027-12-31"))
    signed = np.where(
        by_household, _days(YEAR, 9, random.integers(0, 50, size)), np.datetime64("2012-01-01")
    )
    registered = _days(YEAR, 11, random.integers(0, 40, size))
    issued = registered + random.integers(0, 30, size)
    collected = random.random(size) < 0.92
    taken = issued + random.integers(1, 90, size)
    year_serial = np.array(
        [f"辽（{YEAR}）{county.name}农村土地承包经营权证第{n:06d}号" for n in range(1, size + 1)],
        dtype=object,
    )
    tables = {
        "CBDKXX": national(county.code, "CBDKXX", len(strips), {
            "DKBM": held.parcel[strips], "FBFBM": party[held.issuer[holder]], "CBFBM": held.code[holder],
            "CBJYQQDFS": way[holder], "HTMJ": contracted, "CBHTBM": contract[holder],
            "CBJYQZBM": contract[holder], "HTMJM": _mu(contracted), "SFQQQG": "2",
        }),
        "CBHT": national(county.code, "CBHT", size, {
            "CBHTBM": contract, "FBFBM": party[held.issuer], "CBFBM": held.code, "CBFS": way,
            "CBQXQ": start, "CBQXZ": end, "HTZMJ": total, "CBDKZS": number, "QDSJ": signed,
            "HTZMJM": _mu(total),
        }),
        "CBJYQZDJB": national(county.code, "CBJYQZDJB", size, {
            "CBJYQZBM": contract, "FBFBM": party[held.issuer], "CBFBM": held.code, "CBFS": way,
            "CBQX": np.where(for_ever, "长久", np.where(by_household, "30年", "16年")).astype(object),
            "CBQXQ": start, "CBQXZ": end,
            "DKSYT": np.array([f"DKSYT{code}.pdf" for code in contract], dtype=object),
            "CBJYQZLSH": year_serial, "DBR": "王立新", "DJSJ": registered,
        }),
        "CBJYQZ": national(county.code, "CBJYQZ", size, {
            "CBJYQZBM": contract, "FZJG": fitting(f"{county.name}人民政府", 50), "FZRQ": issued,
            "QZSFLQ": np.where(collected, "1", "2").astype(object),
            "QZLQRQ": np.where(collected, taken, np.datetime64("NaT")),
            "QZLQRXM": np.where(collected, held.name, None),  # type: ignore[call-overload]
            "QZLQRZJLX": np.where(collected, held.document_kind, None),  # type: ignore[call-overload]
            "QZLQRZJHM": np.where(collected, held.document, None),  # type: ignore[call-overload]
        }),
    }  # fmt: skip
    return tables | _later(county, held, contract, number, total, random)


def _later(
    county: County,
    held: Holdings,
    contract: Words,
    number: NDArray[np.int64],
    total: NDArray[np.float64],
    random: np.random.Generator,
) -> dict[str, pa.Table]:
    """What became of some certificates, contracts passed on, and the evidence kept."""
    chance = random.random(len(held.code))
    tables = {}
    for name, low, high, columns in (
        ("CBJYQZ_QZBF", 0.0, 0.006, ("QZBFYY", "BFRQ", "QZBFLQRQ", "QZBFLQRXM", "BFLQRZJLX", "BFLQRZJHM")),
        ("CBJYQZ_QZHF", 0.006, 0.012, ("QZHFYY", "HFRQ", "QZHFLQRQ", "QZHFLQRXM", "HFLQRZJLX", "HFLQRZJHM")),
    ):  # fmt: skip
        some = np.flatnonzero((chance >= low) & (chance < high))
        on = _days(2019, 1, random.integers(0, 700, len(some)))
        values = ("遗失" if name == "CBJYQZ_QZBF" else "破损", on, on + 5,
                  held.name[some], held.document_kind[some], held.document[some])  # fmt: skip
        tables[name] = national(
            county.code, name, len(some),
            {"CBJYQZBM": contract[some], **dict(zip(columns, values, strict=True))},
        )  # fmt: skip
    ended = np.flatnonzero((chance >= 0.012) & (chance < 0.014))
    tables["CBJYQZ_QZZX"] = national(county.code, "CBJYQZ_QZZX", len(ended), {
        "CBJYQZBM": contract[ended], "ZXYY": "承包方自愿交回",
        "ZXRQ": _days(2021, 1, random.integers(0, 900, len(ended))),
    })  # fmt: skip
    lets = np.flatnonzero(
        (chance >= 0.02) & (chance < 0.08) & (held.kind == HOUSEHOLD) & (number > 0)
    )
    first = np.searchsorted(held.issuer, np.arange(len(held.issuers)))
    # Within an issuing party to the next household; the last one lets to the first.
    nearby = np.array([_taker(held, at, first) for at in lets], dtype=np.int64)
    lets, nearby = lets[nearby >= 0], nearby[nearby >= 0]
    serial = np.zeros(len(lets), dtype=np.int64)
    seen: dict[int, int] = {}
    for row, at in enumerate(held.issuer[lets]):
        seen[int(at)] = seen.get(int(at), 0) + 1
        serial[row] = seen[int(at)]
    party = np.array([one.code for one in held.issuers], dtype=object)
    begins = _days(2021, 1, random.integers(0, 1000, len(lets)))
    area = np.round(total[lets], 2)
    tables["LZHT"] = national(county.code, "LZHT", len(lets), {
        "CBHTBM": contract[lets],
        "LZHTBM": party[held.issuer[lets]] + np.array([f"{n:04d}" for n in serial], dtype=object),
        "CBFBM": held.code[lets], "SRFBM": held.code[nearby], "LZFS": "900", "LZQX": "3年",
        "LZQXKSRQ": begins, "LZQXJSRQ": begins + 1095, "LZMJ": area, "LZDKS": number[lets],
        "LZQTDYT": "1", "LZHTDYT": "1", "LZJGSM": "每亩每年 620 元",
        "HTQDRQ": begins - 10, "LZMJM": _mu(area),
    })  # fmt: skip
    kept = np.flatnonzero(chance > 0.99)
    tables["QSLYZLFJ"] = national(county.code, "QSLYZLFJ", len(kept), {
        "CBJYQZBM": contract[kept],
        "ZLFJBH": np.array([f"FJ{n:06d}" for n in range(1, len(kept) + 1)], dtype=object),
        "ZLFJMC": "二轮承包合同复印件", "ZLFJRQ": _days(YEAR, 5, random.integers(0, 60, len(kept))),
        "FJ": np.array([f"其他资料/权属来源附件/FJ{n:06d}.pdf" for n in range(1, len(kept) + 1)], dtype=object),
    })  # fmt: skip
    return tables


def _taker(held: Holdings, at: Any, first: NDArray[np.int64]) -> int:
    """Another contractor of the same issuing party, -1 if there is none."""
    issuer = held.issuer[at]
    end = int(first[issuer + 1]) if issuer + 1 < len(first) else len(held.code)
    following = at + 1 if at + 1 < end else int(first[issuer])
    return following if following != at and held.kind[following] != UNIT else -1


def _days(year: int, month: int, after: NDArray[np.int64]) -> NDArray[np.datetime64]:
    return np.datetime64(f"{year:04d}-{month:02d}-01") + after.astype("timedelta64[D]")


def _mu(area_m2: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mu rounded half up to 0.01, in whole hundredths so that binary fractions do not matter."""
    hundredths = np.round(area_m2 * 100).astype(np.int64)
    return (hundredths * 15 + 5000) // 10_000 / 100
