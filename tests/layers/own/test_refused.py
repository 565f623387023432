"""A planner's own files that attack: archives, and files with code of their own."""

from __future__ import annotations

import http.server
import io
import sqlite3
import stat
import tempfile
import threading
import time
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from shapely.geometry import Point

from layers.errors import LayerError
from layers.own import archive
from layers.own.upload import read
from tests.layers.own.test_upload import FRAME, shapefile, zipped

# ---- archives --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["../a.shp", "x/../../a.shp", "/etc/a.shp", "..\\a.shp", "C:\\a.shp", "x/../../../../tmp/a.txt"]
)
def test_paths_that_leave_an_archive_are_refused(path):
    with pytest.raises(LayerError, match="path leaves the archive"):
        read("a.zip", zipped({path: b"x"}))


def test_links_in_an_archive_are_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        link = zipfile.ZipInfo("a.shp")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        packed.writestr(link, "/etc/passwd")
    with pytest.raises(LayerError, match="symbolic link"):
        read("a.zip", out.getvalue())


@pytest.mark.parametrize(("name", "inside"), [("a.zip", "a.shp"), ("a.kmz", "doc.kml"), ("a.xlsx", "xl/sheet.xml")])
def test_bombs_are_refused(name, inside):
    begun = time.process_time()
    with pytest.raises(LayerError, match="zip bomb"):
        read(name, zipped({inside: b"\0" * 60_000_000}))
    assert time.process_time() - begun < 5


def test_sizes_are_counted_and_not_believed(monkeypatch):
    monkeypatch.setattr(archive, "MOST_UNPACKED", 1000)
    data = bytearray(zipped({"a.shp": b"\0" * 5000}))
    at = data.rindex(b"PK\x01\x02") + 24  # the size that the directory tells
    data[at : at + 4] = (10).to_bytes(4, "little")
    with pytest.raises(LayerError, match=r"archive too large|broken archive"):
        read("a.zip", bytes(data))


def test_an_archive_of_many_files_is_refused():
    with pytest.raises(LayerError, match="too many members"):
        read("a.zip", zipped({f"{i}.shp": b"" for i in range(501)}))


def test_an_encrypted_archive_is_told():
    data = bytearray(zipped({"a.shp": b"x"}))
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(magic) + offset] |= 1
    with pytest.raises(LayerError, match="encrypted archive"):
        read("a.zip", bytes(data))


def test_names_of_chinese_archives_are_read():
    """Windows writes them in GB18030 without saying so."""
    data = shapefile(FRAME, stem="ABCD").replace(b"ABCD", "园区".encode("gb18030"))
    assert read("a.zip", data).report.layers == ("园区",)


def test_nothing_is_left_on_disk(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    read("a.zip", shapefile(FRAME))
    with pytest.raises(LayerError):
        read("a.gpkg", b"SQLite format 3\x00")
    assert list(tmp_path.iterdir()) == []


# ---- files with code of their own ------------------------------------------------------------


def gpkg(tmp_path: Path, *statements: str) -> bytes:
    path = tmp_path / "a.gpkg"
    FRAME.to_file(path, layer="a")
    with sqlite3.connect(path) as database:
        for statement in statements:
            database.execute(statement)
    database.close()
    return path.read_bytes()


FOREVER = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) AS fid FROM n"


@pytest.mark.parametrize(
    ("statements", "says"),
    [
        (["ALTER TABLE gpkg_contents RENAME TO held", f"CREATE VIEW gpkg_contents AS {FOREVER}"], "has views"),
        (["CREATE VIRTUAL TABLE t USING fts5(x)"], "virtual tables"),
        (["ALTER TABLE a ADD COLUMN big GENERATED ALWAYS AS (hex(zeroblob(900000000))) VIRTUAL"], "generated columns"),
        (["DELETE FROM gpkg_contents"], "no feature layers"),
        (["DROP TABLE gpkg_contents"], "broken GeoPackage"),
    ],
)
def test_a_geopackage_with_code_in_it_is_refused(tmp_path, statements, says):
    with pytest.raises(LayerError, match=says):
        read("a.gpkg", gpkg(tmp_path, *statements))


def test_views_do_not_run(tmp_path):
    """Databases of some programs have views that only list what is there; a view is no layer and is dropped."""
    listed = "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) VALUES ('v', 'features', 'v', 4326)"
    found = read("a.gpkg", gpkg(tmp_path, f"CREATE VIEW v AS {FOREVER}", listed))
    assert (found.report.kept, found.report.layers) == (2, ("a",))
    assert dict(found.report.notes[0].values) == {"names": "v"}


def test_triggers_do_not_run(tmp_path):
    data = gpkg(tmp_path, "CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM a; END")
    assert read("a.gpkg", data).report.kept == 2


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<kml><Placemark><name>&b;</name></Placemark></kml>"""
OUTSIDE = (
    b"""<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/passwd">]><kml><name>&x;</name></kml>"""
)


@pytest.mark.parametrize("data", [LAUGHS, OUTSIDE, b'<!DOCTYPE kml SYSTEM "http://127.0.0.1/x.dtd"><kml/>'])
def test_kml_with_entities_is_refused(data):
    for name, content in (("a.kml", data), ("a.kmz", zipped({"doc.kml": data}))):
        with pytest.raises(LayerError, match="DTD or entities"):
            read(name, content)


def test_a_workbook_with_entities_is_refused(tmp_path):
    pd.DataFrame({"lon": [104], "lat": [30], "名称": ["甲"]}).to_excel(tmp_path / "a.xlsx", index=False)
    with zipfile.ZipFile(tmp_path / "a.xlsx") as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    strings = files["xl/sharedStrings.xml"]
    files["xl/sharedStrings.xml"] = strings.replace(
        b"<sst", b'<!DOCTYPE sst [<!ENTITY x SYSTEM "file:///etc/hostname">]><sst', 1
    ).replace("甲".encode(), b"&x;")
    secret = Path("/etc/hostname").read_text(encoding="utf-8").strip() if Path("/etc/hostname").exists() else "?"
    try:
        found = read("a.xlsx", zipped(files))
    except LayerError:
        return
    assert secret not in found.frame.to_json()


@pytest.fixture
def listener():
    """A server on this machine, and the paths that were asked of it."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *args):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()


def test_links_in_kml_are_not_followed(listener):
    address, asked = listener
    data = f"""<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>
    <Style id="s"><IconStyle><Icon><href>{address}/icon.png</href></Icon></IconStyle></Style>
    <NetworkLink><Link><href>{address}/more.kml</href></Link></NetworkLink>
    <GroundOverlay><Icon><href>{address}/picture.png</href></Icon></GroundOverlay>
    <Placemark><name>甲</name><styleUrl>{address}/style.kml#s</styleUrl><description>&lt;img src="{address}/d.png"&gt;</description>
    <Point><coordinates>104,30,500</coordinates></Point></Placemark></Document></kml>"""
    found = read("a.kml", data.encode())
    assert found.frame.geometry[0] == Point(104, 30)
    assert dict(found.report.notes[0].values) == {"n": 1}
    assert asked == []


@pytest.mark.parametrize(
    "data",
    [
        b"<kml>" + b"<a>" * 100_000 + b"</a>" * 100_000 + b"</kml>",
        b"<kml>" + b"<a/>" * 1_000_001 + b"</kml>",
    ],
    ids=["deep", "many"],
)  # fmt: skip
def test_kml_has_limits(data):
    with pytest.raises(LayerError, match="too large"):
        read("a.kml", data)
