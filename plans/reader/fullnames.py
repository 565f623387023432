"""From where names stand in a sentence to what they are called in full."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from plans.lexicon import (
    Noun,
    evidence,
    head_noun,
    is_place,
    lead_pattern,
    noun,
    place_pattern,
    stands,
    tail_pattern,
)
from plans.listing import Listed, bare, carried, completed, listed, says_itself
from plans.reader.common import NEAR, about, common_noun, of_the_place_beside, own_kinds, strong
from plans.reader.examples import Span
from plans.reader.shared import OF_PARKS, PARK, counted, counted_before, of_whole, whose_part, with_works
from plans.reader.whole import begun, closed, grown


@dataclass(frozen=True, slots=True)
class FullName:
    """What a thing is called in full, and where the words for it stand in the sentence."""

    start: int
    end: int
    name: str


def full_names(sentence: str, members: Sequence[Span], shared: Sequence[Span]) -> list[list[FullName]]:
    """Return for each member of a list, as `trimmed` gives it, what it is called: mostly one thing, of `S3和S4线` two."""
    members, told, number = counted(sentence, members)
    last = members[-1][1]
    common = told or counted_before(sentence, members) or common_noun(sentence, members, shared)
    said = [sentence[start:end] for start, end in members]
    said = of_the_place_beside(said) if common else own_kinds(said)
    written = [
        listed(start, end, own, common if end == last else "") for (start, end), own in zip(members, said, strict=True)
    ]
    written[-number:] = [_counted_with(one, told) for one in written[-number:]] if told else written
    written = [_open(one, common or said[-1]) for one in written]
    subject = about(sentence[: members[0][0]])
    found = []
    whole = list(completed(written))
    called = [
        _in_full(own.words, full, common)
        or (own.words + subject if bare(own.words) and not own.words.endswith("段") else own.words)
        for own, full in whole
    ]
    names = with_works(sentence, members, list(of_whole(list(carried(called)))))
    for (own, _), part in zip(whole, names, strict=True):
        name = whose_part(sentence[: own.start], part) + part
        start, owned = _owned(sentence, own.start, name)
        beside = common if sentence.startswith(common, own.end) and name == own.words + common else ""
        found.append([FullName(start, own.end + len(beside), clean(one)) for one in _codes(owned)])
    return found


def _counted_with(one: Listed, told: str) -> Listed:
    """A member of a counted list is what is counted, whatever its own words end in: 芦潮港 of 外高桥、芦潮港两处铁路联运节点站."""
    counts = noun(told)
    return replace(one, head=None) if one.head and counts and one.head.kind != counts.kind else one


def _open(one: Listed, kind: str) -> Listed:
    """A ring takes the noun of its list (兰州南绕城高速公路), a water that of a park, though each is a noun itself."""
    if one.words in OF_PARKS and kind.endswith(PARK):
        return replace(one, head=None, shared=PARK)
    head = noun(kind)
    ring = one.words.endswith("绕城") and head is not None and not head.weak and head.layer == "transport"
    return replace(one, head=None, shared=kind[head.start :]) if ring and head else one


def _in_full(own: str, full: str, common: str) -> str:
    """Keep the rank of what a list shares (国家物流枢纽), and both characters where a district ends as it begins (北海海上风电)."""
    if _takes_nothing(own, full, common):
        return own
    short = len(re.sub("[()（）]", "", own)) <= 8 < len(own)
    if short and common.endswith(full.removeprefix(own)) and full.startswith(own):
        return own + common  # 酒(泉)嘉(峪关)公路运输枢纽
    rank = _RANKED.match(common)
    noun_alone = common[rank.end() :] if rank else common
    twice = is_place(own) or own.endswith(("水", "矿"))  # 古水水电站: both characters are said
    if common and (full == own + noun_alone or (twice and full == own + noun_alone[1:])):
        return own + common
    return full


def _takes_nothing(own: str, full: str, common: str) -> bool:
    """Tell whether a member is called so as it stands, whatever its list shares.

    滇中引水二期骨干工程 of 水网工程, 陆良支线一期 of 天然气支线, 沙漠光伏 of 风电, 高新技术园 of 园区.
    """
    if own.endswith(_SELF) or (common.endswith("电") and own.endswith(_POWER)):
        return True
    if common.endswith(_WIDE) and len(own) > 4:
        return True
    said = (len(common) > 4 and common[-2:] in own) or (common.endswith("园区") and own.endswith("园"))
    said = said or (common.startswith("轨道交通") and own.endswith("线"))
    return said or ("、" in full and "、" not in own)


_WIDE = (
    "平台",
    "产业项目",
    "特色园区",
)  # what kind of thing a list is of, and no part of a name: 国家深海科考中心 of 创新平台
_POWER = ("光伏", "核电", "煤电")
_SELF = ("工程", "项目", "酒店", "宾馆", "会所", "广场")  # whole, though of no kind that is known
_RANKED = re.compile("(?:国家|[省市])级?(?:骨干|重点)?|重点(?=生态)|精品(?=旅游)|骨干(?=水源)|快速(?=铁路)")


def trimmed(sentence: str, start: int, end: int) -> Span:
    """Return where a name stands without who acts, a verb, a label or an apposition before it: 首条高铁——西延高铁."""
    start, end = _cell(sentence, start, end)
    start = begun(sentence, start)
    system = _SYSTEM.search(sentence[:start]) if _LINE.match(sentence, start) else None
    start = system.start() if system else start
    for cut in _BEFORE.finditer(sentence, start, end):
        if end - cut.end() >= 3:
            start = cut.end()
    part = _PART_OF.match(sentence, start, end)
    start = part.end() if part else start
    verb = lead_pattern().match(sentence, start, end)
    rest = sentence[verb.end() : end] if verb else ""
    head = head_noun(rest)
    if verb and head and (evidence(rest[: head.start]) or not noun(sentence[start:end]) or _does(verb[0], rest, head)):
        start = verb.end()
    acts = _acting().match(sentence, start, end)
    if acts and (says_itself(sentence[acts.end("verbs") : end]) or _DOES.search(acts["verbs"])):
        start = acts.end("verbs")  # 宜宾市推进成自宜高铁
    start = _behind(sentence, start, end)
    end = grown(sentence, start, end)
    said = _SAID.search(sentence, start, end)
    if said:
        return start, said.start()
    made = _MADE.search(sentence, start)
    if made and made.start() < end <= made.end():
        return start, made.start()
    becomes = _BECOMES.search(sentence, start, end)
    if becomes and head_noun(sentence[start : becomes.start()]):
        return start, becomes.start()
    end = closed(sentence, start, _before_predicate(sentence, start, end))
    closing = tail_pattern().search(sentence[start:end])
    before = _PIECE.sub("", sentence[start : start + closing.start()]) if closing else ""
    if closing and strong(before) and _done(closing[0]):
        end = start + len(before)  # 大石峡水利枢纽大坝封顶
    return start, end


def _cell(sentence: str, start: int, end: int) -> Span:
    """Leave out the other cells of a row of a table, and the number before an entry: 7 | 徐工智能工厂 | 徐州市, 10.晋江机场迁建."""
    cells = list(_CELL.finditer(sentence, start, end))
    if not cells:
        return start, end
    whole = max(cells, key=lambda cell: (head_noun(cell[0]) is not None, len(cell[0])))
    numbered = _ENTRY.match(sentence, whole.start(), whole.end())
    return numbered.end() if numbered else whole.start(), whole.end()


_CELL = re.compile(r"[^|\s](?:[^|]*[^|\s])?")
_ENTRY = re.compile(r"\d{1,3}[.．]\s*(?=\D)")
_PIECE = re.compile(
    "(?:[上下]水库)?(?:大坝|主坝|主体|主塔|首[台批]机组|先行工程|控制性工程)$"
)  # of which a predicate speaks


def _behind(sentence: str, start: int, end: int) -> int:
    """Where a name begins behind what is said before it: 后续[水乡旅游线], 中川至武威的[兰张高铁一期]."""
    front = _FRONT.match(sentence, start, end)
    start = front.end() if front and end - front.end() >= 3 else start
    told = _TOLD_OF.match(sentence, start, end)
    rest = sentence[told.end() : end] if told else ""
    head = head_noun(rest)
    whose = told is not None and strong(told["of"])
    return end - len(rest) if head and not head.weak and not whose and stands(rest, head) else start


def _before_predicate(sentence: str, start: int, end: int) -> int:
    """Where a name ends whose predicate, or the part of it that this speaks of, was taken in: 拉哇水电站[大坝填筑过半]."""
    for said in _PREDICATE.finditer(sentence, start + 3, end):
        name = sentence[start : said.start()]
        head = head_noun(name)
        if (head and not head.weak and stands(name, head)) or (name[-1] in "段线期园" and evidence(name)):
            return said.start()
    return end


_PREDICATE = re.compile(
    "(?:[上下]水?库)?大坝|(?:[首两一二三四五六]|\\d+)[台批](?:机组|风机)|[上下]下?库连接路|主厂房|[一二三四五六]号(?:厂房|锅炉)|地下厂房"
    "|(?:焊装|涂装)车间|闸[首室]|土建标段|站房|[正主]线(?:盾构|路基)?|主体结构|原水管道|征地拆迁|进出口(?:总值|总?额|分拨)"
    "|(?:集装箱|货物|旅客)?吞吐|已(?!建)|按(?!摩)|正(?=[在进实]|$)|因(?!子)|则|须(?!弥)|要(?=[用求扎]|在|加|抓)|保持|承接|开始|尚[未待]|经受|事关|联合(?!收|国)|向(?=下游|游客|公众|社会)"
    "|[去今明]年|[0-9]{1,2}月|20[0-9]{2}年|全部|由(?!甲)|继续|仍|进展|恢复|共建(?!共享)|剩下|调峰|降温|焕新|资源配置|可行性|增开|是(?!山)|推进|具备|采用|选址|架梁|先行段|桥梁下部|[两三四五六七八九十]项工程"
)
_FRONT = re.compile(
    "(?:国道主干线|距离|毗邻|今天|同样|未来(?![科城之路])|[经自距](?=[^、]{2,8}(?:站|机场|港)$)|即(?!墨)|将建成|【|(?:[0-9]{1,2}月)?[0-9]{1,2}日(?!照)|把|了(?=[^结望])|另有|后续(?!工程)|紧盯|修通|做[活实靓亮优强大](?!业)|搬离|提档|扩展)"
)
_TOLD_OF = re.compile("(?P<of>[^的、，,]{2,12})的")


def parted(sentence: str, start: int, end: int) -> list[Span]:
    """Return the names that one span holds where 和 joins two that each say which one: 成都都市圈与重庆都市圈."""
    for joint in re.compile("以及|[与和及、]").finditer(sentence, start, end):
        left, right = sentence[start : joint.start()], sentence[joint.end() : end]
        bracket = left.count("(") + left.count("（") > left.count(")") + left.count("）")
        if not bracket and _one_thing(left) and _one_thing(right) and not _BETWEEN.search(right):
            return [(start, joint.start()), *parted(sentence, joint.end(), end)]
    return [(start, end)]


def seamed(sentence: str, names: Sequence[Span], shared: Sequence[Span]) -> tuple[list[Span], list[Span]]:
    """Return names and shared nouns with no noun cut at its front: 抚河流|域综合治理 is 抚河|流域综合治理.

    Else the other members take the rest of a word: 赣江域综合治理. A noun that is whole behind the name
    (重庆国际|机场) stays as it is.
    """
    names, nouns = list(names), list(shared)
    for number, (start, stop) in enumerate(nouns):
        last = max((i for i, (_, end) in enumerate(names) if start - NEAR <= end <= start), default=None)
        if last is None:
            continue
        begin, end = names[last]
        seam = begin + _seam(sentence[begin:stop], start - begin)
        if seam > begin:
            names[last], nouns[number] = (begin, min(end, seam)), (seam, stop)
    return names, nouns


def _seam(text: str, cut: int) -> int:
    """Where in `text` the noun begins that `cut` parts, if what stands behind it is no noun of its own; else 0."""
    behind, whole = noun(text[cut:]), noun(text)
    if whole is None or (behind and not behind.start) or not 2 <= whole.start < cut:
        return 0
    return whole.start


_BETWEEN = re.compile("(?:联络|连接|联通)(?:线|道|工程|通道)|互通")  # that between two is one thing


def _one_thing(name: str) -> bool:
    head = noun(name)
    return head is not None and not head.weak and evidence(name[: head.start])


def _done(predicate: str) -> bool:
    return bool(
        re.search(
            "通车|封顶|合龙|截流|蓄水|投用|投运|投产|运营|竣工|开工|开建|达产|达效|填筑|浇筑|并网|征[迁拆]", predicate
        )
    )


_LINE = re.compile(r"\d+号线")
_SYSTEM = re.compile("(?:轨道交通|地铁|轻轨)$")  # [地铁]4号线


def _does(verb: str, rest: str, head: Noun) -> bool:
    """Tell whether what a span begins with is surely done to the thing, and no part of its name: 逐步外迁[散货物流中心]."""
    return bool(_DOES.search(verb)) and stands(rest, head)


_DOES = re.compile("搬迁|外迁|扩整|新增|预留|紧扣|携手|做好|已[运开投]")


_PART_OF = re.compile(  # 乌鲁木齐至尉犁高速公路[天山胜利隧道]
    "[^、，,。；;]{2,12}至[^、，,。；;]{2,12}(?:高速公路|高速|铁路|高铁)(?:[^、，,。；;]{2,4}工程)?(?=[^至段线]{2,8}(?:大桥|隧道)$)"
)
_BECOMES = re.compile(
    "(?<=[区园心港站馆）)])(?:升级|升格|转型|创建|争创|申建|申报)(?:为|成)?(?=.{3})"
)  # A升级综合保税区
_MADE = re.compile(
    "(?<=.{3}[路线道场园区库])(?:升级|改造|提升|改建|转型|扩建)+[为成]"
)  # 白关至醴陵公路[升级]为一级公路
_SAID = re.compile(
    "(?<=[段线路期目程])(?:建设|施工)?进展$"  # 西渝高铁重庆段进展[顺利]
    "|(?<=.{4})(?:主体|土建)(?:工程|结构)$"  # 陆丰核电5、6号机组主体工程[稳步推进]
    "|(?<=.{4}[段线路])(?:桥梁|路面|路基|线下|站前)工程$"  # 呼南高铁焦平段桥梁工程[完成八成]
    "|(?<=.{3})(?:位于.+|已[获完开投于].*|选址(?:选线)?|分别|交工)$"
    "|(?<=.{3}[道段桥])(?:掘进|路基|桥梁|铺轨).+$"
    "|(?<=.{3}电站)[上下]水库$"
    "|(?<=[段线路期目程站场纽库区园])(?:长期|目前|正在|因[^路]{2,12})$"
)
_BEFORE = re.compile(
    r"——|[：:]|投资[0-9.]+[万亿]*元(?:完成|建设)?|由[^，,。；;、]{2,8}(?:负责|牵头)(?:建设|推进|实施)?|(?:集团|公司|政府|[厅局])(?:确保|加快|推动|推进|负责|督促)|于一体的|[，,]|针对|[止起]于|途经|20\d\d年(?:年?底|年?末|年内)?(?:之?前)?(?:建成|开工|启动|完成)?"
)
_CODES = re.compile(
    "(?P<before>.*?)(?P<codes>[A-Z]*[0-9]+(?:号线?)?(?:[、和及与][A-Z]*[0-9]+(?:号线?)?)+)(?P<after>.*)"
)


def _codes(name: str) -> list[str]:
    """Return the names that a name with several codes stands for: 福莆宁F2和F3线."""
    found = _CODES.fullmatch(name)
    if found is None or found["after"].endswith(("工程", "项目")):
        return [name]  # 马鞍岭1、2号旅游码头工程 is one
    after = found["after"]
    codes = [one.removesuffix(after) if after else one for one in re.split("[、和及与]", found["codes"])]
    codes = [one + "号" if codes[-1].endswith("号") and one.isdigit() else one for one in codes]  # 5、6号机组
    return [found["before"] + code + after for code in codes]


def clean(name: str) -> str:
    """Return a name without marks that are not closed, a number of its things (两个), and a 项目 that adds nothing."""
    name = re.sub("[与和及、]+$", "", name)
    name = name if name.count("“") == name.count("”") else re.sub("[“”]", "", name)
    opened, closed = len(re.findall("[(（]", name)), len(re.findall("[)）]", name))
    name = name if opened == closed else re.sub("[()（）]", "", name)
    name = re.sub("(?<=[^第])(?:[一二三四五六七八九十两]+|[0-9]+)[个条座处](?=[^线])", "", name)
    plain = name.removesuffix("项目")
    head = head_noun(plain) if plain != name and not _WORKED.search(plain) else None
    stands_alone = _BUILT.search(plain) or (head and not head.weak and head.layer in ("transport", "water"))
    return plain if head and stands_alone else name


_BUILT = re.compile("(?:电站|厂|中心|基地|馆|库)(?:[一二三四五六]期)?$")  # what is built: a power station is no project
_WORKED = re.compile("(?:改扩|[扩改迁])建$")  # 某高速公路改扩建项目 is what is done


def _owned(sentence: str, start: int, name: str) -> tuple[int, str]:
    """Say whose a thing is: 莆田建设绿色发展先行市 and 莆田建设[绿色发展先行市] are 莆田绿色发展先行市."""
    acts = _acting().match(name)
    head = noun(name)
    cut = acts and head and acts.end("who") <= head.start < acts.end()  # 宜宾协同改革先行区: 协同 is of the noun
    if acts and not cut and len(name) - acts.end() > 3 and not _WORKS.fullmatch(acts["verbs"]):
        return start, acts["who"] + name[acts.end() :]
    before = _acting_before().search(sentence[:start])
    if before and not evidence(name) and not says_itself(name) and len(name) > 3:
        return before.start("who"), before["who"] + name
    return start, name


_WORKS = re.compile("[新改扩迁续重]建|改扩建|改造")  # 甘孜州新建运输机场: the works are part of the name


@cache
def _acting() -> re.Pattern[str]:
    who = rf"(?P<who>(?:{place_pattern().pattern})+[市州]?)(?:人民政府)?(?:负责|牵头|应当)?"
    return re.compile(rf"{who}(?P<verbs>{lead_pattern().pattern})(?:成为|成|为)?")


@cache
def _acting_before() -> re.Pattern[str]:
    return re.compile(rf"(?P<who>{place_pattern().pattern})(?:{_MAKING})[“]?$")


_MAKING = "建设|打造|创建|争创|建成|争当|培育|发展|做强|高质量建设|高标准建设|加快建设"
