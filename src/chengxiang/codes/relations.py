"""Relation to the head of the household (家庭关系, GB/T 4761): two digits and their words."""

from collections.abc import Mapping
from types import MappingProxyType

# The first digit is the group, 0 to 9; only the codes that registers really use are named, any
# other falls back on its group.
_WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "01": ("本人", "self"),
        "02": ("户主", "head"),
        "10": ("配偶", "spouse"),
        "11": ("夫", "husband"),
        "12": ("妻", "wife"),
        "20": ("子", "son"),
        "21": ("独生子", "only son"),
        "22": ("长子", "eldest son"),
        "23": ("次子", "second son"),
        "24": ("三子", "third son"),
        "28": ("女婿", "son-in-law"),
        "29": ("其他儿子", "other son"),
        "30": ("女", "daughter"),
        "31": ("独生女", "only daughter"),
        "32": ("长女", "eldest daughter"),
        "33": ("次女", "second daughter"),
        "38": ("儿媳", "daughter-in-law"),
        "39": ("其他女儿", "other daughter"),
        "41": ("孙子", "grandson"),
        "42": ("孙女", "granddaughter"),
        "43": ("外孙子", "daughter's son"),
        "44": ("外孙女", "daughter's daughter"),
        "49": ("其他孙辈", "other grandchild"),
        "51": ("父亲", "father"),
        "52": ("母亲", "mother"),
        "53": ("公公", "husband's father"),
        "54": ("婆婆", "husband's mother"),
        "55": ("岳父", "wife's father"),
        "56": ("岳母", "wife's mother"),
        "61": ("祖父", "grandfather"),
        "62": ("祖母", "grandmother"),
        "71": ("兄", "elder brother"),
        "72": ("嫂", "elder brother's wife"),
        "73": ("弟", "younger brother"),
        "74": ("弟媳", "younger brother's wife"),
        "75": ("姐姐", "elder sister"),
        "77": ("妹妹", "younger sister"),
    }
)
_GROUPS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "0": ("本人或户主", "self or head"),
        "1": ("配偶", "spouse"),
        "2": ("子", "son"),
        "3": ("女", "daughter"),
        "4": ("孙辈", "grandchild"),
        "5": ("父母", "parent"),
        "6": ("祖父母", "grandparent"),
        "7": ("兄弟姐妹", "brother or sister"),
        "8": ("其他亲属", "other relative"),
        "9": ("非亲属", "not related"),
    }
)

HEADS = frozenset({"01", "02"})


def relation(code: str) -> tuple[str, str]:
    """The words of a relation, Chinese and English; the code itself where it is none.

    >>> relation("02")
    ('户主', 'head')
    >>> relation("26")
    ('子', 'son')
    """
    return _WORDS.get(code) or _GROUPS.get(code[:1]) or (code, code)
