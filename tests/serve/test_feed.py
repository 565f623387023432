"""Feeds of maps: who listens hears at once what any thread says, and nobody else does."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.types import Message
from starlette.websockets import WebSocket
from websockets.exceptions import InvalidHandshake
from websockets.sync.client import ClientConnection, connect

from serve.feed import Feeds, new_word
from tests.browser.conftest import free_port


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[Feeds, str]]:
    feeds, port = Feeds(), free_port()
    app = Starlette(routes=[WebSocketRoute("/feed/{word}", feeds.answer)])
    server = uvicorn.Server(uvicorn.Config(app, port=port, ws="websockets-sansio", log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield feeds, f"ws://127.0.0.1:{port}/feed"
    server.should_exit = True
    thread.join()


def until_heard(feeds: Feeds, word: str, socket: ClientConnection, message: str) -> str:
    """Say until it is heard: a handshake ends a moment before the server listens."""
    for _ in range(100):
        feeds.say(word, message)
        try:
            return str(socket.recv(timeout=0.1))
        except TimeoutError:
            continue
    raise AssertionError("nothing was heard")


def test_a_map_hears_what_is_said_under_its_word_alone(served):
    feeds, url = served
    mine, other = new_word(), new_word()
    with connect(f"{url}/{mine}") as here, connect(f"{url}/{other}") as there:
        assert until_heard(feeds, mine, here, "攀西") == "攀西"
        assert until_heard(feeds, other, there, "川南") == "川南"


def test_what_is_said_comes_in_order(served):
    feeds, url = served
    with connect(f"{url}/{(word := new_word())}") as socket:
        until_heard(feeds, word, socket, "begin")
        said = [str(number) for number in range(500)]
        for message in said:
            feeds.say(word, message)
        heard = [message for message in iter(lambda: socket.recv(timeout=5), said[-1]) if message != "begin"]
    assert heard == said[:-1]


def test_a_map_that_comes_back_takes_the_place_of_the_one_that_broke_off(served):
    feeds, url = served
    with connect(f"{url}/{(word := new_word())}") as first:
        until_heard(feeds, word, first, "1")
        with connect(f"{url}/{word}") as second:
            until_heard(feeds, word, second, "2")
            first.close()
            assert until_heard(feeds, word, second, "3") == "3"


def test_the_one_in_its_place_may_be_gone_before_it():
    feeds, word = Feeds(), new_word()

    async def meet() -> None:
        first, second = asyncio.Event(), asyncio.Event()
        here = asyncio.create_task(feeds.answer(until_gone(word, first)))
        await asyncio.sleep(0)
        there = asyncio.create_task(feeds.answer(until_gone(word, second)))
        await asyncio.sleep(0)
        second.set()
        await there
        first.set()
        await here

    asyncio.run(meet())
    assert not feeds._open


def until_gone(word: str, gone: asyncio.Event) -> WebSocket:
    """A map that opens its feed, and goes when it is told to."""
    comes = iter(("websocket.connect", "websocket.disconnect"))

    async def receive() -> Message:
        if (kind := next(comes)) == "websocket.disconnect":
            await gone.wait()
        return {"type": kind}

    async def send(_: Message) -> None:
        pass

    return WebSocket({"type": "websocket", "path_params": {"word": word}}, receive, send)


def test_a_map_that_speaks_is_not_listened_to(served):
    feeds, url = served
    with connect(f"{url}/{(word := new_word())}") as socket:
        for said in ("text", b"bytes"):
            socket.send(said)
        assert until_heard(feeds, word, socket, "still there") == "still there"


def test_nothing_is_kept_of_maps_that_went(served):
    feeds, url = served
    with connect(f"{url}/{(word := new_word())}") as socket:
        until_heard(feeds, word, socket, "x")
    for _ in range(100):
        if word not in feeds._open:
            break
        time.sleep(0.05)
    assert word not in feeds._open
    feeds.say(word, "to nobody")


def test_what_is_no_word_is_turned_away(served):
    _, url = served
    for word in ("x", "a" * 31, "a" * 33, "%2e" * 16):
        with pytest.raises(InvalidHandshake), connect(f"{url}/{word}"):
            pass
