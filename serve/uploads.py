"""How much may be uploaded: by one session, by all together, and how many files at once. Streamlit limits each file alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from serve.bound import UPLOAD, runtime
from serve.settings import LARGEST_UPLOAD_MB

MEGABYTE = 1024 * 1024
SESSION_MB = 150  # what one session may hold
ALL_MB = 2000  # what all may hold together
AT_ONCE = 8  # files that may arrive at the same time


class Uploads:
    """What arrives, and what is held."""

    def __init__(self) -> None:
        self._arriving = 0

    def refused(self, path: str, length: int) -> str:
        """Return why a file of `length` bytes (0: not said) may not come to `path` (without base path); "" when it may."""
        held = _held()
        coming = length or LARGEST_UPLOAD_MB * MEGABYTE
        mine = held.get(path.removeprefix(UPLOAD).partition("/")[0], 0)
        if mine + coming > SESSION_MB * MEGABYTE:
            return f"本会话上传的文件合计将超过 {SESSION_MB} MB (session full)；请先移除不用的文件。"
        if self._arriving >= AT_ONCE or sum(held.values()) + coming > ALL_MB * MEGABYTE:
            return "服务器正在接收的文件过多 (too many uploads)；请几分钟后再试。"
        return ""

    @contextmanager
    def arriving(self) -> Iterator[None]:
        """While a file arrives."""
        self._arriving += 1
        try:
            yield
        finally:
            self._arriving -= 1


def _held() -> dict[str, int]:
    """The bytes that each session holds."""
    held = runtime()
    files = held.uploaded_file_mgr.file_storage if held else {}  # type: ignore[attr-defined]
    return {session: sum(len(one.data) for one in [*of.values()]) for session, of in [*files.items()]}
