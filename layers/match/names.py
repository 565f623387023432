"""A name in one form, and the facts that tell it from its like: places, what it is, phase, section, codes.

Offices write one project in many ways: 攀枝花至盐源高速公路, 攀盐高速, G4216攀枝花至盐源段, 攀枝花—盐源高速公路项目（一期）.
What says nothing of which one is meant is taken off, and kept as a fact where two projects may differ in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from unicodedata import normalize

from geo.gazetteer import places
from plans.lexicon import alternation, expanded, head_noun, words
from plans.places import short_name

_NUMERALS = "一二三四五六七八九十"
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")
_PHASE = re.compile(rf"第?([{_NUMERALS}\d]+)期")
_SECTION = re.compile(
    r"(?<=[路铁速道线河江])[^路铁速道线河江至、]{1,8}?段|[东西南北中]段|[^至、路铁速道线河江]{2,6}(?:境内?|辖区)段|段$"
)
# What an office's list adds and what is never part of a name: its own numbering, its period, stations and lots.
_NUMBERING = re.compile(
    rf"^\s*(?:[★☆●◆▲※*#]+|\(?[{_NUMERALS}\d]{{1,3}}[).、:](?!\d)|\d{{1,3}}(?:[-.]\d{{1,3}})+\s+|(?:项目|工程)[{_NUMERALS}\d]+:)\s*"
)
_PERIOD = re.compile(
    r"\(?[“\"]?十[三四五六七]五[”\"]?(?:期间|规划)?\)?|\(20\d\d年?[-—–~至]20\d\d年?\)|\(20\d\d年(?:建成|开工|完工)\)|\(?20\d\d年度?\)?"
)
_CATEGORY = re.compile(r"^\s*(?:([\u4e00-\u9fff\d]{2,8})[:/]|[【\[]([^】\]]{2,6})[】\]])(?=.{3})")
_REMARK = re.compile(r"^\([^()]*\)|\([^()]*\)\s*$")
_MONEY = re.compile(r"[(,;]?(?:总|估算|计划)?投资约?[\d.]+[亿万]元(?:\)|的)?")
_AMOUNT = r"[\d.]+[亿万]?(?:公里|千米|km|米|千瓦|[kKMG]W|立方米|平方米|平方公里|亩|吨|张床位|[个张]床)"
_SIZE = re.compile(
    rf"[(,;](?:全长|总长|长|装机|总?库容|占地|面积|总?建筑面积|年产|日产|规模)(?:容量)?(?:约|为)?{_AMOUNT}\)?|^(?:年产|日产|日处理)?{_AMOUNT}|^双向[二四六八]车道"
)
_PAPER = re.compile(r"^关于(.{3,}?)的?(?:请示|批复|报告)$")
_CUT = re.compile(r"\.{2,}$")  # what a narrow cell leaves: NFKC writes … so
_REGISTERED = re.compile(
    r"\(?(?:项目代码:?)?\d{4}-\d{6}-\d{2}-\d{2}-\d{6}\)?"
)  # by the state's register of investments
_OWNER = re.compile(
    r"^(?:[^至、(]{2,8}?(?:集团(?:有限)?(?:公司)?|公司)|[省市县区]?[^至、(省市县区]{2,6}[局厅](?!部)|国网[^至、(]{2,4}电力|四川路桥)(?=.{4})"
)
_OWNER_BEHIND = re.compile(
    r"(?<=[^-—;/(]{4})[-—;/(]+(?:[^-—;/()至]{2,10}(?:集团|公司)|[^-—;/()至]{0,8}[市县区][^-—;/()至]{1,4}[局厅委]|[^-—;/()至]{1,8}(?:交投|城投|路桥|水投|能投)|中[铁建][一二三四五六七八九十]+局)\)?$"
)
_LOT = re.compile(r"K\d+\+\d+[-—–~至]+K?\d+\+\d+段?|\(?(?<![A-Z\d])[A-Z]{1,2}\d{0,2}标?段\)?")
_CODE = re.compile(r"[GSXY]\d{2,4}(?:线|国道|省道|高速)?|[国省]道\d{2,4}线?|\d{2,3}[国省]道", re.IGNORECASE)
_NUMBER = re.compile(rf"[\d{_NUMERALS}]+号|\d+")
_WORKS = re.compile("改扩建|扩能改造|扩容改造|扩建|扩容|扩能|改造|迁建|续建|整治")
_LEAD = re.compile(
    r"^(?:[^的]{2,10}(?:经济区|示范区|[市州县区])的|关于|四川省|[省市县]级?重点(?:建设)?(?:项目|工程)?|百大项目|新开工|新建|续建|在建|拟建|推进|加快|实施|建设|建成|推动|开工|力争|确保|谋划|开展|规划|争取|积极|完成|启动|改扩建|扩建|改建)+"
)
_DONE_TO = re.compile(
    "(?:改扩建|新改建|新建|改建|扩建|迁建|续建|重建|升级改造|提质改造|提升改造|扩能改造|扩容改造|扩容|扩能|改造|提质升级|提升|整治|建设|配套|"
    r"及?配套(?:基础)?设施|等|首期|起步区|启动区|先行区|第?[一二三]阶段|近期|远期|主线|主体|控制性|及连接线|及配套管网|综合开发|基础设施|及运营|EPC总承包|EPC|土建|房建|机电|勘察|初步设计|设计|施工|征地拆迁|用地预审|可研|招标|批复|专项|任务|子项目|等\d+[个项]|至?[已拟新]开工|及附属设施|前期工作|前期|PPP|可行性研究|项目|工程|标)+$"
)
# Of these the last says nothing of which thing is meant, whatever else the name has.
_TAIL = re.compile(
    r"(?:项目|工程|建设|及?配套(?:基础)?设施|及附属设施|前期工作|前期|首期|起步区|启动区|先行区|第?[一二三]阶段|近期|远期|主线|主体|控制性|及连接线|及配套管网|综合开发|基础设施|及运营|EPC总承包|EPC|土建|房建|机电|勘察|初步设计|设计|施工|征地拆迁|用地预审|可研|招标|批复|专项|任务|子项目|等\d+[个项]|至?[已拟新]开工|续建|等|研究|标)+$"
)
_BRACKETS = re.compile(r"[（(\[【][^（()）\]】]*[)）\]】]")
# Of words that mean one thing in a name, the shortest.
_SAME = (
    (re.compile("高速铁路|客运专线|客专"), "高铁"),
    (re.compile("高速公路|高速路"), "高速"),
    (re.compile("一级公路|快速公路|快速通道|快速干道|快速路"), "快速"),
    (re.compile("通用航空机场|通航机场|通用机场|民用运输机场|运输机场|支线机场|民用机场|民航机场"), "机场"),
    (re.compile("高新技术产业开发区|高新技术产业园区|高新技术开发区|高新技术产业区"), "高新区"),
    (re.compile("经济技术开发区|经济开发区"), "经开区"),
    (re.compile("产业园区|工业园区|工业集中区|产业园|工业园|园区"), "园"),
    (re.compile("水电站|水力发电站|水电厂|水力发电厂"), "电站"),
    (re.compile("城市轨道交通|轨道交通|地铁"), "地铁"),
    (re.compile("旅游景区|风景名胜区|风景区|旅游区"), "景区"),
    (re.compile("人民医院"), "医院"),
    (re.compile("职业技术学院"), "职院"),
    (re.compile("航电枢纽|电航枢纽|电航"), "航电"),
    (re.compile("抽水蓄能电站|抽水蓄能|抽蓄电站"), "抽蓄"),
    (re.compile("水库枢纽|水利枢纽水库"), "水库"),
)
_KINDS = (
    "高铁", "高速", "快速", "铁路", "城际", "地铁", "国道", "机场", "水库", "灌区", "电站", "风电", "光伏", "隧道", "大桥",
    "医院", "大学", "学院", "职院", "航电", "抽蓄", "港", "园", "高新区", "经开区", "景区", "枢纽", "管道", "储气库", "变电站", "输电", "湿地",
)  # fmt: skip
_KIND_FIRST = re.compile(
    r"^((?:城际|高速|国家)?(?:高速公路|铁路|公路|高铁|航道|快速通道|快速路)|高速)(?:项目|工程|建设)*(?:\(([^()]*[至—\-][^()]*?)段?\)|:([^()]*[至—\-][^()]*?)段?)$"
)
_SPLIT = re.compile("[至到—–\\-~～、，,/和与及·→]+")


@dataclass(frozen=True, slots=True)
class Name:
    """A name in one form, and what tells it from its like."""

    light: str  # as it is written, but for signs: "攀枝花至盐源高速公路项目一期"
    shed: str  # without what every list adds: "攀枝花至盐源高速公路"
    core: str  # "攀枝花至盐源高速"
    places: frozenset[str]  # {"攀枝花", "盐源"}: districts named in it
    ends: tuple[str, ...]  # ("攀枝花", "盐源") of A至B; () where it is no line
    kind: str  # "高速"; "" where no word of _KINDS is in it
    phase: str  # "二"
    section: str  # "四川段"
    works: str  # "改扩建": what is done to a thing that stands
    codes: frozenset[str]  # {"G4216"}, {"8号"}
    cut: bool = False  # written with dots behind: it goes on


@lru_cache(20_000)
def read_name(written: str) -> Name:
    """Return the name that is written, in one form."""
    whole = _numbered(normalize("NFKC", written).strip())
    lot, named_so = _of_the_list(_CUT.sub("", whole))
    text = re.sub(r"[\s“”\"'‘’《》]", "", named_so)
    text = re.sub("—|－|→|=+>|-+>", "至", text)
    text = re.sub(r"(?<=[\u4e00-\u9fff])[-–~～](?=[\u4e00-\u9fff])", "至", text)
    phase = next((_numeral(found[1]) for found in _PHASE.finditer(text)), "")
    codes = frozenset(_digits(found[0]) for found in _CODE.finditer(text))
    light = re.sub(r"[()（）\[\]【】、,，·~～\-–]", "", text.replace("到", "至"))
    works = next((found[0] for found in _WORKS.finditer(text)), "")
    bare = _BRACKETS.sub("", text) or text.strip("()（）")
    section = lot or next((found[0] for found in _SECTION.finditer(text)), "")
    bare = _taken_off(_CODE.sub("", _PHASE.sub("", bare)).lstrip("、,线/至")) or "".join(sorted(codes))
    bare = expanded(bare)
    for pattern, short in _SAME:
        bare = pattern.sub(short, bare)
    core = _short_places(bare)
    named = frozenset(_short_pattern().findall(core)) | _quarter_of(core)
    numbers = frozenset(found[0] for found in _NUMBER.finditer(core))
    return Name(
        light,
        _shed(light),
        core,
        named,
        _ends(core),
        _kind(core),
        phase,
        section,
        works,
        codes | numbers,
        bool(_CUT.search(whole)),
    )


def _of_the_list(written: str) -> tuple[str, str]:
    """Take off what only the list says; return the lot, and the name."""
    bare = _OWNER_BEHIND.sub("", _NUMBERING.sub("", _REGISTERED.sub("", written)))
    bare = _CATEGORY.sub(_unless_place, bare)
    bare = _PAPER.sub(r"\1", _SIZE.sub("", bare))
    lot = next((found[0] for found in _LOT.finditer(bare)), "")
    bare = _OWNER.sub("", _MONEY.sub("", _PERIOD.sub("", _LOT.sub("", bare))))
    bare = _REMARK.sub(lambda found: "" if _is_remark(found[0]) else found[0], bare)
    return (lot, bare) if len(bare.strip()) > 1 else ("", written)


def _unless_place(found: re.Match[str]) -> str:
    """Take off a category before a name; a place there is part of the name."""
    word = found[1] or found[2]
    return found[0] if found[1] and found[0].endswith("/") and _is_place(word) else word if _is_place(word) else ""


def _is_place(word: str) -> bool:
    return bool(_short_pattern().fullmatch(word) or _full_pattern().fullmatch(word))


def _is_remark(bracket: str) -> bool:
    """What stands in brackets before or behind a name and tells of no place, phase, section or thing."""
    return not (
        re.search(r"[\d期段线区]", bracket) or _WORKS.search(bracket) or _short_pattern().search(bracket)
    ) and not any(kind in bracket for kind in _KINDS)


def _numbered(text: str) -> str:
    """Write phases and what is the n-th with 一二三, numbers of lines and buildings with digits."""
    text = re.sub(r"(IV|V?I{1,3}|V)(?=期)", lambda found: _NUMERALS[_ROMAN.index(found[1])], text)
    text = re.sub(r"(?<=第)([1-9]|10)(?!\d)|(?<!\d)([1-9]|10)(?=期)", lambda found: _NUMERALS[int(found[0]) - 1], text)
    return re.sub(rf"(?<![{_NUMERALS}第])([{_NUMERALS}])(?=号)", lambda found: str(_NUMERALS.index(found[1]) + 1), text)


def _shed(light: str) -> str:
    shorter = _TAIL.sub("", _LEAD.sub("", light))
    return shorter if len(shorter) > 2 else light


def _numeral(text: str) -> str:
    return _NUMERALS[int(text) - 1] if text.isdigit() and 0 < int(text) <= 10 else text


def _digits(code: str) -> str:
    """Return a road's code in one form: 国道247, 247国道, G247线 → G247."""
    number = re.sub(r"\D", "", code)
    letter = "G" if code[0] in "Gg国" or "国" in code else "S" if code[0] in "Ss省" or "省" in code else code[0].upper()
    return letter + number


def _taken_off(text: str) -> str:
    """Take off what is done to a thing, and sections, from both ends, as long as something remains."""
    for _ in range(4):
        shorter = _LEAD.sub("", text)
        shorter = _DONE_TO.sub("", shorter)
        shorter = _SECTION.sub("", shorter) if len(_SECTION.sub("", shorter)) >= 3 else shorter
        if shorter == text:
            break
        text = shorter
    return text if len(text) > 1 else ""


_NO_PLACE = frozenset(("市中", "东区", "西区", "四川"))  # in a name they say nothing of where it is


def _quarter_of(core: str) -> frozenset[str]:
    """A name that begins with 市中 or 东区 is of one of the cities that have such a district."""
    quarter = next((word for word in _NO_PLACE if core.startswith(word) and word != "四川"), "")
    return frozenset(above for above, name in _one_in_another() if name == quarter) - {""} if quarter else frozenset()


@cache
def _districts() -> frozenset[str]:
    """The names of districts that a plan of Sichuan speaks of: its own, Chongqing's, and prefectures beyond.

    Of those that are common words too (金川, 名山) only Sichuan's count.
    """
    own = {one.name for one in places().values() if one.in_sichuan}
    near = {one.name for one in places().values() if one.adcode[:2] == "50" or one.level != "county"}
    common = set(words("common"))
    return frozenset(own | {name for name in near if name not in common and short_name(name) not in common})


@cache
def _full_pattern() -> re.Pattern[str]:
    return re.compile(alternation(name for name in _districts() if short_name(name) != name))


@cache
def _short_pattern() -> re.Pattern[str]:
    short = {short_name(name) for name in _districts()} | set(words("region"))
    return re.compile(alternation(short - _NO_PLACE))


def _short_places(text: str) -> str:
    """Write districts as they are called (盐源县 → 盐源), and lists of them before a line as A至B."""
    short = _full_pattern().sub(lambda found: short_name(found[0]), text)
    short = re.sub(rf"^({_short_pattern().pattern})\1", r"\1", short)  # 米易县米易机场
    place = f"(?:{_short_pattern().pattern})"
    short = re.sub(rf"({place})(?:[至到–\-~～、/·与]+)(?={place})", r"\1至", short)
    line = re.match(rf"^({place})({place})(?=(?:高速|高铁|铁路|城际|快速)$)", short)
    if line and (line[1], line[2]) not in _one_in_another():  # 广元巴中铁路, but 凉山西昌铁路
        return f"{line[1]}至{short[line.end(1) :]}"
    return short


@cache
def _one_in_another() -> frozenset[tuple[str, str]]:
    """Districts with those in them, as they are called."""
    every = places()
    return frozenset(
        (short_name(every[one.parent].name), short_name(one.name)) for one in every.values() if one.parent in every
    )


def _ends(core: str) -> tuple[str, ...]:
    """The places that a line goes through, as they are written."""
    if "至" not in core:
        return ()
    parts = [part for part in _SPLIT.split(core) if part]
    last = parts[-1]
    for kind in _KINDS:
        if kind in last and not last.startswith(kind):
            last = last[: last.index(kind)]
    return (*parts[:-1], last)


def _kind(core: str) -> str:
    """The last word of _KINDS in a name."""
    found = [(core.rfind(kind), len(kind), kind) for kind in _KINDS if kind in core]
    if found:
        return max(found)[2]
    noun = head_noun(core)
    return core[noun.start :] if noun and 2 <= len(core) - noun.start <= 6 else ""


def initials(name: Name) -> str:
    """Return the short form of a line: 攀枝花至盐源高速 → 攀盐高速; "" for what is none."""
    if len(name.ends) < 2 or not name.kind or not all(name.ends):
        return ""
    return "".join(end[0] for end in name.ends) + name.kind


def other_ways(written: str) -> tuple[str, ...]:
    """Return in what other ways a name may be written that has its ends or its place in brackets behind.

    高速公路（攀枝花至盐源段） is 攀枝花至盐源高速公路; 国家大学科技园（泸州） may be that of 泸州.
    """
    text = re.sub(r"\s", "", normalize("NFKC", written))
    line = _KIND_FIRST.match(text)
    if line:
        return (f"{line[2] or line[3]}{line[1]}",)
    behind = re.match(r"^(.{3,}?)(?:\((?:位于)?([^()]{2,8})\)|[—\-]+([^—\-]{2,8}))$", text)
    place = (behind[2] or behind[3]) if behind else ""
    if behind and _is_place(place) and not _short_pattern().match(behind[1]):
        return (f"{place}{behind[1]}",)
    return ()


def is_aside(before: str, behind: str) -> bool:
    """Tell whether what a name has around another one names no other thing: no place, number or section, no kind behind."""
    if re.search(r"[\d至段期号]", before + behind) or _short_pattern().search(f"{before}，{behind}"):
        return False
    return not (any(kind in behind for kind in _KINDS) or head_noun(behind))


def same_marks(left: str, right: str) -> bool:
    """Tell whether two names have the same numerals and directions: by these alone many of a kind differ."""
    return sorted(re.findall(rf"[{_NUMERALS}\d东西南北中上下新老]", left)) == sorted(
        re.findall(rf"[{_NUMERALS}\d东西南北中上下新老]", right)
    )
