#!/bin/sh
# Guess:    Chinese layers and labels of a DXF are read by GDAL as CAD shows them.
# Happens:  from AutoCAD 2007 (AC1021) on a DXF is UTF-8, whatever its $DWGCODEPAGE says, and a Chinese AutoCAD goes
#           on saying ANSI_936 there. GDAL decodes by the code page all the same: 规划道路 becomes 瑙勫垝閬撹矾, and a
#           name may lose its end. pyogrio's encoding="UTF-8" changes nothing, GDAL's option DXF_ENCODING does. The
#           same drawing saved for 2004 (AC1018), in GBK under the same code page, is read right.
# Source:   AutoCAD's DXF reference: files are UTF-8 since AC1021; ezdxf's documentation, DXF file encoding;
#           pyogrio, read_dataframe: `encoding` is used for reading string values.
# We:       a rule for reading DXF: DXF_ENCODING=UTF-8 where the head says AC1021 or later.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 2' INT TERM
cd "$folder"
python3 -m venv env
env/bin/pip install -q pyogrio==0.13.0 geopandas==1.2.0 ezdxf==1.4.5 || exit 2

env/bin/python - <<'PY'
import pathlib, sys
import ezdxf, pyogrio


def drawing(version, encoding):
    """A line on the layer 规划道路, with the code page that a Chinese AutoCAD writes."""
    document = ezdxf.new(version)
    document.encoding = encoding
    document.layers.add("规划道路")
    document.modelspace().add_line((0, 0), (100, 0), dxfattribs={"layer": "规划道路"})
    document.saveas(f"{version}.dxf")
    path = pathlib.Path(f"{version}.dxf")
    path.write_bytes(path.read_bytes().replace(b"ANSI_1252", b"ANSI_936"))
    assert "规划道路".encode(encoding) in path.read_bytes() and b"ANSI_936" in path.read_bytes()
    return path


def layer(path, **options):
    return pyogrio.read_dataframe(path, **options)["Layer"][0]


new, old = drawing("R2018", "utf-8"), drawing("R2004", "gbk")
plain, asked, earlier = layer(new), layer(new, encoding="UTF-8"), layer(old)
pyogrio.set_gdal_config_options({"DXF_ENCODING": "UTF-8"})
option = layer(new)
print(f"version:  pyogrio {pyogrio.__version__}, GDAL {pyogrio.__gdal_version_string__}, ezdxf {ezdxf.__version__}")
print(f"expected: 规划道路 (ezdxf reads {ezdxf.readfile(new).modelspace()[0].dxf.layer})")
print(f"seen:     {plain}; with encoding= {asked}; with DXF_ENCODING {option}; saved for 2004 {earlier}")
sys.exit(not (plain == asked == "瑙勫垝閬撹矾" and option == earlier == "规划道路"))
PY
