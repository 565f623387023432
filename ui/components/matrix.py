"""A matrix of the atlas as a table: shaded by its numbers, every number a link to the map that shows it."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from urllib.parse import urlencode

from layers.atlas import Atlas
from layers.query.summary import OUTSIDE, Matrix, name
from ui.components.facts import dot
from ui.messages import say, term
from ui.state.language import language

HEAT = "31 127 134"  # the colour of the largest number; smaller ones are paler
DEEPEST = 0.55


def names(atlas: Atlas, part: str, keys: list[str]) -> dict[str, str]:
    """Return the keys of a part of a selection with their names in the language of the session."""
    return {key: term(part, key) if part in _TERMS else name(atlas, part, key, language()) for key in keys}


_TERMS = ("layer", "status", "kind")


def matrix_table(atlas: Atlas, matrix: Matrix, also: Mapping[str, str] | None = None) -> str:
    """Return the matrix as HTML; `also` is the rest of the selection that it was made of, for the links."""
    rows, columns = (
        names(atlas, matrix.rows, list(matrix.cells.index)),
        names(atlas, matrix.columns, list(matrix.cells.columns)),
    )
    top = float(matrix.cells.to_numpy().max()) if matrix.cells.size else 0.0

    def _linked(number: float, row: str, column: str) -> str:
        asked = {**(also or {}), **_asked(matrix.rows, row), **_asked(matrix.columns, column)}
        return _cell(number, top if row and column else 0.0, "" if row == OUTSIDE else urlencode(asked))

    head = "".join(f"<th class='number'>{escape(one)}</th>" for one in columns.values())
    body = "".join(
        f"<tr><th>{_mark(matrix.rows, row)}{escape(shown)}</th>"
        + "".join(_linked(matrix.cells.at[row, column], row, column) for column in columns)
        + f"{_linked(matrix.of_rows[row], row, '')}</tr>"
        for row, shown in rows.items()
    )
    foot = "".join(_linked(matrix.of_columns[column], "", column) for column in columns) + _linked(matrix.total, "", "")
    return (
        f"<div class='scroll'><table class='matrix'><thead><tr><td></td>{head}<th class='number'>{say('合计')}</th></tr></thead>"
        f"<tbody>{body}<tr class='sum'><th>{say('合计')}</th>{foot}</tr></tbody></table></div>"
    )


def _mark(part: str, key: str) -> str:
    return dot(key.split("/", maxsplit=1)[0]) if part in ("layer", "kind") else ""


def _cell(number: float, top: float, query: str) -> str:
    """A number that opens the map with `query`; `top` is the largest of its kind, 0 for a total, which is not shaded."""
    if number < 0.5:
        return "<td class='zero'>·</td>"
    shade = f" style='background:rgb({HEAT} / {DEEPEST * (number / top) ** 0.6:.2f})'" if top else ""
    shown = f"<a href='./?{query}'>{number:,.0f}</a>" if query else f"{number:,.0f}"
    return f"<td class='number{'' if top else ' sum'}'{shade}>{shown}</td>"


def _asked(part: str, key: str) -> dict[str, str]:
    """What a key asks of the map; a kind is asked with its layer, for some layers share one."""
    if part == "kind" and key:
        layer, kind = key.split("/")
        return {"layer": layer, "kind": kind}
    return {part: key} if key else {}
