"""A match as it is told beside what was asked: the name, how sure and why, and the words of the plan."""

from __future__ import annotations

from html import escape

from layers.match import Match
from plans.features import Mention
from store.findings import Said
from ui.components.facts import status
from ui.messages import say


def match_told(link: str, name: str, match: Match, said: Said | Mention, where: str) -> str:
    """Return a match as HTML: `name` linked, its confidence and reasons, what is `said` of it and `where`."""
    why = say("；").join(say(reason.text, **dict(reason.values)) for reason in match.reasons)
    return (
        f"<p><a href='{escape(link, quote=True)}'>{escape(name)}</a> <span class='quiet'>{round(100 * match.confidence)}% "
        f"{escape(why)}</span></p><blockquote>{escape(said.quote)} {status(said.status)} {escape(said.status_text)} "
        f"<span class='quiet'>{escape(where)}</span></blockquote>"
    )
