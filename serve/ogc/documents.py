"""What the API says of itself. pygeoapi tells of addresses and abilities that are not served here, and leaves out some that are."""

from __future__ import annotations

import json
from typing import Any

import pygeoapi.api as core
from pygeoapi.api import API, itemtypes
from pygeoapi.util import render_j2_template

from serve.ogc.question import SELECTS
from serve.ogc.shelf import KINDS

Answer = tuple[dict[str, str], int, "str | bytes"]
_ELSEWHERE = ("/processes", "/jobs", "/TileMatrixSets")  # other standards that pygeoapi can serve, and we do not
_HELD = (
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/filter",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/features-filter",
    *(
        f"http://www.opengis.net/spec/cql2/1.0/conf/{part}"
        for part in (
            "cql2-text", "cql2-json", "basic-cql2", "advanced-comparison-operators", "case-insensitive-comparison",
            "basic-spatial-functions", "basic-spatial-functions-plus", "array-functions",
        )
    ),
)  # fmt: skip
_WORDS = {
    "zone": "经济区，键或名称，可多个 (economic zones)",
    "layer": "图层 (layers)",
    "kind": "类型 (kinds)",
    "status": "状态 (statuses)",
    "document": "文件，键或题名 (documents)",
    "place": "市州或县区，名称或代码 (prefectures or counties)",
    "within": "范围：经,纬;经,纬;… 或 经,纬~公里 或 要素~公里 (an area)",
    "q": "名称或引文中的词，以空格分开 (words in names or quotes)",
    "filter": "CQL2 (OGC 21-065r2)",
    "filter-lang": "cql2-text, cql2-json",
    "filter-crs": "filter 中坐标的坐标系 (system of the positions in the filter)",
    "version": "数据版本，翻页时不变 (edition of the atlas)",
}


def landing(api: API, asked: Any) -> Answer:
    """Return the first page, without links to what is not there."""
    headers, status, content = core.landing_page(api, asked)
    if headers["Content-Type"] != core.FORMAT_TYPES[core.F_HTML]:
        page = json.loads(content)
        page["links"] = [one for one in page.get("links", []) if _served(one)]
        content = json.dumps(page)
    return headers, status, content


def _served(link: dict[str, str]) -> bool:
    return not link["href"].partition("?")[0].endswith(_ELSEWHERE)


def conformance(api: API, asked: Any) -> Answer:
    """Return the parts of the standards that are kept. Not asked of pygeoapi: with each answer its list grows longer."""
    kept = {*core.CONFORMANCE_CLASSES, *itemtypes.CONFORMANCE_CLASSES_FEATURES, *_HELD}
    told = {"conformsTo": sorted(one for one in kept if "create-replace-delete" not in one)}
    headers = asked.get_response_headers()
    if asked.format == core.F_HTML:
        page = render_j2_template(
            api.tpl_config, api.tpl_config["server"]["templates"], "conformance.html", told, asked.locale
        )
        return headers, 200, page
    return headers, 200, json.dumps(told)


def openapi(told: dict[str, Any]) -> dict[str, Any]:
    """Return the OpenAPI document `told` of pygeoapi, with our parameters, of what is served, and whole without internet."""
    told["paths"] = {path: of for path, of in told["paths"].items() if not path.startswith(_ELSEWHERE)}
    for path, of in told["paths"].items():
        of.pop("options", None)
        if path.endswith("/items"):
            key = path.split("/")[2]
            own = [*(KINDS[key].parts if key in KINDS else SELECTS), *(name for name in _WORDS if name not in SELECTS)]
            listed = [one for one in of["get"]["parameters"] if one.get("name") not in own and "vendor" not in str(one)]
            of["get"]["parameters"] = [*listed, *map(_parameter, own)]
    local: dict[str, Any] = _without_references(told)
    return local


def _parameter(name: str) -> dict[str, Any]:
    listed = name in SELECTS and name not in ("within", "q")
    schema = {"type": "array", "items": {"type": "string"}} if listed else {"type": "string"}
    return {
        "name": name,
        "in": "query",
        "description": _WORDS[name],
        "required": False,
        "schema": schema,
        "style": "form",
        "explode": False,
    }


def _without_references(told: Any) -> Any:
    """References to documents on the internet, by what they mean."""
    if isinstance(told, list):
        return [_without_references(one) for one in told]
    if not isinstance(told, dict):
        return told
    reference = told.get("$ref", "")
    if not reference.startswith("http"):
        return {key: _without_references(one) for key, one in told.items()}
    name = reference.rpartition("/")[2].removesuffix(".yaml")
    return _MEANT.get(name, {} if "/schemas/" in reference else {"description": name})


_MEANT: dict[str, Any] = {
    "featureId": {"name": "featureId", "in": "path", "required": True, "schema": {"type": "string"}},
    "sortby": {
        "name": "sortby", "in": "query", "required": False, "style": "form", "explode": False,
        "description": "属性，前加 - 为降序 (properties; - before one: from the greatest)",
        "schema": {"type": "array", "items": {"type": "string"}},
    },
}  # fmt: skip
