"""The reader: which document is open, and what is looked for in it."""

from __future__ import annotations

from urllib.parse import quote

from layers.atlas import Atlas
from plans.errors import PlanError
from ui.state import address
from ui.state.key import Chosen, Key

DOCUMENT = Chosen("document_read", "")
FIND = Chosen("find", "")
ANSWERED: Key[tuple[str, str] | None] = Key("reader_address", None)  # the address that was answered last


def read(atlas: Atlas) -> list[str]:
    """Open what a new address of the reader asks for; return what in it was not understood."""
    asked, words = address.asked("clause") or address.asked("document"), address.asked(FIND.name)
    if ANSWERED.get() == (asked, words) and DOCUMENT.known():
        return []
    ANSWERED.set((asked, words))
    FIND.set(words)
    DOCUMENT.set(atlas.documents[0].slug)
    try:
        if asked:
            DOCUMENT.set(atlas.document(asked.split("/", 1)[0]).slug)
        if "/" in asked:
            atlas.clause(asked)
    except PlanError as error:
        return [str(error)]
    return []


def turn() -> None:
    """Let the address follow the document that was chosen; a search stays, it is of all of them."""
    _ask(document=DOCUMENT.get())


def look() -> None:
    """Let the address follow the words that are looked for, so that back and a link return to them."""
    _ask(**{name: address.asked(name) for name in ("clause", "document", "feature")})


def searched() -> str:
    """Return what a link within the reader says of the words that are looked for, to be appended to its address."""
    words = FIND.get().strip()
    return f"&{FIND.name}={quote(words)}" if words else ""


def _ask(**wanted: str) -> None:
    words = FIND.get().strip()
    ANSWERED.set((wanted.get("clause") or wanted.get("document") or "", words))
    address.ask(**wanted, **{FIND.name: words})
