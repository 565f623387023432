"""What the words of a name say of its layer for certain, whatever stands beside it and in the headings."""

from __future__ import annotations

import re

from plans.lexicon import is_short_form, short_characters

_WORKS = (
    "(?:[（(][^()（）]*[)）]|[一二三四五六]期|主体|配套|(?:新|扩|改扩?|重|迁|续)建|改造|提升|建设|开发|工程|项目)*$"
)


def certain_kind(name: str) -> str:
    """Return the layer/kind that a name says of itself; "" where what was learned decides."""
    if not _ANY.search(name):
        return ""
    return next((kind for words, kind in _CERTAIN if words.search(name)), "")


def may_be_of(name: str, layer: str) -> bool:
    """Tell whether a thing may be of a layer by its name: what has nothing that moves is no transport, and a line that
    says only where it leads (怀化至衡阳, 通苏嘉甬) is nothing else."""
    if layer == "transport":
        return bool(_MOVES.search(name)) or set(_WORKED.sub("", name)) <= short_characters()
    return not (_LEADS.fullmatch(name) or is_short_form(name))


_LEADS = re.compile("[^至]{2,8}至[\u4e00-\u9fff]{2,4}")
_WORKED = re.compile("(?:改扩|扩|改)建|扩[容能]|复线|电气化|改造")


_MOVES = re.compile(
    "[路线站港桥隧航铁车船运渡轨环道廊街巷轴坝闸岸堤客货空至段—A-Z0-9-]|高速|机场|枢纽|码头|公交|交通|互通|立交|物流|快速|绕城|城际|作业区|班列|专列|换乘|泊位|锚地|联络|出口|寄递"
)


def _ends(words: str, kind: str) -> tuple[re.Pattern[str], str]:
    """Whatever works follow: 口岸扩建工程."""
    return re.compile(f"(?:{words}){_WORKS}"), kind


_CERTAIN = (
    _ends("(?:铁路|高铁).{0,14}电气化", "transport/railway"),
    _ends("[一二两三四五]桥[一二两三四五]路”?", "transport/urban_road"),
    _ends("交通圈", "transport/transit_system"),
    (re.compile("风貌(?:区|片区|街区)|老街区"), "tourism/ancient_town"),
    _ends("旅游(?:配套)?基础设施|园(?:林园)?艺?博览会.{0,2}园区?", "tourism/tourism_project"),
    _ends("^[^至—-]+(?<!无水)口岸", "open_platform/port_of_entry"),  # 芒市至猴桥口岸 is a line
    _ends("城防|排涝(?:调蓄)?", "water/flood_control"),
    (re.compile("(?<!生态)(?<!环境)[河溪江浦]综合(?:治理|整治)[一二三四五]?期?工程$"), "water/river_works"),
    _ends("污水.{0,4}管[网道]", "ecology/waste_treatment"),
    _ends("生态(?:环境)?保护[与和](?:建设|修复)?综合治理(?:规划)?", "ecology/restoration"),
    _ends("(?:石油|原油|成品油)(?:商业|战略)?储备|(?:石油|原油|成品油)(?:商业|保税|储备)*库", "energy/oil_storage"),
    _ends("(?:LNG|液化天然气)(?:接收站|站线)", "energy/gas_storage"),
    _ends("风电基地", "energy/wind_power"),
    _ends("光伏基地", "energy/solar_power"),
    _ends("露天煤?矿", "energy/coal_mine"),
    _ends(
        "(?:PTA|PX|乙烯|(?:太阳能|光伏)电池|电池片|晶圆|芯片|造船)(?:制造|生产|生产线|工?厂)?",
        "industry/industrial_project",
    ),
    _ends(
        "(?:生产[及与和]?研发|研发[及与和]?生产)(?:[及与和]配套设施)?|生产线|(?:粮油|食品|肉联|海产品)加工",
        "industry/industrial_project",
    ),
    _ends(
        "精细化工|传感(?:器|技术)|机器人|显示器件|集成电路|半导体|新材料|动力电池|造船(?:.{0,8}制造)?",
        "industry/industrial_project",
    ),
    (
        re.compile("(?:川气东送|西气东输|中俄东线|陕京)(?:[一二三四五]线|管道|天然气管道)?(?!.*(?:储气|电站))"),
        "energy/gas_pipeline",
    ),
    _ends(
        "(?:燃煤|燃气|火力|煤矸石|煤电)(?:清洁)?发电(?:机组)?|(?:支撑)?调节性(?:煤电|火电|电源)", "energy/thermal_power"
    ),
    (re.compile("国家文化公园(?:[（(].*|.{2,8}段)?$"), "tourism/cultural_park"),
    _ends("(?:邮件|快[递件])(?:集散|分拨|处理|转运)中心", "hub/logistics_hub"),
    _ends("数据标注(?:产业)?基地", "digital/data_centre"),
    _ends("(?:超算|智算|算力).{0,6}(?:中心|枢纽)", "digital/computing_centre"),
    _ends("购物中心|购物广场|奥特莱斯", "industry/commercial_district"),
    _ends("智能供应链", "hub/trade_centre"),
    _ends("(?:创意|创新|科创|软件|文创|双创)港", "park/science_park"),
    _ends("医疗救治(?:中心|基地)", "public_service/medical_centre"),
)
_ANY = re.compile("|".join(words.pattern for words, _ in _CERTAIN))  # most names hold none of them
