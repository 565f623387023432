"""Whether a text is a plan in simplified Chinese, and a clear word where it is not."""

from __future__ import annotations

import re

from plans.errors import PlanError
from plans.sources.source import Grid, Source
from plans.tables import head

LEAST_JUDGED = 400  # characters of Chinese; shorter texts are taken as they are
LEAST_PLANNED = 6.0  # words of planning in a thousand characters: plans have thirty and more
_CHINESE = re.compile("[\u3400-\u9fff]")
_PLANNED = re.compile(
    "规划|建设|推进|发展|项目|工程|实施|加快|打造|提升|完善|改革|支持|推动|强化|布局|体系|改造|新建|扩建|保护|治理|开发|示范|服务|设施|产业|通车|运营|贯通|竣工|铁路|高铁|高速公路|机场|水利|电站"  # press reports speak of lines and works
)
_TRADITIONAL = re.compile(
    "[發國業產區設進與規劃構網絡體鐵機場電車環總結實現個為時間對關開東動經濟會學點線將應這來後過無們說門長]"
)
LEAST_TRADITIONAL = 0.03  # of the Chinese characters
_ASCII = re.compile("[A-Za-z]")
_DIGIT = re.compile("[0-9]")
SAMPLE = 200_000  # characters that are looked at


def refuse_what_is_no_plan(name: str, text: str, source: Source) -> None:
    """Raise PlanError where a text is of another language or script, or of another kind than a plan."""
    text = text[:SAMPLE]
    chinese = len(_CHINESE.findall(text))
    if chinese < 0.1 * len(_ASCII.findall(text)) or not chinese:
        if len(_ASCII.findall(text)) > len(_DIGIT.findall(text)):
            raise PlanError(f"“{name}”不是中文 (not in Chinese)。本图集只读简体中文的规划。")
        raise PlanError(f"“{name}”中只有数字和符号，没有文字 (numbers only)。请确认是否选错文件。")
    if len(_TRADITIONAL.findall(text)) > LEAST_TRADITIONAL * chinese:
        raise PlanError(
            f"“{name}”是繁体字 (traditional characters)。本图集只读简体：请用 Word“审阅→繁转简”转换后再试。"
        )
    of_projects = any(isinstance(part, Grid) and (found := head(part)) and found.of_projects for part in source.parts)
    if chinese >= LEAST_JUDGED and not of_projects:
        planned = 1000 * len(_PLANNED.findall(text)) / chinese
        if planned < LEAST_PLANNED:
            raise PlanError(
                f"“{name}”不像规划：每千字只有 {planned:.1f} 个规划用语，规划一般在 30 个以上 (not a plan)。请确认是否选错文件。"
            )
