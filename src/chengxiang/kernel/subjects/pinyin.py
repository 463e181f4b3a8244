"""Names as a clerk types them: letters joined ("wangdefu") and initials ("wdf")."""

from functools import cache

import pyarrow as pa
from pypinyin import Style, pinyin

# Characters read otherwise when they are a surname.
_SURNAMES = {
    "单": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "查": "zha", "盖": "ge", "区": "ou",
    "朴": "piao", "任": "ren", "华": "hua", "覃": "qin", "翟": "zhai", "尉": "yu", "乐": "yue",
    "缪": "miao", "晟": "cheng", "折": "she", "黑": "he", "种": "chong", "秘": "bi", "冼": "xian",
    "员": "yun", "纪": "ji", "宁": "ning", "佴": "nai", "召": "shao", "洗": "xian", "祭": "zhai",
}  # fmt: skip


@cache
def _syllable(character: str) -> str:
    return pinyin(character, style=Style.NORMAL, errors="default")[0][0].lower()


def of_name(name: str) -> tuple[str, str]:
    """The letters of a name joined, and its initials.

    >>> of_name("王德福")
    ('wangdefu', 'wdf')
    >>> of_name("单国强")
    ('shanguoqiang', 'sgq')
    """
    syllables = [_syllable(character) for character in name if character.isalnum()]
    if name[:1] in _SURNAMES and syllables:
        syllables[0] = _SURNAMES[name[0]]
    return "".join(syllables)[:200], "".join(s[:1] for s in syllables)[:50]


def of_names(names: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Letters and initials of many names; every distinct name is looked up once."""
    encoded = names.dictionary_encode()
    pairs = [of_name(name or "") for name in encoded.dictionary.to_pylist()]
    letters = pa.array([letters for letters, _ in pairs], pa.string())
    initials = pa.array([initials for _, initials in pairs], pa.string())
    return letters.take(encoded.indices), initials.take(encoded.indices)
