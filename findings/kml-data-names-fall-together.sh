#!/bin/sh
# Guess:    GDAL reads the <Data name="…"> of a KML placemark as fields of that name, whatever the script.
# Happens:  every byte of a name that is not ASCII becomes an underscore, so that all Chinese names of the same
#           length are one field: 类别 overwrites 状态, the first value is gone, and no warning is given. The same
#           names as <SimpleData> under a <Schema> come through.
# Source:   OGC 07-147r2 (KML 2.2), kml:Data: its name is any string that identifies it; GDAL, LIBKML driver.
# We:       the KML export names its Data in ASCII, with the Chinese head as <displayName>.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 2' INT TERM
cd "$folder"
python3 -m venv env
env/bin/pip install -q pyogrio==0.13.0 geopandas==1.2.0 || exit 2

env/bin/python - <<'PY'
import sys, warnings
import pyogrio

warnings.simplefilter("error")
KML = """<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>{}<Placemark>
<name>攀枝花至盐源高速公路</name><ExtendedData>{}</ExtendedData>
<Point><coordinates>101.7,26.6</coordinates></Point></Placemark></Document></kml>"""
PLAIN = '<Data name="状态"><value>开工</value></Data><Data name="类别"><value>高速公路</value></Data>'
SCHEMA = '<Schema name="s" id="s"><SimpleField type="string" name="状态"/><SimpleField type="string" name="类别"/></Schema>'
TYPED = ('<SchemaData schemaUrl="#s"><SimpleData name="状态">开工</SimpleData>'
         '<SimpleData name="类别">高速公路</SimpleData></SchemaData>')


def fields(schema, data):
    with open("plan.kml", "w", encoding="utf-8") as file:
        file.write(KML.format(schema, data))
    row = pyogrio.read_dataframe("plan.kml").iloc[0]
    return {key: value for key, value in row.items() if value in ("开工", "高速公路")}


plain, typed = fields("", PLAIN), fields(SCHEMA, TYPED)
print(f"version:  pyogrio {pyogrio.__version__}, GDAL {pyogrio.__gdal_version_string__}")
print("expected: {'状态': '开工', '类别': '高速公路'}")
print(f"seen:     {plain} from <Data>, {typed} from <SimpleData>")
sys.exit(not (plain == {"______": "高速公路"} and typed == {"状态": "开工", "类别": "高速公路"}))
PY
