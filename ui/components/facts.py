"""What is told of a feature, as HTML: its facts, a citation, its status. Text from documents is escaped."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pandas as pd

from geo.gazetteer import counties, places
from geo.romanise import place_english
from layers.atlas import Atlas
from layers.english import document_english, gloss, name_english
from layers.palette import COLOURS
from layers.placed import placed_english
from layers.query.whereabouts import Where, crossed, named
from layers.web.charts import STATUS_COLOURS
from plans.documents import Document
from plans.places import short_name
from plans.vocabulary import basis_words, precision_words
from ui.messages import say, term
from ui.state.language import language

if TYPE_CHECKING:
    from layers.query.profile import Subject


def facts(row: pd.Series) -> str:
    """Return the facts of a row of the atlas as a table."""
    said = escape(say("（原文：“{words}”）", words=row["status_text"])) if row["status_text"] else ""
    error = "" if pd.isna(row["error_km"]) else say("，误差 ±{km} 公里", km=f"{row['error_km']:g}")
    told = {
        say(
            "类别"
        ): f"{dot(row['layer'])}{term('layer', row['layer'])} · {term('kind', row['layer'] + '/' + row['kind'])}",
        say("经济区"): say("、").join(f"<a href='zone?of={zone}'>{term('zone', zone)}</a>" for zone in row["zones"]),
        say("所在"): _where(named(row)),
        say("图上经过"): _where(crossed(row)),
        say("状态"): f"{status(row['status'])} {said}",
        say(
            "位置"
        ): f"{say(precision_words(row['precision']))}{error}{say('。')}{say(basis_words(row['basis']))}{say('。')}<div class='quiet'>{_source(row['placement_source'])}</div>",
        say("长度"): ""
        if pd.isna(row["length_km"])
        else say("图上长度 {km} 公里（大地线）", km=f"{row['length_km']:g}"),
        say("又名"): escape("、".join(row["aliases"])),
        say("编号"): row["id"],
    }
    rows = "".join(f"<tr><th>{head}</th><td>{value}</td></tr>" for head, value in told.items() if value)
    return f"<table class='facts'>{rows}</table>"


def translated() -> str:
    """Return the note that names and positions are translations; none in Chinese."""
    return (
        ""
        if language() == "zh"
        else f"<p class='quiet'>{say('英文名与位置说明由本图按规则译出；引文与章节标题保留原文。')}</p>"
    )


def _source(note: str) -> str:
    """What a position goes by, in the language of the session; what has no English stands as it is."""
    if language() == "zh":
        return escape(note)
    told = placed_english(note)
    return escape(told.english) + (as_issued(escape(told.chinese)) if told.chinese else "")


def subject_name(one: Subject) -> str:
    """Return the name of a zone, prefecture or document in the language of the session."""
    if one.part == "document":
        return document_name(one.atlas.document(one.key))
    return term("zone", one.key) if one.part == "zone" else say(one.name)


def name_of(name: str) -> str:
    """Return the name of a feature as the session shows it: in English with the name as issued beside it."""
    return name if language() == "zh" else f"{name_english(name)} · {name}"


def place_name(adcode: str) -> str:
    """Return the name of a district in the language of the session: Yanyuan County."""
    return places()[adcode].name if language() == "zh" else place_english(adcode, full=True)


def document_name(one: Document, spoken: str = "") -> str:
    """Return the short name of a document in a language, or in that of the session."""
    return one.short if (spoken or language()) == "zh" else document_english(one.slug, one.short, short=True)


def in_brackets(date: str) -> str:
    """Return a date as it stands behind a title, nothing where none is known."""
    return say("（{date}）", date=date) if date else ""


def document_called(atlas: Atlas) -> Callable[[str], str]:
    """Return what says a document, given by its short name, and its date and page after it, in the language of the session."""
    return partial(_document_words, {one.short: document_name(one) for one in atlas.documents})


def _document_words(known: Mapping[str, str], words: str) -> str:
    found = _DATED.match(words)
    if language() == "zh" or not found or found[1] not in known:
        return words
    return known[found[1]] + (f" ({found[2]})" if found[2] else "") + (f", p. {found[3]}" if found[3] else "")


_DATED = re.compile(r"(.*?)(?:（([\d-]+)）)?(?:第(\d+)页)?$")


def scope_name(scope: str) -> str:
    """Return a zone or place of which a number is stated, in the language of the session."""
    return scope if language() == "zh" else name_english(scope)


def indicator_name(chinese: str) -> str:
    """Return what a number of a plan counts, in the language of the session."""
    return chinese if language() == "zh" else gloss("indicator", chinese)


def dot(layer: str) -> str:
    """Return the mark in the colour of a layer."""
    return f"<span class='dot' style='--colour:{COLOURS[layer]}'></span>"


def status(key: str) -> str:
    """Return a status with the mark of its colour."""
    return f"<span class='status'><i style='--colour:{STATUS_COLOURS[key]}'></i>{term('status', key)}</span>"


def _where(found: Where) -> str:
    """Prefectures as links, each with the counties in it."""
    return say("、").join(
        f"<a href='zone?of={code}'>{escape(short_name(places()[code].name) if language() == 'zh' else place_english(code))}</a>"
        + escape(_counties(code, inside))
        for code, inside in found
    )


def _counties(prefecture: str, names: list[str]) -> str:
    if not names:
        return ""
    if language() == "zh":
        return f"（{'、'.join(names)}）"
    codes = {short_name(one.name): one.adcode for one in counties() if one.parent == prefecture}
    return f" ({', '.join(place_english(codes[name]) for name in names)})"


def citation(atlas: Atlas, one: dict[str, Any]) -> str:
    """Return a citation: document and page, where in it, and the clause in full with the quote marked."""
    page = " · " + say("第 {page} 页", page=one["page"]) if one["page"] else ""
    return (
        f"<div class='cite'><div><b>{escape(one['title'] if language() == 'zh' else document_english(one['document'], one['title']))}</b>{in_brackets(one['date'])}{page}{say('　')}{status(one['status'])}</div>"
        f"<div class='quiet'>{as_issued(escape(one['path']))} {reader_link(one['clause'])}</div>"
        f"<blockquote>{marked(atlas.clause(one['clause']).text, ((one['start'], one['end']),))}</blockquote></div>"
    )


def reader_link(clause_id: str) -> str:
    """Return the link that opens a clause in the reader."""
    return f"<a href='reader?clause={quote(clause_id)}'>{say('打开原文')}</a>"


def marked(text: str, marks: tuple[tuple[int, int], ...]) -> str:
    """Return `text` with the marked stretches (in order, apart from each other) set off."""
    parts, at = [], 0
    for start, end in marks:
        parts += [escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>"]
        at = end
    return as_issued("".join([*parts, escape(text[at:])]))


def as_issued(words: str) -> str:
    """Return words of a document (HTML) as what they are, Chinese, for who hears the page read."""
    return f"<span lang='zh-CN'>{words}</span>"


def feature_link(feature_id: str, name: str) -> str:
    """Return the link to the page of a feature."""
    return f"<a href='feature?id={feature_id}'>{escape(name)}</a>"
