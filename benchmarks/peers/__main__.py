"""`python -m benchmarks.peers [--size 2000|10000] [--rounds N]`: this app beside what else draws maps in a browser.

One run, in turns, in the same Chromium: seconds from opening a window to the first complete map, and from a choice to the
map of one zone. All draw the same features. The packages of the peers come from PyPI and npm into a temporary folder;
what does not install is told and left out.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, TimeoutError

from benchmarks import measure
from benchmarks.__main__ import APP, PLAIN, STATIC_PAGE, ZONES, Way, chromium, layers_of, medians, static_site
from benchmarks.copies import copied
from benchmarks.measure import Figures
from layers.atlas import Atlas, bundled
from layers.palette import COLOURS
from layers.query.selection import Selection, select
from layers.web.payload import base_map, features_table
from tests.browser.conftest import serve

HERE = Path(__file__).parent
FROM_PYPI = {"leafmap": "0.63.1", "pydeck": "0.9.3", "lonboard": "0.16.0", "keplergl": "0.4.0"}
FROM_NPM = {"maplibre-gl": "6.17.0", "deck.gl": "9.4.0"}
WASM = "parquet-wasm@0.7.1"  # which lonboard 0.16 would fetch from another host
PAGES = {"maplibre-gl": "maplibre.html", "deck.gl": "deck.html", "leafmap": "leafmap.html", "pydeck": "pydeck.html", "lonboard": "widget.html?of=lonboard", "keplergl": "widget.html?of=keplergl"}  # fmt: skip
BASE_PARTS = ("provinces", "sichuan", "rivers", "counties", "prefectures", "zones")
WAITED = "() => (window.bench?.waited ?? 0) / 1000"  # how long the page watched a picture that stood
ROUNDS = 3
Numbers = Mapping[str, int]  # features shown, by zone; "" is all


@dataclass(frozen=True, slots=True)
class Peer:
    """A way to draw the features: where it is served, how it is used, how many it shows of each zone."""

    name: str
    url: str
    way: Way
    numbers: Numbers


# ---- what the peers need ---------------------------------------------------------------------


def installed(folder: Path) -> list[str]:
    """Install the packages into a folder; return the peers that can be used, and tell of the others."""
    found = []
    for name, version in {**FROM_PYPI, **FROM_NPM}.items():
        more = [npm(folder, WASM)] if name == "lonboard" else []
        if name in FROM_PYPI:
            pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
            command = [*pip, "--target", str(folder / name), f"{name}=={version}"]
        else:
            command = npm(folder, f"{name}@{version}")
        if all(told(name, "装不上 (does not install)", one) for one in [command, *more]):
            found.append(name)
    return found


def npm(folder: Path, package: str) -> list[str]:
    """The command that installs a package of npm below a folder, without running anything of it."""
    return ["npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(folder), package]  # fmt: skip


def told(name: str, what: str, command: list[str]) -> bool:
    """Run a command for a peer; where it fails say so, with the last line of what it said."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        words = (done.stderr or done.stdout).strip()
    except OSError as error:
        done, words = None, str(error)
    if done and not done.returncode:
        return True
    print(f"略过 {name}：{what}：{words.splitlines()[-1] if words else ''}", flush=True)
    return False


def write_features(atlas: Atlas, folder: Path) -> Numbers:
    """Write what all peers draw: features.geojson with the shapes of the app, base.geojson; return the numbers."""
    light, table = features_table(atlas.table), atlas.table
    features: list[dict[str, Any]] = []
    for row, one in zip(table.itertuples(), light["features"], strict=True):
        if one["geometry"] is not None:
            colour = COLOURS[row.layer]
            rgb = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
            about = {"name": row.name, "zones": list(row.zones), "color": colour, "rgb": rgb}
            geometry = light["geometries"][one["geometry"]]
            features.append({"type": "Feature", "properties": about, "geometry": geometry})
    base = base_map()
    ground = [one for part in BASE_PARTS for one in base[part]["features"]]
    for name, content in (("features", features), ("base", ground)):
        text = json.dumps({"type": "FeatureCollection", "features": content}, ensure_ascii=False)
        (folder / f"{name}.geojson").write_text(text, encoding="utf-8")
    return {"": len(features)} | {zone: sum(zone in one["properties"]["zones"] for one in features) for zone in ZONES}


def prepared(folder: Path, names: list[str]) -> Iterator[str]:
    """Write the pages of the peers into the folder; yield the peers that have one."""
    for page in (*HERE.glob("*.html"), HERE / "drawn.js"):
        shutil.copy(page, folder)
    for name in names:
        made = [sys.executable, str(HERE / "made.py"), name, str(folder), str(folder / name)]
        if name in FROM_NPM or told(name, "页面做不成 (no page)", made):
            yield name


# ---- measuring -------------------------------------------------------------------------------


@contextmanager
def peers(number: int) -> Iterator[list[Peer]]:
    """Serve all that is measured at `number` features: this app, the static page, the plain way, the peers."""
    real = bundled()
    atlas = copied(real, number)
    numbers = {zone: len(select(atlas, Selection(zone=(zone,) if zone else ()))) for zone in ("", *ZONES)}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="peers-")))
        drawn = write_features(atlas, folder)
        names = list(prepared(folder, installed(folder)))
        url = stack.enter_context(static_site(atlas, folder))
        beside = f"{url.rpartition('/')[0]}/beside-{os.getpid()}"
        found = [
            Peer("本应用 (this app)", stack.enter_context(serve("benchmarks.app_at", str(number))), APP, numbers),
            Peer("静态 Leaflet 页 (static page)", url, STATIC_PAGE, numbers),
        ]
        if number == len(real.table):
            plain = stack.enter_context(serve("streamlit", "run", "benchmarks/plain.py"))
            layers = {zone: layers_of(select(real, Selection(zone=(zone,) if zone else ()))) for zone in numbers}
            found.append(Peer("普通 st_folium (plain)", plain, PLAIN, layers))
        versions = FROM_PYPI | FROM_NPM
        yield found + [Peer(f"{one} {versions[one]}", f"{beside}/{PAGES[one]}", STATIC_PAGE, drawn) for one in names]


def used(browser: Browser, peer: Peer) -> Figures:
    """Return the seconds to the first complete map and the median of those to one zone."""
    page, first = measure.opened(browser, peer.url, peer.way.map, peer.numbers[""])
    first -= waited(page)
    page.wait_for_timeout(1500)
    shown = {"zone": peer.way.map}
    zones = [peer.way.filter(page, zone, dict(peer.numbers), shown)["zone"] - waited(page) for zone in ZONES]
    page.close()
    return {"first": first, "zone": medians([{"zone": one} for one in zones])["zone"]}


def waited(page: Page) -> float:
    return float(page.evaluate(WAITED))


def main() -> None:
    """Measure all in turns and print the medians and their ratios to this app."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__)
    parser.add_argument("--size", choices=("2000", "10000"), default="2000")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    asked = parser.parse_args()
    number = max(int(asked.size), len(bundled().table))
    with chromium() as browser, peers(number) as found:
        rounds: dict[str, list[Figures]] = {one.name: [] for one in found}
        used(browser, found[0])  # warms caches
        for _ in range(asked.rounds):
            for one in list(found):
                try:
                    rounds[one.name].append(used(browser, one))
                except TimeoutError:
                    print(f"略过 {one.name}：没有画成 (never drawn)", flush=True)
                    found.remove(one)
                    del rounds[one.name]
        print(f"{number} 个要素，{asked.rounds} 轮中位数，负载 {os.getloadavg()[0]:.1f}")
    print("| | 首图（秒） | 一个经济区（秒） | 首图：本应用为其几倍 | 经济区：几倍 |\n|---|---|---|---|---|")
    found_medians = {name: medians(of) for name, of in rounds.items()}
    ours = next(iter(found_medians.values()))
    for name, of in found_medians.items():
        ratios = f"{ours['first'] / of['first']:.2f} | {ours['zone'] / of['zone']:.2f}"
        print(f"| {name} | {of['first']:.2f} | {of['zone']:.2f} | {ratios} |")


if __name__ == "__main__":
    main()
