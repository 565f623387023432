"""The gate: who is let in, how often, what every answer carries, and that the server asks nobody for its own address."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack

import pytest
import requests
from websockets.exceptions import InvalidHandshake
from websockets.sync.client import connect

from serve.bound import COOKIE, UPLOAD
from serve.gate import Gate, policy
from serve.limits import Rate
from serve.settings import Settings, origins
from serve.uploads import AT_ONCE, Uploads
from tests.serve.conftest import running

# The whole application; a look-up of any other name, or a connection to another machine, is written down and refused.
SEALED = """
import socket, sys
tried = open(sys.argv[2], "a", buffering=1)
connect, lookup = socket.socket.connect, socket.getaddrinfo
def local_only(self, address):
    if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in ("127.0.0.1", "::1"):
        tried.write(f"{address}\\n")
        raise OSError("sealed")
    return connect(self, address)
def no_names(host, *args, **named):
    if host not in ("127.0.0.1", "::1", "localhost", None):
        tried.write(f"{host}\\n")
        raise OSError("sealed")
    return lookup(host, *args, **named)
socket.socket.connect, socket.getaddrinfo = local_only, no_names
from serve.__main__ import main
if __name__ == "__main__":
    main(["--port", sys.argv[1], *sys.argv[3:]])
"""


@pytest.fixture(scope="module")
def sealed(tmp_path_factory):
    tried = tmp_path_factory.mktemp("sealed") / "tried"
    with running(SEALED, "/health", str(tried)) as url:
        yield url, tried


def test_a_foreign_origin_is_turned_away_and_nobody_is_asked(sealed):
    url, tried = sealed
    socket_url = url.replace("http", "ws") + "/_stcore/stream"
    with connect(socket_url, origin=url, subprotocols=["streamlit"]):
        pass
    with (
        pytest.raises(InvalidHandshake),
        connect(socket_url, origin="https://elsewhere.example", subprotocols=["streamlit"]),
    ):
        pass
    for path in ("/_stcore/health", "/_stcore/host-config", "/media/x", "/"):
        requests.get(url + path, headers={"Origin": "https://elsewhere.example"}, timeout=30)
    requests.options(f"{url}/_stcore/upload_file/a/b", headers={"Origin": "https://elsewhere.example"}, timeout=30)
    assert tried.read_text() == ""


def test_an_upload_over_30_mb_is_refused_while_it_arrives(sealed):
    url, _ = sealed
    with connect(url.replace("http", "ws") + "/_stcore/stream", subprotocols=["streamlit"]) as session:
        session_id = session_of(session)
        told = requests.put(
            f"{url}/_stcore/upload_file/{session_id}/f1", data=b"x" * (31 * 1024**2), headers=xsrf(url), timeout=60
        )
        assert told.status_code == 413
        foreign = requests.put(
            f"{url}/_stcore/upload_file/{session_id}/f1",
            files={"file": ("a", b"x")},
            headers={**xsrf(url), "Cookie": f"{COOKIE}=another"},
            timeout=60,
        )
        assert foreign.status_code == 403


def test_a_session_holds_so_much_and_no_other_session_can_touch_it(sealed):
    url, _ = sealed
    with connect(url.replace("http", "ws") + "/_stcore/stream", subprotocols=["streamlit"]) as session:
        at = f"{url}/_stcore/upload_file/{session_of(session)}"
        own = xsrf(url)
        foreign = {**own, "Cookie": f"{own.get('Cookie', '')}; {COOKIE}=another"}

        def put(name: str, headers: dict[str, str]) -> requests.Response:
            return requests.put(
                f"{at}/{name}", files={"file": ("a", b"x" * (29 * 1024**2))}, headers=headers, timeout=60
            )

        assert [put(f"f{number}", own).status_code for number in range(5)] == [204] * 5
        full = put("f6", own)
        assert (full.status_code, full.headers["Retry-After"]) == (413, "60")
        assert "150 MB" in full.content.decode()
        assert put("f1", foreign).status_code == 403
        assert requests.delete(f"{at}/f1", headers=foreign, timeout=60).status_code == 403
        assert requests.delete(f"{at}/f1", headers=own, timeout=60).status_code == 204
        assert put("f6", own).status_code == 204


def test_so_many_files_arrive_at_once():
    uploads, path = Uploads(), f"{UPLOAD}session/file"
    with ExitStack() as arriving:
        for _ in range(AT_ONCE):
            assert uploads.refused(path, 1000) == ""
            arriving.enter_context(uploads.arriving())
        assert "too many uploads" in uploads.refused(path, 1000)
    assert uploads.refused(path, 1000) == ""


def session_of(session) -> str:
    """The id that Streamlit gives a session, as its first message tells."""
    from streamlit.proto.BackMsg_pb2 import BackMsg  # noqa: PLC0415
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg  # noqa: PLC0415

    asked = BackMsg()
    asked.rerun_script.query_string = ""
    session.send(asked.SerializeToString())
    while True:
        message = ForwardMsg()
        message.ParseFromString(session.recv(timeout=60))
        if message.WhichOneof("type") == "new_session":
            return message.new_session.initialize.session_id


def xsrf(url: str) -> dict[str, str]:
    answer = requests.get(f"{url}/_stcore/host-config", timeout=30)
    token = answer.cookies.get("_streamlit_xsrf") or requests.get(f"{url}/_stcore/health", timeout=30).cookies.get(
        "_streamlit_xsrf"
    )
    return {"X-Xsrftoken": token, "Cookie": f"_streamlit_xsrf={token}"} if token else {}


def test_a_bucket_empties_and_fills():
    now = [0.0]
    rate = Rate(2, 3, clock=lambda: now[0])
    assert [rate.wait("a") for _ in range(4)] == [0, 0, 0, 0.5]
    assert rate.wait("b") == 0
    now[0] = 1.0
    assert [rate.wait("a") > 0 for _ in range(3)] == [False, False, True]


def ask(gate: Gate, path: str = "/", **headers: str):
    """What a gate answers, as (status, headers, body)."""
    sent = []

    async def send(message):
        sent.append(message)

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    raw = [
        (name.replace("_", "-").lower().encode(), value.encode())
        for name, value in {"host": "atlas.example.cn", **headers}.items()
    ]
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "headers": raw,
        "scheme": "https",
        "client": ("10.0.0.1", 1),
        "query_string": b"",
    }
    asyncio.run(gate(scope, receive, send))
    return (
        sent[0]["status"],
        {name.decode(): value.decode() for name, value in sent[0]["headers"]},
        sent[1]["body"].decode(),
    )


async def page(_scope, _receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html")]})
    await send({"type": "http.response.body", "body": b"page"})


def test_what_a_page_carries():
    counted = []
    gate = Gate(page, Settings(name="atlas.example.cn", base_path="/atlas"), lambda *of: counted.append(of[:2]))
    status, headers, _ = ask(gate, "/atlas/zone", x_request_id="0123456789ab")
    assert (status, headers["x-request-id"]) == (200, "0123456789ab")
    assert "HttpOnly; SameSite=Lax; Secure" in headers["set-cookie"]
    assert "Path=/atlas;" in headers["set-cookie"]
    assert "set-cookie" not in ask(gate, "/atlas/zone", cookie=f"{COOKIE}=word")[1]
    assert ask(gate, "/atlas/zone", x_request_id="a\nb")[1]["x-request-id"] != "a\nb"
    assert ask(gate, "/atlas/ogc/x")[0] == 200
    assert counted == [("page", 200), ("page", 200), ("page", 200), ("ogc", 200)]


@pytest.mark.parametrize(("host", "status"), [
    ("atlas.example.cn", 200), ("atlas.example.cn:8443", 200), ("localhost:8501", 200), ("127.0.0.1", 200),
    ("elsewhere.example", 421), ("atlas.example.cn.elsewhere.example", 421), ("", 421),
])  # fmt: skip
def test_only_the_served_name(host, status):
    gate = Gate(page, Settings(name="atlas.example.cn"), lambda *_: None)
    assert ask(gate, host=host)[0] == status


def test_too_many_requests_are_told_when_to_come_again():
    gate = Gate(page, Settings(rate=1, burst=2), lambda *_: None)
    assert [ask(gate, "/tiles/1/1/1.mvt")[0] for _ in range(3)] == [200, 200, 429]
    status, headers, body = ask(gate, "/ogc/")
    assert (status, headers["retry-after"]) == (429, "1")
    assert "请求过于频繁" in body
    assert ask(gate, "/")[0] == 200  # pages are not counted


def test_origins_of_base_maps_stand_in_the_policy():
    found = origins(
        [
            "https://t{s}.tianditu.gov.cn/vec_w/wmts?tk={key}&x={x}",
            "http://10.1.2.3:8080/{z}/{x}/{y}.png",
            "https://{s}.tile.example.org/{z}",
        ]
    )
    assert found == ("http://10.1.2.3:8080", "https://*.tianditu.gov.cn", "https://*.tile.example.org")
    assert "img-src 'self' data: blob: http://10.1.2.3:8080 https://*" in policy(found)


def test_one_setting_for_the_name():
    options = Settings(name="atlas.example.cn").streamlit
    assert options["browser.serverAddress"] == "atlas.example.cn"
    assert "https://atlas.example.cn" in options["server.corsAllowedOrigins"]
    assert "atlas.example.cn" in options["server.allowedHosts"]
    assert options["server.maxUploadSize"] == 30
    assert "browser.serverAddress" not in Settings().streamlit
