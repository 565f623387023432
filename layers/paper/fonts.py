"""The Chinese type of a printed map: whichever good family this machine has."""

from __future__ import annotations

from functools import cache

from matplotlib import font_manager

from layers.errors import LayerError

# Simplified Chinese faces alone: of a collection (.ttc), a Japanese face would draw 直, 骨, 关 the Japanese way.
FAMILIES = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "SimHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Noto Serif CJK SC",
    "SimSun",
)
BEHIND = "DejaVu Sans"  # comes with matplotlib; letters signs that a Chinese face lacks


@cache
def chinese() -> tuple[str, ...]:
    """Return the families to letter with, the Chinese one first; LayerError when there is none."""
    found = _first(_known()) or _first(_installed())
    if not found:
        raise LayerError(
            "这台机器没有中文字体，图件无法注记 (no Chinese font)。Debian/Ubuntu 请安装 fonts-noto-cjk；"
            f"其他系统请安装以下任一字体：{'、'.join(FAMILIES)}"
        )
    return (found, BEHIND)


def _first(known: set[str]) -> str:
    return next((family for family in FAMILIES if family in known), "")


def _known() -> set[str]:
    return {entry.name for entry in font_manager.fontManager.ttflist}


def _installed() -> set[str]:
    """Look again: matplotlib keeps its list from an earlier day, and the font may have come since."""
    for path in font_manager.findSystemFonts():
        try:
            font_manager.fontManager.addfont(path)
        except (OSError, RuntimeError, ValueError):  # a broken file among the fonts is none of ours
            continue
    return _known()
