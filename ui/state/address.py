"""The address of a page: what it asks, and how a page writes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn

import streamlit as st

from ui.state.key import Key
from ui.state.language import LANGUAGE, language, settle

Params = dict[str, list[str]]

PAGES: Key[dict[str, Any]] = Key("pages", {})  # the pages of the app by url_path, for turning from one to another
WRITTEN: Key[Params] = Key("address", {})  # the query parameters that the map page wrote last


def params() -> Params:
    """Return the query parameters of the address."""
    return {key: st.query_params.get_all(key) for key in st.query_params}


def put(wanted: Params) -> None:
    """Make the address say `wanted`, unless the map page wrote just that last."""
    if WRITTEN.get() != wanted:
        WRITTEN.set(wanted)
        st.query_params.from_dict(wanted)


def speak(wanted: str) -> None:
    """Turn the session and its address to a language ("zh" or "en"); Chinese needs no word in the address."""
    LANGUAGE.set(wanted)
    found = {key: values for key, values in params().items() if key != LANGUAGE.name}
    if wanted != "zh":
        found[LANGUAGE.name] = [wanted]
    if WRITTEN.get() == params():
        WRITTEN.set(found)  # the view is the same
    st.query_params.from_dict(found)
    settle()


def keep_language() -> None:
    """Put the language of the session back into an address that lost it, as that of a page just turned to."""
    if language() != "zh" and LANGUAGE.name not in st.query_params:
        st.query_params[LANGUAGE.name] = language()


# ---- pages whose address is all their state --------------------------------------------------


def asked(name: str, default: str = "") -> str:
    """Return what the address says of `name`, the last where it says so more than once."""
    return str(st.query_params.get(name, default))


def ask(**wanted: str) -> None:
    """Make the address say `wanted` and nothing else; empty ones are left out."""
    st.query_params.from_dict(_with_language({key: value for key, value in wanted.items() if value}))


def go(page: str, **wanted: str | list[str]) -> NoReturn:
    """Turn to another page (by its url_path) without loading the app again; `wanted` is its address."""
    st.switch_page(PAGES.get()[page], query_params=_with_language(wanted))


def _with_language(wanted: Mapping[str, str | list[str]]) -> dict[str, str | list[str]]:
    return {**wanted, LANGUAGE.name: language()} if language() != "zh" else dict(wanted)
