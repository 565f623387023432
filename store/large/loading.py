"""Loading: parts of exported GeoJSON are copied into new tables, which then take the place of those that stand.

With the address of a Dask scheduler the parts are those of a dask-geopandas table, and its workers copy them;
they must be able to read the files and to reach the database.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import psycopg
import shapely
from psycopg import sql
from sqlalchemy.engine import make_url

from geo.systems import WEB_MERCATOR
from layers.query.members import COLUMNS
from layers.query.search import fold
from store.errors import StoreError

HERE = Path(__file__).parent
LARGEST_PART = 10_000_000  # features
AT_ONCE = 2  # parts that are copied at the same time: shapes are worked on beside each other, and beside the database
PART_BYTES = 32 * 1024 * 1024  # of a file
CRS = "EPSG:4326"
COARSE_M = 300.0  # half a dot of a screen at level 8
MERCATOR_LAT_DEGREE = 85.051128  # beyond it web mercator has no place
TOLD = ("name", "layer", "kind", "status", "precision", "basis")  # on tiles, beside the id


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a file: whole lines, `start` to `end` in bytes."""

    path: Path
    start: int
    end: int


def load_files(
    url: str, paths: Sequence[Path], *, scheduler: str = "", told: Callable[[int], None] | None = None
) -> None:
    """Load files of GeoJSON as this program exports it (a feature a line, WGS84) in place of what stands at `url`.

    `told` hears how many parts are copied. StoreError for what cannot be read or kept: what stood is then as it was.
    """
    parts = [part for path in paths for part in parts_of(path)]
    if not scheduler:
        load(url, map(read, parts), told=told)
        return
    begin(url)
    _copied_by_workers(url, parts, scheduler)
    finish(url)


def load(url: str, frames: Iterable[gpd.GeoDataFrame], *, told: Callable[[int], None] | None = None) -> None:
    """Load tables as `read` gives them (id, properties, geometry) in place of what stands; errors as in `load_files`."""
    begin(url)
    for done, _ in enumerate(_copied(frames, url), start=1):
        if told:
            told(done)
    finish(url)


def _copied(frames: Iterable[gpd.GeoDataFrame], url: str) -> Iterator[int]:
    """Copy AT_ONCE tables at a time and tell of each; no more than these are held."""
    under_way = deque[Future[int]]()
    with ThreadPoolExecutor(AT_ONCE) as hands:
        for at, frame in enumerate(frames):
            if len(under_way) == AT_ONCE:
                yield under_way.popleft().result()
            under_way.append(hands.submit(copy, frame, url, at))
        for one in under_way:
            yield one.result()


# ---- the files ---------------------------------------------------------------------------------


def parts_of(path: Path) -> Iterator[Part]:
    """Give the pieces of a file, each of whole lines; StoreError when it cannot be read."""
    try:
        with path.open("rb") as file:
            start, size = 0, path.stat().st_size
            while start < size:
                file.seek(min(start + PART_BYTES, size))
                file.readline()
                yield Part(path, start, file.tell())
                start = file.tell()
    except OSError as error:
        raise StoreError(f"无法读取“{path}”：{error.strerror} (cannot read)。") from None


def read(part: Part) -> gpd.GeoDataFrame:
    """Return the features of a piece: id, properties (JSON as text) and geometry (WGS84); StoreError for what is none."""
    with part.path.open("rb") as file:
        file.seek(part.start)
        said = file.read(part.end - part.start).decode("utf-8", "replace").split("\n")
    rows = [one for line in said if (one := _feature(line, part.path))]
    ids, properties, shapes = zip(*rows, strict=True) if rows else ((), (), ())
    geometry = shapely.from_geojson(list(shapes))
    return gpd.GeoDataFrame({"id": list(ids), "properties": list(properties)}, geometry=geometry, crs=CRS)


def _feature(line: str, path: Path) -> tuple[str, str, str | None] | None:
    text = line.strip("\x1e ,\r\n")
    if not text.startswith('{"type": "Feature",'):
        if text.startswith(('{"type": "FeatureCollection"', "]")) or not text:
            return None
        raise StoreError(
            f"“{path.name}”不是本程序导出的 GeoJSON (one exported feature a line is needed)："
            f"{text[:40]}…；请用 plan-atlas export -o 文件.geojson 导出。"
        )
    try:
        said = json.loads(text)
        return (
            said["id"],
            json.dumps(said["properties"], ensure_ascii=False),
            said["geometry"] and json.dumps(said["geometry"]),
        )
    except (ValueError, KeyError) as error:
        raise StoreError(f"“{path.name}”有读不懂的要素 (unreadable feature)：{error}；{text[:40]}…") from None


# ---- the database ------------------------------------------------------------------------------


def begin(url: str) -> None:
    """Make empty tables beside those that stand; StoreError when the database cannot hold them."""
    _run(url, "begin.sql")


def finish(url: str) -> None:
    """Index what was copied, and let it take the place of what stands, at once for every reader."""
    with ThreadPoolExecutor() as hands:
        list(hands.map(lambda script: _run(url, script), ("index.sql", "draw.sql")))
    _run(url, "finish.sql")


def copy(frame: gpd.GeoDataFrame, url: str, part: int) -> int:
    """Copy a table (id, properties, geometry in WGS84) as a part of its own, and return how many features it has."""
    shapes = frame.geometry.to_numpy()
    plain = shapely.to_wkb(shapely.set_srid(shapes, 4326), include_srid=True)
    bounded = (
        shapely.clip_by_rect(shapes, -180, -MERCATOR_LAT_DEGREE, 180, MERCATOR_LAT_DEGREE) if _far(shapes) else shapes
    )
    drawn = WEB_MERCATOR.project(bounded)
    tiles = zip(_ewkb(drawn), _ewkb(shapely.simplify(drawn, COARSE_M, preserve_topology=False)), strict=True)
    ids, texts = frame["id"].tolist(), frame["properties"].tolist()
    said = [json.loads(one) for one in texts]
    numbers = range(part * LARGEST_PART, part * LARGEST_PART + len(ids))
    keys = [_keys(one) for one in said]
    names = [_names(key, one) for key, one in zip(ids, said, strict=True)]
    everything = zip(numbers, ids, keys, names, map(_pieces, names), texts, plain, strict=True)
    shown = (
        (number, key, *(one.get(name) for name in TOLD), of, *shapes)
        for number, key, one, of, shapes in zip(numbers, ids, said, keys, tiles, strict=True)
        if shapes[0] is not None
    )
    with _connected(url) as connection, connection.cursor() as cursor:
        _copy(cursor, "feature", ["int8", "text", "text[]", "text", "text[]", "text", "bytea"], everything)
        _copy(cursor, "staged", ["int8", *["text"] * 7, "text[]", "bytea", "bytea"], shown)
    return len(frame)


def _ewkb(shapes: Any) -> Any:
    return shapely.to_wkb(shapely.set_srid(shapes, 3857), include_srid=True)


def _copy(cursor: psycopg.Cursor[Any], table: str, types: list[str], rows: Iterable[tuple[Any, ...]]) -> None:
    into = sql.SQL("COPY large_new.{} FROM STDIN (FORMAT BINARY)").format(sql.Identifier(table))
    with cursor.copy(into) as copying:
        copying.set_types(types)
        for row in rows:
            copying.write_row(row)


def _far(shapes: Any) -> bool:
    """Whether something lies where web mercator does not reach."""
    south, north = shapely.total_bounds(shapes)[[1, 3]]
    return bool(south < -MERCATOR_LAT_DEGREE or north > MERCATOR_LAT_DEGREE)


def _keys(properties: dict[str, Any]) -> list[str]:
    found: dict[str, None] = {}
    for part, names in COLUMNS.items():
        for name in names:
            value = properties.get(name) or ()
            for key in (value,) if isinstance(value, str) else value:
                found[f"{part}:{key}"] = None
    return list(found)


def _names(identity: str, properties: dict[str, Any]) -> str:
    told = (identity, properties.get("name") or "", *(properties.get("aliases") or ()))
    return "\n".join(dict.fromkeys(map(fold, told)))


def _pieces(names: str) -> list[str]:
    return list({*pieces(names), *names})


def pieces(text: str) -> list[str]:
    """Return by what a folded word is looked up: its pairs of letters, or its one letter."""
    return [text[at : at + 2] for at in range(len(text) - 1)] or list(text)


def _connected(url: str) -> psycopg.Connection[Any]:
    address = make_url(url)
    if not address.drivername.startswith("postgresql"):
        raise StoreError(
            f"大量要素须存于 PostgreSQL 与 PostGIS (PostgreSQL is needed)，现为“{address.drivername}”；"
            "请设 PLAN_ATLAS_DB=postgresql+psycopg://用户@主机/库。"
        )
    return psycopg.connect(address.set(drivername="postgresql").render_as_string(hide_password=False))


def _run(url: str, script: str) -> None:
    try:
        with _connected(url) as connection:
            connection.autocommit = True
            for statement in statements((HERE / script).read_text(encoding="utf-8")):
                connection.execute(statement.encode())
    except psycopg.Error as error:
        raise StoreError(
            f"数据库未能完成 (the database refused)：{str(error).splitlines()[0]}；"
            "须装有 PostGIS 3 与 btree_gist，用户须可建扩展与模式。"
        ) from error


def statements(script: str) -> list[str]:
    """Return the statements of a script, without what is remarked in it."""
    bare = "\n".join(line.partition("--")[0] for line in script.splitlines())
    return [one.strip() for one in bare.split(";") if one.strip()]


def _copied_by_workers(url: str, parts: list[Part], scheduler: str) -> None:
    import dask.dataframe as dd  # noqa: PLC0415 only where there is a scheduler
    import dask_geopandas  # noqa: F401, PLC0415 it makes the parts of such a table GeoDataFrames
    from distributed import Client  # noqa: PLC0415

    empty = gpd.GeoDataFrame({"id": [], "properties": []}, geometry=[], crs=CRS)
    try:
        client = Client(scheduler, timeout="10s")
    except (OSError, ValueError) as error:
        raise StoreError(f"连不上调度器“{scheduler}”：{error} (no scheduler there)。例：tcp://10.0.0.5:8786") from None
    with client:
        table = dd.from_map(read, parts, meta=empty)
        client.gather([client.submit(copy, one, url, at) for at, one in enumerate(client.compute(table.to_delayed()))])
