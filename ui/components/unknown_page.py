"""What is said where an address names no page: the framework tells it in English only, and shows the map."""

from __future__ import annotations

from collections.abc import Container
from urllib.parse import unquote, urlsplit

import streamlit as st

from ui.messages import plain, say


def unknown_page(pages: Container[str]) -> None:
    """Say so when the address names none of `pages` (url_path); the map follows below."""
    asked = unquote(urlsplit(st.context.url or "").path.rstrip("/").rpartition("/")[2])
    base = st.get_option("server.baseUrlPath").strip("/").rpartition("/")[2]
    if asked not in pages and asked not in (base, "map"):
        st.warning(say("没有“{page}”这一页，下面是地图。", page=plain(asked, 60)), icon=":material/link_off:")
