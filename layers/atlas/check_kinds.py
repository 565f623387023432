"""Integrity of what counts as a feature, and as which kind: no positioning, no brand, no kind against its head noun."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from layers.atlas import Atlas
from layers.atlas.issue import Issue
from plans.features import Feature, Mention
from plans.lexicon import named_by
from plans.positioning import is_positioning
from plans.records import Row

_UNDERTAKEN = re.compile("^(?:加快)?实施")  # 实施安宁河谷综合开发 in a positioning is a project all the same
_BRANDS = re.compile("^[^,，。；;]*品牌(?:$|[,，。；;])")  # 塑造A、B等文化旅游品牌
# What a source says that knows no more than the town or a side of it: 达州主城, 甘孜县城附近, 新津区中部.
_SIDE = "及?近郊|附近|周边|一带|[东南西北中]部|[^，、；（]{0,3}河[畔谷]"
_TOWN = re.compile(
    f"[^，、；（园开]{{0,5}}(?:(?:主城|主城区|中心城区|城区|县城|市区|老城|新区|新城)(?:{_SIDE})*|[区县市州](?:{_SIDE})+)"
)
# What is added to it and tells no site: where it was read, how far it reaches.
_ADDED = re.compile("常识|推断|概位|报道|公开报道|选址公告|全区范围.*|至.*|城?[东南西北]—老城|.*邮编.*")


def kinds(atlas: Atlas) -> Iterator[Issue]:
    """Nothing is a feature by a positioning or a brand alone, and every kind is one that its head noun names."""
    placed = {row["feature"]: row for row in atlas.records.placements}
    for one in atlas.features:
        if all(is_positioning(said.clause) and not _UNDERTAKEN.match(said.status_text) for said in one.mentions):
            yield Issue("positioning kept as a feature", one.id, one.name)
        if all(map(_branded, one.mentions)) and not placed[one.id]["lon"]:
            yield Issue("brand without a site", one.id, one.name)
        allowed = named_by(one.name)
        if allowed and f"{one.layer}/{one.kind}" not in allowed:
            yield Issue(
                "kind against head noun",
                one.id,
                f"{one.name}: {one.layer}/{one.kind}, by data/lexicon.toml {allowed[0]}",
            )
        yield from _known(one, placed)


def _branded(mention: Mention) -> bool:
    """Tell whether it stands in a list of brands."""
    return bool(_BRANDS.match(mention.clause.text[mention.end :]))


def _known(one: Feature, placed: Mapping[str, Row]) -> Iterator[Issue]:
    """A position is known by more than its town."""
    row = placed[one.id]
    if not row["lon"] or row["basis"] != "known":
        return
    parts = [part for part in re.split("[，、；（）]", row["source"]) if part and not _ADDED.fullmatch(part)]
    if all(map(_TOWN.fullmatch, parts)):
        yield Issue("position known by its town alone", one.id, row["source"])
