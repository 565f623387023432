"""The map's feed: what a filter shows reaches the map at once, not after the page has unpacked all else that the filter changes.

A map opens a websocket under the word that its session made for it, and hears there what the page will tell it a
little later once more; a map whose feed is not open loses nothing but that little time.
"""

from __future__ import annotations

import asyncio
import re
import secrets

from starlette.websockets import WebSocket

_WORD = re.compile(r"[A-Za-z0-9_-]{32}")
_NOT_A_WORD = 4404


class Feeds:
    """The open feeds of one server, by their words."""

    def __init__(self) -> None:
        self._open: dict[str, tuple[asyncio.AbstractEventLoop, asyncio.Queue[str]]] = {}

    def say(self, word: str, message: str) -> None:
        """Hand `message` to the map of `word`, from any thread; nothing happens where no map listens."""
        if found := self._open.get(word):
            loop, queue = found
            loop.call_soon_threadsafe(queue.put_nowait, message)

    async def answer(self, socket: WebSocket) -> None:
        """Serve one map until it goes."""
        word = socket.path_params["word"]
        if not _WORD.fullmatch(word):
            await socket.close(_NOT_A_WORD)
            return
        await socket.accept()
        queue: asyncio.Queue[str] = asyncio.Queue()
        mine = self._open[word] = (asyncio.get_running_loop(), queue)  # in the place of one that broke off unnoticed
        speaking = asyncio.create_task(_speak(socket, queue))
        try:
            while (await socket.receive())["type"] != "websocket.disconnect":
                pass  # a map has nothing to say here
        finally:
            if self._open.get(word) is mine:  # the one in its place may be gone before it
                del self._open[word]
            speaking.cancel()


async def _speak(socket: WebSocket, queue: asyncio.Queue[str]) -> None:
    while True:
        await socket.send_text(await queue.get())


FEEDS = Feeds()


def new_word() -> str:
    """Return a word for a feed, which nobody can guess."""
    return secrets.token_urlsafe(24)
