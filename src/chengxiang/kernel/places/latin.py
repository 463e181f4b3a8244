"""What a place is called in English: its own name in pinyin, the kind of place in English."""

# Longest first: what the name ends with, and what stands for it after the name.
_KINDS = {
    "社区居民委员会": "Community",
    "社区居委会": "Community",
    "村民委员会": "Village",
    "居民委员会": "Community",
    "街道办事处": "Street",
    "村委会": "Village",
    "居委会": "Community",
    "开发区": "Development Zone",
    "经济区": "Economic Zone",
    "生活区": "Quarter",
    "自治县": "Autonomous County",
    "社区": "Community",
    "街道": "Street",
    "新区": "New District",
    "农场": "Farm",
    "林场": "Forest Farm",
    "省": "",
    "市": "",
    "区": "District",
    "县": "County",
    "镇": "Town",
    "乡": "Township",
}
_PEOPLES = {
    "朝鲜族": "Korean",
    "蒙古族": "Mongol",
    "锡伯族": "Xibe",
    "满族": "Manchu",
    "回族": "Hui",
}


def latin_name(name: str, pinyin: str) -> str:
    """The English name of a place; `pinyin` has one syllable for each character, apart.

    A name of no known form is its pinyin joined.

    >>> latin_name("房木镇", "fang mu zhen")
    'Fangmu Town'
    >>> latin_name("新宾满族自治县", "xin bin man zu zi zhi xian")
    'Xinbin Manchu Autonomous County'
    >>> latin_name("小店村村民委员会", "xiao dian cun cun min wei yuan hui")
    'Xiaodian Village'
    """
    syllables = pinyin.split()
    if len(syllables) != len(name):
        return pinyin.replace(" ", "").capitalize()
    own, words = name, []
    for ending, word in _KINDS.items():
        if own.endswith(ending) and len(own) > len(ending):
            own, words = own.removesuffix(ending), [word]
            break
    while people := next((p for p in _PEOPLES if own.endswith(p) and len(own) > len(p)), None):
        own = own.removesuffix(people)
        words.insert(0, _PEOPLES[people])
    if words == ["Village"] and len(own) > 2:
        own = own.removesuffix("村")
    return " ".join(["".join(syllables[: len(own)]).capitalize(), *filter(None, words)])
