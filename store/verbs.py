"""What each decision does to the findings. The same functions check a decision that is made and replay the log."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from geo.errors import GeoError
from geo.gazetteer import place
from geo.placement import via_points
from plans.documents import Document
from plans.errors import PlanError
from plans.records import span
from plans.vocabulary import keys, kinds
from store.decisions import Decision
from store.errors import StoreError
from store.findings import ACCEPTED, MERGED, OPEN, PLACE, REJECTED, SPLIT, Finding, Said


@dataclass(frozen=True, slots=True)
class Publication:
    """A plan as it was published: its record and findings at that moment, and the ids of its features."""

    number: int  # of the decision
    at: str
    by: str
    document: Document
    findings: tuple[Finding, ...]
    ids: Mapping[str, str]  # finding: feature id
    hash: str  # of the decision: what it holds is known by it


@dataclass(slots=True)
class Folding:
    """A state in the making."""

    texts: Mapping[str, str]  # clause id: text
    findings: dict[str, Finding]
    documents: dict[str, Document]
    published: dict[str, Publication]
    matches: dict[tuple[str, str], str]

    def one(self, decision: Decision) -> Finding:
        """Return the finding that a decision is about first; StoreError when it is no more."""
        key = next(iter(decision.seen), "")
        found = self.findings.get(key)
        if found is None:
            raise StoreError(f"工作库中没有“{key}” (no such finding)。")
        if found.verdict in (MERGED, SPLIT):
            raise StoreError(f"“{found.name}”已合并或拆分 (merged or split)；请先撤销那一步。")
        return found

    def put(self, found: Finding) -> None:
        """Keep a finding as it now is."""
        self.findings[found.id] = found


def apply(at: Folding, decision: Decision) -> None:
    """Do what a decision says; StoreError when it cannot be done to what stands."""
    try:
        VERBS[decision.verb](at, decision)
    except (KeyError, TypeError, ValueError) as error:
        raise StoreError(f"决定“{decision.verb}”不完整：{error!r} (incomplete decision)。") from None


def _accept(at: Folding, decision: Decision) -> None:
    _judge(at, decision, ACCEPTED)


def _reopen(at: Folding, decision: Decision) -> None:
    _judge(at, decision, OPEN)


def _reject(at: Folding, decision: Decision) -> None:
    reason = str(decision.content.get("reason", ""))
    if reason and reason not in keys("reason"):
        raise StoreError(f"未知理由“{reason}” (unknown reason)；可用：{'、'.join(keys('reason'))}。")
    _judge(at, decision, REJECTED, reason)


def _judge(at: Folding, decision: Decision, verdict: str, reason: str = "") -> None:
    for key in decision.seen:
        found = at.one(replace(decision, seen={key: 0}))
        if verdict != ACCEPTED and any(one.into == key for one in at.findings.values()):
            raise StoreError(f"“{found.name}”中并入了别的条目 (others are merged into it)；请先撤销合并。")
        at.put(replace(found, verdict=verdict, reason=reason))


def _rename(at: Folding, decision: Decision) -> None:
    found, name = at.one(decision), str(decision.content["name"]).strip()
    if not name:
        raise StoreError("名称不能为空 (empty name)。")
    aliases = tuple(str(one).strip() for one in decision.content.get("aliases", found.aliases))
    at.put(replace(found, name=name, aliases=tuple(one for one in aliases if one and one != name)))


def _reclass(at: Folding, decision: Decision) -> None:
    layer, kind = str(decision.content["layer"]), str(decision.content["kind"])
    if layer not in keys("layer") or kind not in kinds(layer):
        raise StoreError(f"没有类别“{layer}/{kind}” (unknown layer or kind)。")
    at.put(replace(at.one(decision), layer=layer, kind=kind))


def _restate(at: Folding, decision: Decision) -> None:
    found, number = at.one(decision), int(decision.content["said"])
    changed = replace(
        _said(found, number),
        status=str(decision.content["status"]),
        status_text=str(decision.content["status_text"]),
    )
    at.put(_with(found, number, _checked(at, changed)))


def _requote(at: Folding, decision: Decision) -> None:
    """Give a place in the text another quote; one place more where no number is told."""
    found, said = at.one(decision), _checked(at, Said(**decision.content["quote"]))
    number = decision.content.get("said")
    if number is None:
        at.put(replace(found, said=(*found.said, said)))
    else:
        _said(found, int(number))
        at.put(_with(found, int(number), said))


def _place(at: Folding, decision: Decision) -> None:
    row = {name: str(decision.content.get(name, "")) for name in PLACE}
    at.put(replace(at.one(decision), place=placed(row)))


def placed(row: Mapping[str, str]) -> dict[str, str]:
    """Return a row of data/placements.csv if it can be drawn; StoreError tells what is wrong."""
    if row["basis"] not in keys("basis"):
        raise StoreError(f"未知依据“{row['basis']}” (unknown basis)；可用：{'、'.join(keys('basis'))}。")
    try:
        for name in row["places"].split():
            place(name)
        courses = [via_points(branch) for branch in row["via"].split("|")]
    except GeoError as error:
        raise StoreError(str(error)) from None
    here = [(float(row["lon"]), float(row["lat"]))] if row["lon"] else []
    for lon, lat in (*here, *(position for course in courses for _, position in course)):
        if not (-180 <= lon <= 180 and -90 <= lat <= 90):
            raise StoreError(f"经纬度“{lon:g}, {lat:g}”超出范围 (out of range)。")
    if any(not name for course in courses for name, _ in course) and not (row["source"] and row["error_km"]):
        raise StoreError("所绘的线须有来源和误差 (a drawn line needs its source and error)。")
    if row["lon"] and not (
        row["source"] and row["precision"] in ("exact", "approximate") and float(row["error_km"]) > 0
    ):
        raise StoreError(
            "点位须有来源、精度（exact、approximate）和误差 (a position needs its source, precision and error)。"
        )
    return dict(row)


def _split(at: Folding, decision: Decision) -> None:
    """Make several things of one: each part has a name, and the places in the text that name it."""
    found, parts = at.one(decision), decision.content["parts"]
    if len(parts) < 2:
        raise StoreError("拆分须有两个以上的部分 (two parts at least)。")
    at.put(replace(found, verdict=SPLIT))
    for number, part in enumerate(parts, 1):
        name = str(part["name"]).strip()
        said = tuple(_checked(at, Said(**row)) for row in part["said"])
        if not name or not said:
            raise StoreError("拆分的每一部分须有名称和引文 (each part needs a name and a quote)。")
        key = f"{found.document}/d{decision.number}.{number}"
        at.put(replace(found, id=key, name=name, aliases=(), said=said, verdict=ACCEPTED, notes=()))


def _merge(at: Folding, decision: Decision) -> None:
    """Let one thing be another: a finding of the same plan, which takes its quotes over, or a feature of the atlas."""
    found, into = at.one(decision), str(decision.content["into"])
    if "/" in into:
        other = at.findings.get(into)
        if other is None or other.document != found.document or other.id == found.id:
            raise StoreError(f"“{into}”不在同一规划中 (not of the same plan)；另一规划请先发布，再并入其要素。")
        if other.verdict in (MERGED, SPLIT) or into not in decision.seen:
            raise StoreError(f"“{other.name}”不能并入 (cannot take it over)；请刷新。")
        aliases = dict.fromkeys((*other.aliases, found.name, *found.aliases))
        aliases.pop(other.name, None)
        at.put(replace(other, said=(*other.said, *found.said), aliases=tuple(aliases), verdict=ACCEPTED))
    elif not into.startswith("f-"):
        raise StoreError(f"“{into}”不是要素编号 (not a feature id)；编号形如 f-00123。")
    at.put(replace(found, verdict=MERGED, into=into))


def _add(at: Folding, decision: Decision) -> None:
    """A thing that the reader did not see, with the words that name it."""
    content = decision.content
    slug, layer, kind = str(content["document"]), str(content["layer"]), str(content["kind"])
    if slug not in at.documents:
        raise StoreError(f"工作库中没有文件“{slug}” (no such document)。")
    if layer not in keys("layer") or kind not in kinds(layer):
        raise StoreError(f"没有类别“{layer}/{kind}” (unknown layer or kind)。")
    name = str(content["name"]).strip()
    if not name:
        raise StoreError("名称不能为空 (empty name)。")
    said = tuple(_checked(at, Said(**row)) for row in content["said"])
    if not said or any(one.clause.split("/", 1)[0] != slug for one in said):
        raise StoreError("补充的条目须有本规划中的引文 (a quote from this plan is needed)。")
    where = placed({column: str(content["place"].get(column, "")) for column in PLACE})
    at.put(Finding(f"{slug}/d{decision.number}.1", slug, name, (), layer, kind, said, where, verdict=ACCEPTED))


def _note(at: Folding, decision: Decision) -> None:
    if not decision.why.strip():
        raise StoreError("请写下疑问 (the doubt is empty)。")
    found = at.one(decision)
    at.put(replace(found, notes=(*found.notes, f"{decision.by}：{decision.why}")))


_DESCRIBED = ("title", "short", "issuer", "number", "date", "kind", "url", "date_precision", "zones")


def _describe(at: Folding, decision: Decision) -> None:
    slug = next(iter(decision.seen))
    told: dict[str, Any] = {key: decision.content[key] for key in _DESCRIBED if key in decision.content}
    if "date" in told:
        told["date"] = datetime.date.fromisoformat(told["date"])
    if "zones" in told:
        told["zones"] = tuple(told["zones"])
        if not set(told["zones"]) <= set(keys("zone")):
            raise StoreError(f"未知经济区：{'、'.join(told['zones'])} (unknown zone)。")
    if any(not told.get(key, "x") for key in ("title", "short")):
        raise StoreError("标题和简称不能为空 (empty title)。")
    at.documents[slug] = dataclasses.replace(at.documents[slug], **told)


def _publish(at: Folding, decision: Decision) -> None:
    slug = next(iter(decision.seen))
    found = tuple(one for one in at.findings.values() if one.document == slug)
    at.published[slug] = Publication(
        decision.number,
        decision.at,
        decision.by,
        at.documents[slug],
        found,
        dict(decision.content["ids"]),
        decision.hash,
    )


def _match(at: Folding, decision: Decision) -> None:
    """Rows of an office's list are features of the atlas, or none of them."""
    for row in decision.content["rows"]:
        name, where, feature = (str(row[key]) for key in ("name", "place", "feature"))
        if not name or row_subject(name, where) not in decision.seen or (feature and not feature.startswith("f-")):
            raise StoreError(f"“{name}”的判断不完整 (incomplete match)。")
        at.matches[name, where] = feature


def row_subject(name: str, where: str) -> str:
    """Return what a decision about a row of a list is about: it is known by its name and place in any list."""
    return f"row/{name}|{where}"


def _said(found: Finding, number: int) -> Said:
    if not 0 <= number < len(found.said):
        raise StoreError(f"“{found.name}”没有第 {number + 1} 处引文 (no such quote)。")
    return found.said[number]


def _with(found: Finding, number: int, said: Said) -> Finding:
    return replace(found, said=(*found.said[:number], said, *found.said[number + 1 :]))


def _checked(at: Folding, said: Said) -> Said:
    """A quote and a verb stand in their clause, word for word, or they are not kept."""
    text = at.texts.get(said.clause)
    if text is None:
        raise StoreError(f"没有条款“{said.clause}” (no such clause)。")
    if not said.quote.strip() or said.status not in keys("status"):
        raise StoreError(f"引文为空，或状态“{said.status}”未知 (empty quote or unknown status)。")
    try:
        span(text, said.quote, said.nth)
        if said.status_text:
            span(text, said.status_text)
    except PlanError as error:
        raise StoreError(f"{said.clause}：{error}") from None
    return said


VERBS: dict[str, Callable[[Folding, Decision], None]] = {
    "accept": _accept, "reject": _reject, "reopen": _reopen, "rename": _rename, "reclass": _reclass,
    "restate": _restate, "requote": _requote, "place": _place, "split": _split, "merge": _merge, "add": _add,
    "note": _note, "describe": _describe, "publish": _publish, "match": _match,
}  # fmt: skip
