"""What the command writes, and how it refuses."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from geo.systems import CHOICES, WGS84
from layers.atlas import bundled
from layers.errors import LayerError
from layers.export import FORMATS, content, coordinate_system, file_name, write
from layers.query.selection import Selection, select

ATLAS = bundled()
ROOT = Path(__file__).resolve().parents[3]
# pyogrio hands what GDAL logs to Python's warnings; any of them fails the test.
pytestmark = pytest.mark.filterwarnings("error")


@pytest.mark.parametrize(
    ("name", "start"),
    [("x.geojson", b"{"), ("x.gpkg", b"SQLite"), ("x.shp.zip", b"PK"), ("x.zip", b"PK"), ("x.kml", b"<?xml"),
     ("x.fgb", b"fgb"), ("x.parquet", b"PAR1"), ("x.XLSX", b"PK"), ("x.csv", b"\xef\xbb\xbf")],
)  # fmt: skip
def test_the_ending_decides_the_format(name, start, tmp_path):
    write(ATLAS.table.head(2), tmp_path / name)
    assert (tmp_path / name).read_bytes().startswith(start)


def test_wrong_asks_are_refused_with_what_there_is(tmp_path):
    with pytest.raises(LayerError, match="geojson, gpkg, shp, xlsx, csv, kml, fgb, parquet"):
        write(ATLAS.table.head(1), tmp_path / "x.dwg")
    with pytest.raises(LayerError, match=r"EPSG:4490.*gcj02"):
        write(ATLAS.table.head(1), tmp_path / "x.csv", crs="beijing54")


@pytest.mark.parametrize("form", FORMATS)
def test_in_a_folder_the_file_has_the_name_that_the_app_gives_it(form, tmp_path):
    rows = select(ATLAS, Selection(zone=("panxi",)))
    path, system = write(rows, tmp_path, form)
    assert path == tmp_path / file_name(rows, form)
    assert (path.read_bytes(), system) == (content(rows, form), WGS84)


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from layers.atlas import bundled
from layers.errors import LayerError
from layers.export import FORMATS, content, coordinate_system, file_name, write
rows = bundled().table
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
try:
    write(rows, Path(sys.argv[1]))
except LayerError as error:
    print(error)
"""


@pytest.mark.parametrize("name", ["x.csv", "x.geojson", "x.parquet"])
def test_a_full_disk_leaves_the_earlier_file(name, tmp_path):
    """A limit of the size of files stands for a disk that ends there: writing fails half way."""
    write(ATLAS.table.head(3), tmp_path / name)
    before = (tmp_path / name).read_bytes()
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(tmp_path / name)],
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert f"无法写入 {tmp_path / name}" in done.stdout
    assert [one.name for one in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_bytes() == before


def run(*args: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "layers", "export", *args]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_the_command_takes_a_system_and_says_which(tmp_path):
    done = run("-o", str(tmp_path / "x.out"), "--format", "csv", "--zone", "panxi", "--crs", "cgcs2000-3gk")
    assert done.returncode == 0, done.stderr
    assert "中央经线 102°E（EPSG:4543）" in done.stdout
    assert "其中心所在的 102°E 带" in done.stdout
    rows = select(ATLAS, Selection(zone=("panxi",)))
    assert (tmp_path / "x.out").read_bytes() == content(rows, "csv", coordinate_system("4543", rows))


def test_the_command_refuses_an_unknown_system(tmp_path):
    done = run("-o", str(tmp_path / "x.csv"), "--crs", "bd09")
    assert (done.returncode, "EPSG:4490" in done.stderr, "Traceback" in done.stderr) == (2, True, False)
    assert not (tmp_path / "x.csv").exists()


def test_names_of_formats_and_systems_have_their_english():
    tables = tomllib.loads((ROOT / "ui" / "messages.toml").read_text(encoding="utf-8"))
    assert {one.title for one in FORMATS.values()} | set(CHOICES.values()) <= set(tables["exports"])
