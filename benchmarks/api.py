"""`python -m benchmarks.api`: items a second of our API beside pygeoapi's own GeoJSON provider on the same features, and tiles."""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests

from layers.atlas import bundled
from layers.export import geojson
from serve.ogc.describe import configuration
from tests.browser.conftest import free_port
from tests.serve.conftest import API, running

ROUNDS = 3
REQUESTS = 5  # a round
PLAIN = """
import sys, uvicorn
from pygeoapi.starlette_app import APP
uvicorn.run(APP, port=int(sys.argv[1]), log_level="error")
"""


@contextmanager
def plain(folder: Path) -> Iterator[str]:
    """pygeoapi as it comes, with its own provider over a file of the same features."""
    port = free_port()
    told = configuration(bundled(), f"http://127.0.0.1:{port}", "")
    told["server"].pop("templates")
    (folder / "features.geojson").write_text(geojson(bundled().table), encoding="utf-8")
    entry = told["resources"]["features"]
    entry["providers"] = [
        {"type": "feature", "name": "GeoJSON", "data": str(folder / "features.geojson"), "id_field": "id"}
    ]
    told["resources"] = {"features": entry}
    (folder / "config.yml").write_text(json.dumps(told), encoding="utf-8")
    environment = os.environ | {
        "PYGEOAPI_CONFIG": str(folder / "config.yml"),
        "PYGEOAPI_OPENAPI": str(folder / "openapi.yml"),
    }
    generate = [
        str(Path(sys.executable).with_name("pygeoapi")),
        "openapi",
        "generate",
        str(folder / "config.yml"),
        "--output-file",
        str(folder / "openapi.yml"),
    ]
    subprocess.run(generate, env=environment, check=True, capture_output=True)
    process = subprocess.Popen([sys.executable, "-c", PLAIN, str(port)], env=environment)
    url = f"http://127.0.0.1:{port}"
    try:
        while not _answers(url):
            time.sleep(0.2)
        yield url
    finally:
        process.terminate()
        process.wait(10)


def _answers(url: str) -> bool:
    try:
        return requests.get(url, timeout=5).ok
    except requests.ConnectionError:
        return False


def a_second(session: requests.Session, url: str, params: Callable[[], dict[str, Any]]) -> float:
    """Return how many answers a second come one after another."""
    began = time.perf_counter()
    for _ in range(REQUESTS):
        assert session.get(url, params=params(), timeout=60).status_code == 200
    return REQUESTS / (time.perf_counter() - began)


def main() -> None:
    """Print a table: requests a second, ours and theirs in turn, medians of the rounds and their ratio."""
    questions: dict[str, Callable[[], dict[str, Any]]] = {
        "10 个要素": lambda: {"limit": 10, "offset": random.randrange(1900)},
        "100 个要素": lambda: {"limit": 100, "offset": random.randrange(1900)},
        "一个图层": lambda: {"limit": 10, "layer": random.choice(["park", "transport", "hub"])},
    }
    with tempfile.TemporaryDirectory() as folder, plain(Path(folder)) as theirs, running(API, "/atlas/ogc/") as here:
        print("| 请求 | 本图集（次/秒） | pygeoapi GeoJSON（次/秒） | 倍数 |\n|---|---|---|---|")
        with requests.Session() as session:
            for name, params in questions.items():
                rates: dict[str, list[float]] = {"ours": [], "theirs": []}
                for _ in range(ROUNDS):
                    for who, url in (("ours", f"{here}/atlas/ogc"), ("theirs", theirs)):
                        at = f"{url}/collections/features/items"
                        rates[who].append(a_second(session, at, params))
                ours, other = statistics.median(rates["ours"]), statistics.median(rates["theirs"])
                print(f"| {name} | {ours:.0f} | {other:.1f} | {ours / other:.0f} |", flush=True)
            tiles = [f"{here}/atlas/tiles/8/{x}/{y}.mvt" for x in range(198, 206) for y in range(102, 110)]
            for name in ("图块，初次", "图块，再次"):
                taken = []
                for url in tiles:
                    began = time.perf_counter()
                    session.get(url, timeout=60)
                    taken.append(time.perf_counter() - began)
                print(
                    f"{name}：中位 {1000 * statistics.median(taken):.0f} 毫秒，p95 {1000 * sorted(taken)[-4]:.0f} 毫秒",
                    flush=True,
                )


if __name__ == "__main__":
    main()
