"""The page that stands in the frame of a map: the atlas with the words of its tools and signs, in one language."""

from __future__ import annotations

from functools import lru_cache

from layers.atlas import Atlas
from layers.atlas.cache import VERSIONS
from layers.errors import LayerError
from layers.symbols import MODES, NOTICE
from layers.web.basemaps import Base, tile_bases
from layers.web.map import map_page
from layers.web.map_files import MapPage
from ui.messages import LANGUAGES, say
from ui.state.language import language, speaking


def map_page_of(atlas: Atlas) -> MapPage:
    """Write the page of the map of `atlas` in the language that is spoken; it lies below app/static/."""
    return map_page(atlas, _words(), language(), tiles()[0])


def tiles() -> tuple[tuple[Base, ...], str]:
    """Return the tile servers of basemaps.toml; none, and what is wrong with it, where the file is broken."""
    try:
        return tile_bases(), ""
    except LayerError as error:
        return (), str(error)


@lru_cache(VERSIONS)
def map_pages(atlas: Atlas) -> dict[str, MapPage]:
    """Write the page in every language. There need be no session."""
    found = {}
    for one in LANGUAGES:
        with speaking(one):
            found[one] = map_page_of(atlas)
    return found


def _words() -> dict[str, str]:
    return {
        "legend": say("图例与图层"),
        "fail": say("地图数据加载失败，请刷新页面。"),
        "only": say("只看{layer}"),
        "sure": say("位置精确或近似"),
        "unsure": say("只知所在县市（空心）"),
        "track": say("沿现有铁路、河道"),
        "built": say("示意线：建成、在建"),
        "starting": say("示意线：推进建设、拟开工"),
        "planned": say("示意线：前期、争取"),
        "color_by": say("着色"),
        "by_layer": say("按图层"),
        "by_zone": say("按经济区"),
        "base": say("底图"),
        "base_plain": say("行政区"),
        "base_relief": say("地貌晕渲"),
        "thin": say("只画放得下的"),
        "more": say("另有 {n} 个要素，放大后显示"),
        "wheel": say("按住 Ctrl 滚动可缩放；单击地图后可直接滚动缩放"),
        "map_label": say("规划要素地图：N、P 键逐个查看，回车打开"),
        "lang": "zh-CN" if language() == "zh" else "en",
        **{key: say(mode) for key, mode in MODES.items()},
        "notice": say(NOTICE),
        **_of_tools(),
    }


def _of_tools() -> dict[str, str]:
    return {
        "north": say("正北"),
        "length": say("量算长度"),
        "area": say("量算面积"),
        "rectangle": say("矩形选择要素"),
        "polygon": say("多边形选择要素"),
        "circle": say("圆形选择要素"),
        "radius": say("半径"),
        "zoom_in": say("放大"),
        "zoom_out": say("缩小"),
        "home": say("回到全省"),
        "full": say("全屏"),
        "link": say("复制当前视图的链接"),
        "copied": say("链接已复制"),
        "help_length": say("依次单击，双击结束；Esc 取消"),
        "help_area": say("依次单击，双击结束；Esc 取消"),
        "help_rectangle": say("单击两个对角；Esc 取消"),
        "help_polygon": say("依次单击，双击闭合；Esc 取消"),
        "drag": say("拖动以定位"),
        "help_point": say("单击所在处；或拖动圆点"),
        "help_county": say("单击所在的县（市、区）"),
        "help_same": say("单击一条现有的线，沿用其走向"),
        "help_course": say("依次单击沿线各点，双击或回车结束；退格撤一点；Esc 取消"),
        "help_circle": say("单击圆心，再单击圆周；Esc 取消"),
        "edit": say("拖动修改选区；双击顶点删除"),
    }
