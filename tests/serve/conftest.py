"""The parts of the server as they stand alone, in a process of their own: GDAL holds this one while it asks."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.browser.conftest import ROOT, free_port, ready

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin")
NAME = "atlas.example.cn"

API = """
import sys, uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount
from layers.atlas import bundled
from serve.editions import Editions
from serve.downloads import downloads
from serve.large import large
from serve.ogc import ogc
from serve.tiles import tiles
if __name__ == "__main__":
    editions = Editions(bundled)
    parts = {"ogc": ogc(editions, "/atlas/ogc"), "tiles": tiles(editions, "/atlas/tiles"), "download": downloads(editions), "large": large(editions, "/atlas/large")}
    app = Starlette(routes=[Mount(f"/atlas/{name}", part) for name, part in parts.items()])
    uvicorn.run(app, port=int(sys.argv[1]), log_level="error")
"""


@contextmanager
def running(code: str, path: str, *args: str) -> Iterator[str]:
    """Run a program that serves the port of its first argument until the block ends; yields its address once `path` answers."""
    url = f"http://127.0.0.1:{(port := free_port())}"
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(port), *args], cwd=ROOT, stderr=subprocess.PIPE, text=True
    )
    try:
        ready(url + path, process)
        yield url
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture(scope="session")
def root() -> Iterator[str]:
    """What programs ask for, over the nine documents, under a base path."""
    with running(API, "/atlas/ogc/") as url:
        yield f"{url}/atlas"


@pytest.fixture(scope="session")
def ogc_url(root: str) -> str:
    """The API of features."""
    return f"{root}/ogc"


@dataclass(frozen=True)
class Office:
    """The whole server behind nginx, as deploy/ has it: its address, that of the server itself, the certificate, the log."""

    url: str
    inner: str
    certificate: Path
    log: Path


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """`python -m serve` behind Debian's nginx with deploy/nginx.conf; only ports, paths and the name's address differ."""
    if NGINX is None:
        pytest.skip("nginx is not installed: apt-get install nginx-light")
    folder = tmp_path_factory.mktemp("office")
    inner, outer = free_port(), free_port()
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={NAME}", "-addext",
         f"subjectAltName=DNS:{NAME},DNS:localhost", "-keyout", "key.pem", "-out", "fullchain.pem"],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip
    site = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    for was, now in (
        ("listen 443", f"listen 127.0.0.1:{outer}"),
        ("127.0.0.1:8501", f"127.0.0.1:{inner}"),
        ("/etc/ssl/plan-atlas", str(folder)),
    ):
        assert was in site
        site = site.replace(was, now)
    (folder / "site.conf").write_text(site, encoding="utf-8")
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/error.log; events {{}}\n"
        f"http {{ access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; "
        f"fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s; include {folder}/site.conf; }}\n",
        encoding="utf-8",
    )
    command = [sys.executable, "-m", "serve", "--port", str(inner), "--base-path", "/atlas", "--name", NAME, "--log"]
    with (folder / "log").open("w") as log:
        app = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
        proxy = subprocess.Popen([NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf")], stderr=log)
        try:
            ready(f"http://127.0.0.1:{inner}/atlas/health", app)
            yield Office(
                f"https://{NAME}:{outer}/atlas",
                f"http://127.0.0.1:{inner}/atlas",
                folder / "fullchain.pem",
                folder / "log",
            )
        finally:
            for process in (proxy, app):
                process.terminate()
                process.wait(20)
