"""Several processes behind one nginx, as deploy/nginx-several.conf has it: a browser always meets the same one."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import requests

from serve.bound import COOKIE
from tests.browser.conftest import ROOT, free_port
from tests.serve.conftest import NGINX


class Named(BaseHTTPRequestHandler):
    """Answers with the port on which it was asked."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(str(self.server.server_address[1]).encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def process() -> Iterator[int]:
    """One of several, in place of `python -m serve`; yields its port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Named)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    """Nginx before two processes."""
    if NGINX is None:
        pytest.skip("nginx is not installed: apt-get install nginx-light")
    with ExitStack() as stack:
        port, ports = free_port(), [stack.enter_context(process()) for _ in range(2)]
        several = (ROOT / "deploy" / "nginx-several.conf").read_text(encoding="utf-8")
        for was, now in zip(("127.0.0.1:8501", "127.0.0.1:8502"), ports, strict=True):
            assert was in several
            several = several.replace(was, f"127.0.0.1:{now}")
        paths = "".join(f"{of}_temp_path {tmp_path}/{of}; " for of in ("proxy", "fastcgi", "uwsgi", "scgi"))
        site = f"server {{ listen 127.0.0.1:{port}; location / {{ proxy_pass http://plan_atlas; }} }}"
        (tmp_path / "nginx.conf").write_text(
            f"daemon off; pid {tmp_path}/pid; error_log {tmp_path}/error.log; events {{}}\n"
            f"http {{ access_log off; client_body_temp_path {tmp_path}/body; {paths}\n{several}\n{site} }}\n",
            encoding="utf-8",
        )
        running = subprocess.Popen([NGINX, "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")])
        for _ in range(100):
            try:
                requests.get(f"http://127.0.0.1:{port}/", timeout=5)
                break
            except requests.ConnectionError:
                time.sleep(0.05)
        yield f"http://127.0.0.1:{port}/"
        running.terminate()
        running.wait(10)


def test_a_browser_meets_the_same_process_and_many_are_shared(url):
    def met(cookie: str) -> set[str]:
        return {requests.get(url, headers={"Cookie": cookie}, timeout=10).text for _ in range(4)}

    found = [met(f"theme=dark; {COOKIE}=word-{number}_x; other=1") for number in range(30)]
    assert {len(one) for one in found} == {1}
    assert len(set.union(*found)) == 2
    assert len(met("other=1")) == 1  # by its address
