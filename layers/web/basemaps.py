"""Base maps from servers: those that a planner's office adds in basemaps.toml. None by default.

Tiles must be WGS84 or CGCS2000 (EPSG:3857, EPSG:4490 as web mercator): over GCJ-02 tiles the atlas would
stand half a kilometre off.
"""

from __future__ import annotations

import os
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from layers.errors import LayerError
from plans.documents import DATA

CONFIGURATION = DATA.parent / "basemaps.toml"
_ENTRIES = {"label": str, "url": str, "attribution": str, "subdomains": str | list, "max_zoom": int, "key": str}
Base = dict[str, Any]


@cache
def tile_bases(path: Path = CONFIGURATION) -> tuple[Base, ...]:
    """Return the configured tile servers, for Leaflet: key, label, url, attribution, subdomains, max_zoom.

    `{key}` in an url is the entry's `key`, or the environment variable that a `key = "$NAME"` names; a
    server whose key is not set is left out. No file: no servers. LayerError names a bad entry.
    """
    if not path.exists():
        return ()
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise LayerError(f"无法读取 {path.name}：{error.strerror} (cannot read)。") from None
    except UnicodeDecodeError:
        raise LayerError(f"{path.name} 不是 UTF-8 编码 (not UTF-8)；请另存为 UTF-8。") from None
    except tomllib.TOMLDecodeError as error:
        raise LayerError(f"{path.name} 不是有效的 TOML：{error} (invalid TOML)。") from None
    return tuple(base for name, entry in entries.items() if (base := _base(name, entry)))


def _base(name: str, entry: Any) -> Base | None:
    if not isinstance(entry, dict):
        raise LayerError(f"basemaps.toml 中的 {name} 应是一节 [{name}] (not a table)。")
    unknown = set(entry) - _ENTRIES.keys()
    if unknown or not {"label", "url", "attribution"} <= set(entry):
        wrong = f"不认识 {'、'.join(sorted(unknown))}" if unknown else "缺少 label、url 或 attribution"
        raise LayerError(f"basemaps.toml 中的 [{name}] {wrong} (bad base map)。可用：{'、'.join(sorted(_ENTRIES))}")
    for part, value in entry.items():
        if not isinstance(value, _ENTRIES[part]):
            raise LayerError(f"basemaps.toml 中的 [{name}] 的 {part} 类型不对：{value!r} (wrong type)。")
    if not entry["url"].startswith(("http://", "https://")):
        raise LayerError(f"basemaps.toml 中的 [{name}] 的 url 应以 http:// 或 https:// 开头 (bad url)。")
    key = entry.get("key", "")
    key = os.environ.get(key[1:], "") if key.startswith("$") else key
    if "{key}" in entry["url"] and not key:
        return None
    return {
        **{part: entry[part] for part in entry if part != "key"},
        "key": name,
        "url": entry["url"].replace("{key}", key),
    }
