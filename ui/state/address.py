"""The address of a page: what it asks, and how a page writes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from ui.state.key import Key
from ui.state.language import LANGUAGE, language, settle

Params = dict[str, list[str]]

PAGES: Key[dict[str, Any]] = Key("pages", {})  # the pages of the app by url_path, for turning from one to another
WRITTEN: Key[Params] = Key("address", {})  # the query parameters that the map page wrote last


@dataclass(frozen=True, slots=True)
class Sent:
    """The address that the app wrote last on a page, and those in whose place: the browser may not know of it yet."""

    page: str  # as Streamlit numbers it
    newest: Params
    before: tuple[Params, ...]


SENT: Key[Sent | None] = Key("address_sent", None)
WROTE = Key("address_wrote", False)  # whether this run, or the one that it goes on from, wrote the address
PAGE = Key("page", "")  # the url_path of the page that was drawn last
MOST_BEFORE = 8


def params() -> Params:
    """Return the query parameters of the address."""
    follow()
    return {key: st.query_params.get_all(key) for key in st.query_params}


def follow() -> None:
    """Put right an address that left the browser before it heard of the one that the app wrote last.

    With each message the browser tells its address. Outside of back and forward that is news for nobody: what was
    overwritten there, on the same page, does not come back.
    """
    sent, run = SENT.get(), get_script_run_ctx()
    if sent is None or run is None or turned() or sent.page != run.page_script_hash:
        return
    now = {key: st.query_params.get_all(key) for key in st.query_params}
    if now in sent.before and now != sent.newest:
        WROTE.set(True)
        st.query_params.from_dict(sent.newest)


def begin() -> None:
    """Begin a run with the address as it is; what the browser knows by now need not be remembered."""
    follow()
    if turned() or not WROTE.get():
        SENT.set(None)  # the browser knows of it, or is elsewhere
    WROTE.set(False)


def turned() -> bool:
    """Tell whether back or forward brought this run's address."""
    run = get_script_run_ctx()
    return run is not None and run.is_history_navigation


def drawn(page: str) -> None:
    """Note that a page was drawn to its end: the next address comes from the browser."""
    PAGE.set(page)
    WROTE.set(False)


def _write(wanted: Mapping[str, str | list[str]]) -> None:
    before = params()
    st.query_params.from_dict(wanted)
    _sent(before, wanted)


def _sent(before: Params, wanted: Mapping[str, str | list[str]]) -> None:
    newest = {key: [of] if isinstance(of, str) else list(of) for key, of in wanted.items()}
    held, run = SENT.get(), get_script_run_ctx()
    page = run.page_script_hash if run else ""
    earlier = held.before if held and held.page == page else ()
    SENT.set(Sent(page, newest, (*earlier, before)[-MOST_BEFORE:]))
    WROTE.set(True)


def put(wanted: Params) -> None:
    """Make the address say `wanted`, unless the map page wrote just that last."""
    if WRITTEN.get() != wanted:
        WRITTEN.set(wanted)
        _write(wanted)


def speak(wanted: str) -> None:
    """Turn the session and its address to a language ("zh" or "en"); Chinese needs no word in the address."""
    LANGUAGE.set(wanted)
    found = {key: values for key, values in params().items() if key != LANGUAGE.name}
    if wanted != "zh":
        found[LANGUAGE.name] = [wanted]
    if WRITTEN.get() == params():
        WRITTEN.set(found)  # the view is the same
    _write(found)
    settle()


def keep_language() -> None:
    """Put the language of the session back into an address that lost it, as that of a page just turned to."""
    if language() != "zh" and LANGUAGE.name not in st.query_params:
        _write(params() | {LANGUAGE.name: [language()]})


# ---- pages whose address is all their state --------------------------------------------------


def asked(name: str, default: str = "") -> str:
    """Return what the address says of `name`, the last where it says so more than once."""
    return (params().get(name) or [default])[-1]


def ask(**wanted: str | list[str]) -> None:
    """Make the address say `wanted` and nothing else; empty ones are left out."""
    _write(_with_language({key: value for key, value in wanted.items() if value}))


def go(page: str, **wanted: str | list[str]) -> NoReturn:
    """Turn to another page (by its url_path) without loading the app again; `wanted` is its address."""
    asked_of = _with_language(wanted)
    if page == PAGE.get():
        _sent(params(), asked_of)
    st.switch_page(PAGES.get()[page], query_params=asked_of)


def _with_language(wanted: Mapping[str, str | list[str]]) -> dict[str, str | list[str]]:
    return {**wanted, LANGUAGE.name: language()} if language() != "zh" else dict(wanted)
