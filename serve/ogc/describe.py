"""What pygeoapi is told of us: titles, collections, systems, limits."""

from __future__ import annotations

from typing import Any

from layers.about import CREATOR, RIGHTS
from layers.atlas import Atlas
from serve.ogc.large import LARGE, LargeProvider, Page
from serve.ogc.question import whole
from serve.ogc.shelf import collections, titles, words
from serve.ogc.systems import CRS84, SYSTEMS
from store.large import Large

LANGUAGES = ["zh-CN", "en-US"]
PAGE, LARGEST_PAGE = 100, 2000  # items
_TITLE = ("川规图 OGC API - Features", "Plan Atlas OGC API - Features")
_WORDS = ("四川区域规划要素，逐条附原文", "Features of the regional plans of Sichuan, each with its clauses")


def configuration(atlas: Atlas, url: str, templates: str, large: Large | None = None) -> dict[str, Any]:
    """Return the configuration of pygeoapi for `atlas` (and what is loaded beside it) at `url`, its pages written by `templates`."""
    nobody = {"name": CREATOR, "url": url}
    return {
        "server": {
            "url": url,
            "mimetype": "application/json; charset=utf-8",
            "encoding": "utf-8",
            "languages": LANGUAGES,
            "limits": {"default_items": PAGE, "max_items": LARGEST_PAGE, "on_exceed": "throttle"},
            "map": {"url": "", "attribution": ""},
            "templates": {"path": templates},
            "bind": {"host": "127.0.0.1", "port": 0},
        },
        "logging": {"level": "CRITICAL"},
        "metadata": {
            "identification": {
                "title": _both(_TITLE),
                "description": _both(_WORDS),
                "keywords": _both((["四川", "区域规划"], ["Sichuan", "regional planning"])),
                "keywords_type": "theme",
                "terms_of_service": url,
                "url": url,
            },
            "license": {"name": RIGHTS, "url": url},
            "provider": nobody,
            "contact": nobody,
        },
        "resources": {key: _collection(atlas, key) for key in collections()} | (_beside(large) if large else {}),
    }


def _both(said: tuple[Any, Any]) -> dict[str, Any]:
    return dict(zip(LANGUAGES, said, strict=True))


def _collection(atlas: Atlas, key: str) -> dict[str, Any]:
    every = whole(atlas, key)
    return {
        "type": "collection",
        "title": _both(titles(key)),
        "description": _both(words(key)),
        "keywords": [key],
        "links": [],
        "extents": {"spatial": {"bbox": every.shelf.bounds, "crs": CRS84}},
        "providers": [provider(every)],
    }


def _beside(large: Large) -> dict[str, Any]:
    """The collection of what is loaded."""
    return {
        LARGE: {
            "type": "collection",
            "title": _both(("大量要素", "Features by the million")),
            "description": _both(
                (f"装入 PostGIS 的 {large.number:,} 个要素", f"{large.number:,} features, on PostGIS")
            ),
            "keywords": [LARGE],
            "links": [],
            "extents": {"spatial": {"bbox": list(large.bounds), "crs": CRS84}},
            "providers": [provider(Page(large), LargeProvider.NAME)],
        }
    }


def provider(asked: Any, name: str = "serve.ogc.provider.AtlasProvider") -> dict[str, Any]:
    """Return the definition of the provider that answers a question."""
    return {
        "type": "feature",
        "default": True,
        "name": name,
        "data": asked,
        "id_field": "id",
        "title_field": "name",
        "crs": list(SYSTEMS),
        "storage_crs": CRS84,
    }
