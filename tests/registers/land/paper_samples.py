"""Households for papers: with long names and many parcels; and a village full of them."""

from datetime import date

from tests.registers.land.conftest import HERE, HOLDER
from tests.registers.land.submission.checks.conftest import Sample, number, square

PARTY = HERE + "00"
LONG_PLACE = "北大沟东坡柳树行子第三生产队老井房后头地"
LONG_NEIGHBOUR = "欧阳德福与司徒凤兰夫妇承包的水浇地旁机耕路及排水渠"
LONG_ADDRESS = "辽宁省开原市某某镇某某村民委员会第三村民小组东大街北侧老粮库后院二排五号院"
LONG_NAME = "欧阳王丽娜热依汗古丽穆罕默德阿里"
SERIAL = "辽（2016）开原市农村土地承包经营权证第000001号"


def large_household() -> Sample:
    """The first household has 12 members and 30 parcels, everything as long as the fields allow."""
    sample = Sample()
    first = sample.row("CBF")
    assert first["CBFBM"] == HOLDER
    first.update(CBFMC=LONG_NAME, CBFDZ=LONG_ADDRESS, CBFCYSL=12)
    head = next(row for row in sample.tables["CBF_JTCY"] if row["CBFBM"] == HOLDER)
    head["CYXM"] = LONG_NAME
    for serial in range(9):
        sample.add(
            "CBF_JTCY", CBFBM=HOLDER, CYXM=f"{LONG_NAME[:12]}{serial}", CYXB="2",
            CYZJHM=number(60 + serial, 2), YHZGX="30", CYBZ="9",
            CYBZSM="外嫁后户口仍在本村并在本村居住，继续享有承包地份额，经村民会议确认并公示无异议",
        )  # fmt: skip
    for at in range(28):
        add_parcel(
            sample, HOLDER, f"{PARTY}{100 + at:05d}", at % 7 * 61, 240 + at // 7 * 43, 61, 43
        )
    for row in sample.tables["DK"]:
        if any(r["DKBM"] == row["DKBM"] and r["CBFBM"] == HOLDER for r in sample.tables["CBDKXX"]):
            row.update(
                DKMC=LONG_PLACE, DKDZ=LONG_NEIGHBOUR, DKXZ=LONG_NEIGHBOUR, DKNZ=LONG_NEIGHBOUR,
                DKBZ=LONG_NEIGHBOUR, TDLYLX="012", SFJBNT="1",
            )  # fmt: skip
    settle(sample, HOLDER)
    sample.row("CBJYQZDJB")["CBJYQZLSH"] = SERIAL
    return sample


def full_village(households: int, parcels: int = 5) -> Sample:
    """That many households in the first village beside those of the sample."""
    sample = Sample()
    for h in range(10, 10 + households):
        holder = f"{PARTY}{h:04d}"
        sample.add("CBF", CBFBM=holder, CBFMC=f"李{h}", CBFZJHM=old(h, 0), CBFCYSL=4)
        for m, relation in enumerate(("02", "10", "20", "30")):
            sample.add(
                "CBF_JTCY", CBFBM=holder, CYXM=f"李{h}" if m == 0 else f"李{h}之{m}",
                CYXB="2" if m % 2 else "1", CYZJHM=old(h, m), YHZGX=relation,
            )  # fmt: skip
        for p in range(parcels):
            add_parcel(
                sample,
                holder,
                f"{PARTY}{h * 10 + p:05d}",
                h % 10 * 55 + p * 11,
                200 + h // 10 * 15,
                11,
                15,
            )
        sample.add(
            "CBHT", CBHTBM=holder + "J", FBFBM=PARTY, CBFBM=holder, CBFS="110",
            CBQXQ=date(2015, 1, 1), CBQXZ=date(2027, 12, 31), QDSJ=date(2015, 1, 1),
        )  # fmt: skip
        sample.add(
            "CBJYQZDJB", CBJYQZBM=holder + "J", FBFBM=PARTY, CBFBM=holder, CBFS="110",
            CBQXQ=date(2015, 1, 1), CBQXZ=date(2027, 12, 31), DJSJ=date(2016, 5, 1),
        )  # fmt: skip
        sample.add(
            "CBJYQZ", CBJYQZBM=holder + "J", FZRQ=date(2016, 6, 1), QZSFLQ="1",
            QZLQRQ=date(2016, 7, 1), QZLQRZJLX="1", QZLQRZJHM=old(h, 0),
        )  # fmt: skip
        settle(sample, holder)
    return sample


def add_parcel(sample: Sample, holder: str, code: str, x: float, y: float, w: float, h: float):
    sample.add(
        "DK", DKBM=code, SCMJ=float(w * h), SCMJM=round(w * h * 0.0015 + 1e-9, 2),
        shape=square(x, y, w, h), TDYT="1", SYQXZ="30", KJZB="1/2/3/4",
    )  # fmt: skip
    sample.add(
        "CBDKXX", DKBM=code, FBFBM=PARTY, CBFBM=holder, CBHTBM=holder + "J",
        CBJYQZBM=holder + "J", HTMJ=float(w * h), HTMJM=round(w * h * 0.0015 + 1e-9, 2),
        CBJYQQDFS="110",
    )  # fmt: skip


def settle(sample: Sample, holder: str) -> None:
    """The contract's sums are those of its parcels."""
    held = [row for row in sample.tables["CBDKXX"] if row["CBFBM"] == holder]
    contract = next(row for row in sample.tables["CBHT"] if row["CBFBM"] == holder)
    total = sum(row["HTMJ"] for row in held)
    contract.update(HTZMJ=total, HTZMJM=round(total * 0.0015, 2), CBDKZS=len(held))


def old(household: int, member: int) -> str:
    """A valid identity number nobody else in the sample has."""
    from chengxiang.codes.identity import check_character

    sequence = 2 * (member // 2) + (member % 2 == 0)
    born = f"{1950 + household % 40}0{1 + household // 40 % 9}{10 + household // 360:02d}"
    body = f"990000{born}{sequence:03d}"
    return body + check_character(body)
