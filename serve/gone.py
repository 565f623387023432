"""Sessions whose browser has gone: a few are kept for one that comes back, and what they held is given back with them."""

from __future__ import annotations

import asyncio
import ctypes
import gc
import sys
from typing import Any

from starlette.concurrency import run_in_threadpool

MOST = 50  # kept at a time: an office whose connection breaks. Streamlit's 128 are never given back whole, page by page
EVERY_SECONDS = 30


async def let_go() -> None:
    """Keep no more than MOST; when some are forgotten (`server.disconnectedSessionTTL`), give their memory back. Never ends."""
    from streamlit.runtime import Runtime  # noqa: PLC0415 it is loaded by the time the application starts

    manager: Any = Runtime.instance()._session_mgr
    kept: Any = manager._session_storage._cache  # it has no way of its own to be told how many
    kept._maxsize = MOST
    before = 0
    while True:
        await asyncio.sleep(EVERY_SECONDS)
        kept.expire()  # Streamlit does so when the next one comes
        now = len(kept) + len(manager.list_active_sessions())
        if now < before:
            await run_in_threadpool(give_back)
        before = now


def give_back() -> None:
    """Look for what nobody holds any more, and let the system have what lies free (glibc keeps it for itself)."""
    gc.collect()
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim:
            trim(0)
