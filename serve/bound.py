"""Uploads and downloads of a session belong to the browser that opened it: who only knows an address gets nothing.

A page sets a cookie with a random word; the session keeps it from its handshake, and a file goes to or
comes from a session only with the same word.
"""

from __future__ import annotations

import secrets
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Any

from starlette.datastructures import Headers

if TYPE_CHECKING:
    from streamlit.runtime import Runtime

COOKIE = "plan-atlas-visitor"
UPLOAD, MEDIA = "/_stcore/upload_file/", "/media/"


def visitor(headers: Headers) -> str:
    """Return the word in the cookie of a request, "" when there is none."""
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


def new_cookie(path: str, secure: bool) -> str:
    """Return a cookie with a new word, for this browser until it is closed."""
    return f"{COOKIE}={secrets.token_urlsafe(24)}; Path={path}; HttpOnly; SameSite=Lax{'; Secure' if secure else ''}"


def refused(path: str, word: str) -> str:
    """Return why a file may not go to or come from where `path` (without base path) says; "" when it may."""
    running = runtime()
    if running is None:
        return ""
    if path.startswith(UPLOAD):
        return "" if _word(running, path.removeprefix(UPLOAD).partition("/")[0]) in (word, None) else _WHY
    if path.startswith(MEDIA):
        owners = [_word(running, session) for session in _holding(running, path.removeprefix(MEDIA))]
        return _WHY if owners and word not in owners else ""
    return ""


_WHY = "此文件属于另一个会话 (another session's file)；请回到自己的页面重新操作。"


def runtime() -> Runtime | None:
    """Return what runs the sessions; None before it does."""
    from streamlit.runtime import Runtime  # noqa: PLC0415 it is loaded by the time somebody asks

    return Runtime.instance() if Runtime.exists() else None


def _word(running: Runtime, session: str) -> str | None:
    """The word with which a session was opened; None when there is no such session."""
    client = running.get_client(session)
    context = client.client_context if client else None
    return context.cookies.get(COOKIE, "") if context else None


def _holding(running: Runtime, file: str) -> list[str]:
    """The sessions whose page shows a file, or offers to make one of its name. Streamlit keeps that to itself."""
    from streamlit.runtime.media_file_storage import MediaFileStorageError  # noqa: PLC0415 see above

    manager: Any = running.media_file_mgr
    by_session: dict[str, dict[str, str]] = manager._files_by_session_and_coord
    shown = [session for session, files in [*by_session.items()] if file.partition(".")[0] in [*files.values()]]
    try:
        name = manager._storage.get_file(file).filename
    except MediaFileStorageError:
        return shown
    offered = [entry["session_id"] for entry in [*manager._deferred_callables.values()] if entry["filename"] == name]
    return [*shown, *offered]
