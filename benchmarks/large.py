"""`python -m benchmarks.large [--sizes 1000 …] [--tipg PYTHON]`: features by the million on PostGIS.

Copies of the atlas all over China are loaded into a PostgreSQL server of its own, at each size: time to load, tiles
through our server beside the same ST_AsMVT asked by psycopg, a page of a box beside tipg on the same table, the counts
of a filter beside those of the page at the size of the atlas, an export as it streams.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import psycopg
import requests
import shapely

from layers.atlas import bundled
from layers.export import geojson
from layers.query.selection import PARTS, Selection, select
from layers.query.selection import counts as counts_of
from plans.vocabulary import keys
from store.large import counts, load, opened, standing
from store.large.standing import Large, tile_question
from store.where import VARIABLE
from tests.browser.conftest import free_port
from tests.serve.conftest import API, running
from tests.store.server import empty_database, postgres_server, server_programs

SIZES = (1_000, 10_000, 100_000, 1_000_000)
CHINA = (75.0, 18.0, 133.0, 52.0)  # degrees
SICHUAN = (103.0, 30.5)
PART = 20_000  # features
TRIES = 200
SEED = 20261128
TIPG_VIEW = "CREATE SCHEMA IF NOT EXISTS shown; CREATE OR REPLACE VIEW shown.feature AS SELECT number, id, properties, geom FROM large.feature"
TIPG = "import sys, uvicorn; from tipg.main import app; uvicorn.run(app, port=int(sys.argv[1]), log_level='error')"


def frames(number: int) -> Iterator[gpd.GeoDataFrame]:
    """Give `number` features in parts: those of the atlas, each moved as a whole to somewhere in China."""
    said = json.loads(geojson(bundled().table))["features"]
    texts = [json.dumps(one["properties"], ensure_ascii=False) for one in said]
    shapes = bundled().table.geometry.to_numpy()
    chance = np.random.default_rng(SEED)
    for first in range(0, number, PART):
        at = np.arange(first, min(first + PART, number))
        of = (at * 7919) % len(shapes)  # a mixture from the first feature on
        west, south, east, north = CHINA
        to = np.column_stack([chance.uniform(west, east, len(at)), chance.uniform(south, north, len(at))])
        some = shapes[of].copy()
        corner, whose = shapely.get_coordinates(some, return_index=True)
        moved = shapely.set_coordinates(some, np.round(corner + (to - SICHUAN)[whose], 5))
        properties = [texts[one] for one in of]
        yield gpd.GeoDataFrame(
            {"id": [f"f-{one:07}" for one in at], "properties": properties}, geometry=moved, crs=4326
        )


def addresses(number: int) -> list[tuple[int, int, int]]:
    """Return tiles somewhere in China, of every zoom from 4 to 13."""
    chance = random.Random(SEED)
    found = []
    for at in range(number):
        z = 4 + at % 10
        lon, lat = chance.uniform(85, 120), chance.uniform(25, 45)
        y = (1 - np.arcsinh(np.tan(np.radians(lat))) / np.pi) / 2 * 2**z
        found.append((z, int((lon + 180) / 360 * 2**z), int(y)))
    return found


def boxes(number: int) -> list[str]:
    """Return boxes somewhere in China, half a degree wide."""
    chance = random.Random(SEED)
    corners = [(chance.uniform(85, 120), chance.uniform(25, 45)) for _ in range(number)]
    return [f"{lon:.3f},{lat:.3f},{lon + 0.5:.3f},{lat + 0.5:.3f}" for lon, lat in corners]


def beside(
    ours: Callable[[Any], None], theirs: Callable[[Any], None], values: list[Any]
) -> tuple[list[float], list[float]]:
    """Return the milliseconds of both for each value, asked in turn, the first of them in turn as well; ten go before."""
    taken: tuple[list[float], list[float]] = ([], [])
    for at, value in enumerate([*values[:10], *values]):
        for who in ((0, 1), (1, 0))[at % 2]:
            began = time.perf_counter()
            (ours, theirs)[who](value)
            if at >= 10:
                taken[who].append(1000 * (time.perf_counter() - began))
    return taken


def told(values: list[float]) -> str:
    """Return median and p95."""
    return f"{statistics.median(values):.1f} / {sorted(values)[round(0.95 * len(values)) - 1]:.1f}"


@contextmanager
def tipg(python: str, address: str) -> Iterator[str]:
    """Tipg over the same table: a view of what our answers hold."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(TIPG_VIEW)
    port = free_port()
    environment = os.environ | {"DATABASE_URL": address, "TIPG_DB_SCHEMAS": '["shown"]'}
    process = subprocess.Popen([python, "-c", TIPG, str(port)], env=environment)
    url = f"http://127.0.0.1:{port}/collections/shown.feature/items"
    try:
        for _ in range(300):
            try:
                requests.get(url, params={"limit": 1}, timeout=60).raise_for_status()
                break
            except requests.RequestException:
                time.sleep(0.2)
        yield url
    finally:
        process.terminate()
        process.wait(10)


def filters() -> list[Selection]:
    """Return filters of the page."""
    return [Selection(zone=(zone,)) for zone in keys("zone")] + [Selection(layer=(one,)) for one in keys("layer")]


def in_memory() -> list[float]:
    """Return the milliseconds of the filters of the page at the size of the atlas: the rows and every count."""
    taken = []
    atlas = bundled()
    for chosen in [*filters(), *filters()]:
        began = time.perf_counter()
        select(atlas, chosen)
        for part in PARTS:
            counts_of(atlas, chosen, part)
        taken.append(1000 * (time.perf_counter() - began))
    return taken[len(filters()) :]


def on_postgis(large: Large) -> list[float]:
    """Return the milliseconds of the same filters here."""
    taken = []
    for chosen in [*filters(), *filters()]:
        began = time.perf_counter()
        counts(large, bundled(), chosen)
        taken.append(1000 * (time.perf_counter() - began))
    return taken[len(filters()) :]


def measured(url: str, size: int, python: str) -> None:
    """Load `size` features and print a row of the table."""
    began = time.perf_counter()
    load(url, frames(size))
    loaded = time.perf_counter() - began
    large = standing(opened(url))
    assert large is not None and large.number == size
    address = url.replace("+psycopg", "")
    with (
        running(API, "/atlas/ogc/") as here,
        requests.Session() as session,
        psycopg.connect(address, prepare_threshold=None) as alone,
    ):

        def _get(at: str, **params: Any) -> None:
            assert session.get(f"{here}/atlas/{at}", params=params, timeout=600).status_code in (200, 204)

        def _query(at: tuple[int, int, int]) -> None:
            alone.execute(*map(_encoded, tile_question(large, bundled(), Selection(), at))).fetchone()

        tiles = beside(lambda at: _get("large/{}/{}/{}.mvt".format(*at)), _query, addresses(TRIES))
        pages = ([0.0], [0.0])
        with tipg(python, address) if python else nullcontext("") as other:
            if other:
                pages = beside(
                    lambda box: _get("ogc/collections/large/items", bbox=box, limit=100),
                    lambda box: session.get(other, params={"bbox": box, "limit": 100}, timeout=600).raise_for_status(),
                    boxes(TRIES // 2),
                )
        began = time.perf_counter()
        with session.get(f"{here}/atlas/large/features.geojson", stream=True, timeout=600) as answer:
            written = sum(len(piece) for piece in answer.iter_content(1 << 20))
        streamed = time.perf_counter() - began
    cells = [
        f"{size:,}",
        f"{loaded:.0f}",
        *map(told, tiles),
        *map(told, pages),
        told(on_postgis(large)),
        f"{written / 1e6:.0f} / {streamed:.1f}",
    ]
    print(f"| {' | '.join(cells)} |", flush=True)


def _encoded(value: Any) -> Any:
    return value.encode() if isinstance(value, str) else value


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.large")
    parser.add_argument("--sizes", type=int, nargs="*", default=list(SIZES))
    parser.add_argument("--tipg", default="", help="a Python that has tipg 1.6; without it the pages are not measured")
    args = parser.parse_args()
    programs = server_programs()
    if programs is None:
        parser.error("PostgreSQL is needed: apt-get install postgresql postgresql-postgis")
    print(f"页面在 {len(bundled().table):,} 个要素上的一次筛选（各项计数）：{told(in_memory())} 毫秒（中位 / p95）\n")
    print(
        "| 要素 | 装入（秒） | 图块 | 只问 ST_AsMVT | 一框 100 条 | tipg | 筛选计数 | 全部导出（MB / 秒） |\n"
        + "|---" * 8
        + "|"
    )
    with postgres_server(programs) as server:
        for size in args.sizes:
            url = os.environ[VARIABLE] = empty_database(server)
            with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
                connection.execute(f"ALTER DATABASE {url.rpartition('/')[2]} SET jit = off".encode())
            measured(url, size, str(Path(args.tipg)) if args.tipg else "")
            engine = opened(url)
            if engine:
                engine.dispose()


if __name__ == "__main__":
    main()
