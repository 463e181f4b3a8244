"""Made-up households: who belongs to them, names as they are in Liaoning, identity numbers.

Identity numbers are well formed and pass the check of GB 11643, but no real person can have one:
they begin with 2199 and the county's rank, and there has never been a prefecture 2199 (the
prefectures of Liaoning are 2101 to 2114). The rank keeps the numbers of two counties apart.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Words = NDArray[np.object_]

IMPOSSIBLE_PREFECTURE = "2199"
YEAR = 2016  # of the survey
MOST_MEMBERS = 7

# Frequent ones several times; 佟关那赫富索鄂 are Manchu, 朴崔 Korean, 白包 Mongol in origin.
_SURNAMES = (
    "王李张刘" * 8 + "陈杨赵孙" * 5 + "周吴徐马朱高" * 3 + "胡郭何林罗郑梁宋谢唐韩曹许邓冯于董" * 2
    + "程袁潘蒋蔡余杜叶苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶"
    "黎贺顾毛郝龚邵万钱覃武戴孔汤莫佟关那赫富索鄂朴包温庞焦甯仝逄亓郗佘逯"
)  # fmt: skip
_DOUBLE = ("欧阳", "司徒", "上官", "完颜", "慕容", "呼延", "叶赫那拉", "爱新觉罗")
_MEN_FIRST = "德国文志长凤永振玉景万洪春兆殿庆福忠树连广喜成宝明海建立世家绍"
_MEN_SECOND = "福山强军才祥生富贵林清海财臣武和发有仁义奎江龙阳堂奇民斌昌"
_WOMEN_FIRST = "秀桂淑玉凤丽春亚艳素文雅金美慧晓红翠彩英月兰喜洪香"
_WOMEN_SECOND = "英兰珍芹芝华芬琴香云霞梅荣杰艳清敏萍凡娟贤凤莲珠环"
_YOUNG_MEN = "浩宇轩博鹏飞佳俊泽铭晨旭阳瑞嘉鑫睿昊天子涵喆堃昇淼彧翀犇旻祎煜赟"
_YOUNG_WOMEN = "欣怡雨婷佳雪思琪梦妍诗涵嘉钰馨月玥珺瑄萱莹冉昕悦瑶淇蕊甯"
_MONGOL_MEN = (
    "包青格乐图", "宝音德力格尔", "孟和巴雅尔", "阿拉坦苏和", "额尔敦巴图", "那顺乌力吉",
    "巴图孟和", "白音朝克图", "乌力吉木仁", "特木尔巴根", "朝鲁", "敖日格勒",
    "阿拉坦·苏和", "布和朝鲁", "哈斯额尔敦", "吉日嘎拉图",
)  # fmt: skip
_MONGOL_WOMEN = (
    "斯琴高娃", "乌云其木格", "萨仁格日勒", "娜仁托娅", "通拉嘎", "其其格", "阿拉坦其其格",
    "乌日娜", "萨日娜", "哈斯其木格", "敖登格日乐", "宝音其木格", "托娅", "格根塔娜",
    "乌云·其木格",
)  # fmt: skip
_KOREAN_SURNAMES = "金李朴崔郑姜"
_KOREAN_MEN = ("哲洙", "成浩", "龙男", "昌浩", "永哲", "光日", "明哲", "京哲", "东赫", "太镐")
_KOREAN_WOMEN = ("顺姬", "英淑", "贞玉", "美兰", "善花", "香兰", "银姬", "福实", "莲玉", "明淑")

# Who may live in a household, in the order of the household booklet.
_HEAD, _SPOUSE, _CHILD, _SECOND, _THIRD, _SONS_WIFE, _GRANDCHILD, _FATHER, _MOTHER = range(9)


@dataclass(frozen=True)
class People:
    """Members of households, household by household, the head first; m people."""

    household: Integers  # (m,)
    name: Words  # (m,)
    sex: Words  # (m,) "1" male, "2" female
    number: Words  # (m,) identity number
    relation: Words  # (m,) to the head, GB/T 4761 in two digits
    birth_year: Integers  # (m,)
    note: Words  # (m,) code of the note, None mostly
    note_text: Words  # (m,) its words, None mostly

    @property
    def heads(self) -> Integers:
        """The row of every household's head, shape (households,)."""
        return np.flatnonzero(np.diff(self.household, prepend=-1))


def people(
    households: int, alone: NDArray[np.bool_], county_number: int, random: np.random.Generator
) -> People:
    """The members of that many households; where `alone` is True just one person."""
    present, man, born = _families(households, alone, random)
    present &= np.cumsum(present, axis=1) <= MOST_MEMBERS
    names = _names(present, man, born, random)
    household, slot = np.nonzero(present)
    sex = np.where(man[present], "1", "2").astype(object)
    year = born[present]
    relation = _relations(slot, man[present])
    note, note_text = _notes(relation, year, random)
    return People(
        household=household.astype(np.int64),
        name=names[present],
        sex=sex,
        number=identity_numbers(year, man[present], county_number, random),
        relation=relation,
        birth_year=year,
        note=note,
        note_text=note_text,
    )


def _families(
    households: int, alone: NDArray[np.bool_], random: np.random.Generator
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], Integers]:
    """Who is there, who is a man, and when everybody was born: three arrays (households, 9)."""
    shape = (households, 9)
    chance = random.random(shape)
    man = random.random(shape) < 0.51
    man[:, _HEAD] = random.random(households) < 0.86
    man[:, _SPOUSE] = ~man[:, _HEAD]
    man[:, _SONS_WIFE], man[:, _FATHER], man[:, _MOTHER] = False, True, False
    born = np.zeros(shape, dtype=np.int64)
    born[:, _HEAD] = YEAR - random.integers(32, 79, households)
    born[:, _SPOUSE] = born[:, _HEAD] + random.integers(-4, 5, households)
    older = np.minimum(born[:, _HEAD], born[:, _SPOUSE])
    for gap, child in ((22, _CHILD), (24, _SECOND), (27, _THIRD)):
        born[:, child] = older + gap + random.integers(0, 8, households)
    born[:, _SONS_WIFE] = born[:, _CHILD] + random.integers(-3, 4, households)
    born[:, _GRANDCHILD] = born[:, _CHILD] + random.integers(22, 29, households)
    born[:, _FATHER] = born[:, _HEAD] - random.integers(21, 30, households)
    born[:, _MOTHER] = born[:, _HEAD] - random.integers(20, 29, households)
    present = chance < np.array([2, 0.86, 0.8, 0.4, 0.1, 0.4, 0.55, 0.25, 0.35])
    present &= born < YEAR - 1
    present[:, _SECOND] &= present[:, _CHILD]
    present[:, _THIRD] &= present[:, _SECOND]
    present[:, _SONS_WIFE] &= present[:, _CHILD] & man[:, _CHILD] & (born[:, _CHILD] < YEAR - 23)
    present[:, _GRANDCHILD] &= present[:, _SONS_WIFE]
    for parent in (_FATHER, _MOTHER):
        present[:, parent] &= born[:, parent] > YEAR - 96
    present[alone, 1:] = False
    return present, man, born


def _relations(slot: Integers, man: NDArray[np.bool_]) -> Words:
    men = np.array(["02", "10", "20", "20", "20", "38", "41", "51", "52"], dtype=object)
    women = np.array(["02", "10", "30", "30", "30", "38", "42", "51", "52"], dtype=object)
    return np.where(man, men[slot], women[slot])


def _names(
    present: NDArray[np.bool_],
    man: NDArray[np.bool_],
    born: Integers,
    random: np.random.Generator,
) -> Words:
    """A name for everybody, shape (households, 9); children bear their father's surname."""
    shape = present.shape
    surnames = np.array([*_SURNAMES, *_DOUBLE], dtype=object)
    own = surnames[random.integers(len(surnames), size=shape)]
    korean = random.random(shape[0]) < 0.02
    own[korean] = _pick(_KOREAN_SURNAMES, (int(korean.sum()), shape[1]), random)  # type: ignore[attr-defined]
    fathers = np.where(man[:, _HEAD] | ~present[:, _SPOUSE], own[:, _HEAD], own[:, _SPOUSE])
    for child in (_CHILD, _SECOND, _THIRD, _GRANDCHILD):
        own[:, child] = fathers
    own[:, _FATHER] = own[:, _HEAD]

    old = np.where(
        man,
        _pick(_MEN_FIRST, shape, random) + _pick(_MEN_SECOND, shape, random),
        _pick(_WOMEN_FIRST, shape, random) + _pick(_WOMEN_SECOND, shape, random),
    )
    second = random.random(shape) < 0.7
    young = np.where(
        man, _pick(_YOUNG_MEN, shape, random), _pick(_YOUNG_WOMEN, shape, random)
    ) + np.where(
        second,
        np.where(man, _pick(_YOUNG_MEN, shape, random), _pick(_YOUNG_WOMEN, shape, random)),
        "",
    )
    given = np.where(born < 1978, old, young)
    given[korean] = np.where(
        man, _pick(_KOREAN_MEN, shape, random), _pick(_KOREAN_WOMEN, shape, random)
    )[korean]
    names = own + given
    mongol = random.random(shape[0]) < 0.015
    names[mongol] = np.where(
        man, _pick(_MONGOL_MEN, shape, random), _pick(_MONGOL_WOMEN, shape, random)
    )[mongol]
    return names


def _pick(
    words: str | tuple[str, ...], shape: tuple[int, ...], random: np.random.Generator
) -> Words:
    return np.array(list(words), dtype=object)[random.integers(len(words), size=shape)]


def _notes(relation: Words, born: Integers, random: np.random.Generator) -> tuple[Words, Words]:
    chance = random.random(len(born))
    age = YEAR - born
    daughter = (relation == "30") & (age > 22)
    child = np.isin(relation, ["20", "30"])
    married_out = daughter & (chance < 0.2)
    moved = child & (age > 22) & (chance > 0.95)
    student = child & (age >= 18) & (age <= 22) & (chance < 0.3)
    soldier = (relation == "20") & (age >= 18) & (age <= 24) & (chance > 0.95)
    newborn = born >= YEAR - 3
    towns = _pick(("沈阳市", "大连市", "铁岭市", "长春市", "天津市"), born.shape, random)
    conditions = [married_out, soldier, moved, student, newborn]
    codes = np.select(conditions, ["1", "5", "9", "3", "6"], "").astype(object)
    texts = np.select(
        conditions,
        [
            np.full(len(born), "外嫁女，份额保留", dtype=object),
            np.full(len(born), "现役军人", dtype=object),
            "进城落户" + towns + "，承包经营权保留",
            np.full(len(born), "在校大学生", dtype=object),
            np.full(len(born), "二轮承包后出生", dtype=object),
        ],
        "",
    )
    none = codes == ""
    codes[none] = None
    texts = texts.astype(object)
    texts[none] = None
    return codes, texts


_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
_CHECK = np.array(list("10X98765432"))


def identity_numbers(
    born: Integers, man: NDArray[np.bool_], county_number: int, random: np.random.Generator
) -> Words:
    """Valid identity numbers that nobody has (see the module), all different, shape (n,)."""
    day = random.integers(0, 365, len(born))
    birth = (born - 1970).astype("datetime64[Y]").astype("datetime64[D]") + day
    text = np.char.replace(np.datetime_as_string(birth), "-", "")  # type: ignore[arg-type]
    # The serial counts those of one day and sex: odd for men, even for women.
    same = np.unique(np.char.add(text, np.where(man, "m", "w")), return_inverse=True)[1]
    order = np.argsort(same, kind="stable")
    starts = np.flatnonzero(np.diff(same[order], prepend=-1))
    rank = np.empty(len(born), dtype=np.int64)
    rank[order] = np.arange(len(born)) - np.repeat(starts, np.diff(np.append(starts, len(born))))
    serial = 2 * rank + np.where(man, 1, 2)
    if len(serial) and serial.max() > 999:
        raise ValueError("too many people for the identity numbers of one county")
    area = f"{IMPOSSIBLE_PREFECTURE}{county_number:02d}"
    bodies = np.char.add(np.char.add(area, text), np.char.zfill(serial.astype(str), 3))
    digits = bodies.astype("S17").view(np.uint8).reshape(-1, 17) - ord("0")
    checks = _CHECK[(digits @ _WEIGHTS) % 11]
    return np.char.add(bodies, checks).astype(object)
