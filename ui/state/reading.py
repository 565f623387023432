"""The reader: which document is open, and what is looked for in it."""

from __future__ import annotations

from layers.atlas import Atlas
from plans.errors import PlanError
from ui.state import address
from ui.state.key import Key

DOCUMENT = Key("document_read", "")
FIND = Key("find", "")
ANSWERED: Key[str | None] = Key("reader_address", None)  # the address that was answered last


def read(atlas: Atlas) -> list[str]:
    """Open what a new address of the reader asks for; return what in it was not understood."""
    asked = address.asked("clause") or address.asked("document")
    if ANSWERED.get() == asked and DOCUMENT.known():
        return []
    ANSWERED.set(asked)
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
    ANSWERED.set(DOCUMENT.get())
    address.ask(document=DOCUMENT.get())
