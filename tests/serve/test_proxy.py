"""The whole server behind nginx on a base path: curl, GDAL and a session go through it, and what is not ours stays out."""

from __future__ import annotations

import asyncio
import json
import socket
import ssl
import subprocess
import sys
from pathlib import Path

import pytest
import requests
from websockets.asyncio.client import connect as connect_async
from websockets.exceptions import InvalidHandshake
from websockets.sync.client import connect

from benchmarks.load import Seen, rerun, stream
from layers.atlas import bundled
from layers.query.selection import Selection, select
from tests import qgis
from tests.serve.conftest import NAME, Office
from tests.serve.test_clients import qgis_reads

ATLAS = bundled()
GDAL = """
import json, sys, pyogrio
pyogrio.set_gdal_config_options({"GDAL_CURL_CA_BUNDLE": sys.argv[2], "CURL_CA_BUNDLE": sys.argv[2], "GDAL_HTTP_HEADERS": f"Host: {sys.argv[3]}"})
frame = pyogrio.read_dataframe(f"OAPIF:{sys.argv[1]}/ogc/", layer="park", where="status = 'starting'", columns=["id"])
print(json.dumps(sorted(frame["id"])))
"""


def curl(office: Office, path: str, *more: str) -> subprocess.CompletedProcess[str]:
    port = office.url.split(":")[2].partition("/")[0]
    command = [
        "curl",
        "-sS",
        "--cacert",
        str(office.certificate),
        "--resolve",
        f"{NAME}:{port}:127.0.0.1",
        *more,
        office.url + path,
    ]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def test_curl_takes_a_file_by_its_own_name(office: Office, tmp_path: Path):
    done = curl(office, "/download/features?zone=panxi&layer=park", "-OJ", "--output-dir", str(tmp_path))
    assert done.returncode == 0, done.stderr
    (made,) = tmp_path.iterdir()
    assert made.name == "plan-atlas-features.geojson"
    found = json.loads(made.read_text(encoding="utf-8"))["features"]
    assert [one["id"] for one in found] == list(select(ATLAS, Selection(zone=("panxi",), layer=("park",)))["id"])


def test_links_are_those_of_the_office(office: Office):
    page = json.loads(curl(office, "/ogc/collections/park/items?limit=1").stdout)
    assert all(link["href"].startswith(f"{office.url}/ogc/collections/park") for link in page["links"])
    assert json.loads(curl(office, "/ogc", "-L").stdout)["links"][0]["href"].startswith(office.url)
    told = json.loads(curl(office, "/tiles/tiles.json").stdout)
    assert told["tiles"] == [f"{office.url}/tiles/{{z}}/{{x}}/{{y}}.mvt"]


def test_gdal_reads_through_the_proxy(office: Office):
    port = office.url.split(":")[2].partition("/")[0]
    here = office.url.replace(NAME, "localhost")
    done = subprocess.run(
        [sys.executable, "-c", GDAL, here, str(office.certificate), f"localhost:{port}"],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == sorted(select(ATLAS, Selection(layer=("park",), status=("starting",)))["id"])


@qgis.needed
def test_qgis_adds_a_layer_through_the_proxy(office: Office, tmp_path: Path):
    """Every page of the layer, by the links that the office gives; QGIS has no way to be told a name, so it asks localhost."""
    qgis_reads(f"{office.url.replace(NAME, 'localhost')}/ogc/", "transport", "EPSG:4326", tmp_path, office.certificate)


def session(office: Office, origin: str, cookie: str = ""):
    port = int(office.url.split(":")[2].partition("/")[0])
    trust = ssl.create_default_context(cafile=str(office.certificate))
    return connect(
        f"wss://{NAME}:{port}/atlas/_stcore/stream", sock=socket.create_connection(("127.0.0.1", port)), ssl=trust, server_hostname=NAME,
        origin=origin, subprotocols=["streamlit"], additional_headers={"Cookie": cookie} if cookie else {},
    )  # fmt: skip


def test_a_session_of_the_office_opens_and_a_foreign_one_does_not(office: Office):
    with session(office, office.url.removesuffix("/atlas")):
        pass
    with session(office, f"http://{NAME}"):  # a proxy in between may change scheme and port
        pass
    with pytest.raises(InvalidHandshake), session(office, "https://elsewhere.example"):
        pass


@pytest.mark.parametrize("path", ["/", "/zone", "/ogc/?f=html"])
def test_pages_carry_their_headers(office: Office, path):
    headers = dict(
        line.split(": ", 1)
        for line in curl(office, path, "-o", "/dev/null", "-D", "-").stdout.splitlines()
        if ": " in line
    )
    lower = {name.lower(): value for name, value in headers.items()}
    assert lower["x-content-type-options"] == "nosniff"
    assert lower["x-frame-options"] == "SAMEORIGIN"
    assert lower["referrer-policy"] == "same-origin"
    assert "default-src 'self'" in lower["content-security-policy"]
    assert "HttpOnly; SameSite=Lax; Secure" in lower["set-cookie"]
    assert len(lower["x-request-id"]) == 32


def test_other_names_are_turned_away(office: Office):
    answer = requests.get(f"{office.inner}/", headers={"Host": "elsewhere.example"}, timeout=30)
    assert answer.status_code == 421
    assert NAME in answer.text


def test_metrics_are_for_this_machine(office: Office):
    assert "atlas_requests_total" in requests.get(f"{office.inner}/metrics", timeout=30).text
    assert (
        requests.get(f"{office.inner}/metrics", headers={"X-Forwarded-For": "10.1.2.3"}, timeout=30).status_code == 403
    )
    assert "403" in curl(office, "/metrics").stdout


def test_the_log_says_what_kind_and_not_what(office: Office):
    curl(office, "/download/features?q=秘密", "-H", "X-Request-ID: told-by-a-client")
    lines = [line for line in office.log.read_text(encoding="utf-8").splitlines() if line.startswith("{")]
    assert {"time", "id", "method", "area", "status", "bytes", "ms"} == set(json.loads(lines[-1]))
    assert "秘密" not in "".join(lines)
    assert "%E7%A7%98" not in "".join(lines)


def test_a_body_that_is_too_large_is_refused_while_it_arrives(office: Office):
    def endless():
        for _ in range(200):
            yield b" " * 1024 * 1024

    answer = requests.post(f"{office.inner}/ogc/collections/park/items", data=b" " * 2_000_000, timeout=60)
    assert answer.status_code == 413
    sent = []
    with pytest.raises(requests.RequestException):
        requests.post(
            f"{office.inner}/ogc/collections/park/items", data=(sent.append(1) or one for one in endless()), timeout=60
        ).raise_for_status()
    assert len(sent) < 100


def test_sheets_of_hundreds_of_features_hold_nobody(office: Office):
    """Two are under way while another planner filters: each answer is right, and there before the sheets are."""
    seen = Seen()

    async def filtered() -> list[requests.Response]:
        async with connect_async(stream(office.inner), subprotocols=["streamlit"], max_size=None) as planner:
            await rerun(planner, "", len(ATLAS.table), seen)
            url = f"{office.inner}/download/sheet?format=pdf&zone=panxi"
            sheets = [asyncio.create_task(asyncio.to_thread(requests.get, url, timeout=300)) for _ in range(2)]
            async with asyncio.timeout(120):
                while "atlas_work_running 2.0" not in requests.get(f"{office.inner}/metrics", timeout=30).text:
                    await asyncio.sleep(0.05)
            for zone in ("panxi", "southern", "panxi"):
                await rerun(planner, f"zone={zone}", len(select(ATLAS, Selection(zone=(zone,)))), seen)
            assert not any(one.done() for one in sheets)
            return await asyncio.gather(*sheets)

    made = asyncio.run(filtered())
    assert seen.wrong == []
    assert [one.content[:5] for one in made] == [b"%PDF-"] * 2
