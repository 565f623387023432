"""The plain way, for comparison: folium layers built anew on each filter and shown by st_folium.

The same features, geometry and base map as the app, the same Leaflet files, no tiles.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import folium
import geopandas as gpd
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium
from xstatic.pkg import leaflet

from layers.atlas import bundled
from layers.palette import COLOURS
from layers.query.selection import Selection, select
from layers.web.page import CENTRE, ZOOM
from layers.web.payload import base_map, features_table
from plans.vocabulary import keys, label

st.set_page_config(layout="wide")
ATLAS = bundled()
shutil.copytree(leaflet.BASE_DIR, Path(__file__).parent / "static", dirs_exist_ok=True)  # Streamlit serves it
SERVED = "../../app/static"  # as the frame of streamlit-folium sees it


@st.cache_data
def base() -> dict[str, object]:
    """Return the base map, as the app draws it."""
    return base_map()


def drawn(rows: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return what has a place, a row a point: a tooltip of folium fails on several points at once."""
    rows = rows[rows.geometry.notna()]
    several = rows.geom_type == "MultiPoint"
    return pd.concat([rows[~several], rows[several].explode()])


def plain_map(zones: tuple[str, ...]) -> folium.Map:
    """Build the map of the chosen zones from nothing."""
    canvas = folium.Map(CENTRE, tiles=None, prefer_canvas=True, **ZOOM)
    canvas.default_js = [("leaflet", f"{SERVED}/leaflet.js")]
    canvas.default_css = [("leaflet_css", f"{SERVED}/leaflet.css")]
    for part in ("provinces", "sichuan", "rivers", "counties", "prefectures", "zones"):
        folium.GeoJson(base()[part], style_function=lambda _: {"weight": 1, "color": "#b5ae9e"}).add_to(canvas)
    shown = drawn(select(ATLAS, Selection(zone=zones)))
    light = features_table(shown)
    folium.GeoJson(
        {
            "type": "FeatureCollection",
            "features": [
                {"type": "Feature", "properties": one, "geometry": light["geometries"][one["geometry"]]}
                for one in light["features"]
            ],
        },
        marker=folium.CircleMarker(radius=4),
        style_function=lambda feature: {"color": COLOURS[feature["properties"]["layer"]], "weight": 2},
        tooltip=folium.GeoJsonTooltip(["name"]),
    ).add_to(canvas)
    return canvas


chosen = st.sidebar.multiselect("经济区", keys("zone"), format_func=lambda key: label("zone", key))
st_folium(
    plain_map(tuple(chosen)),
    key="map",
    height=680,
    use_container_width=True,
    returned_objects=["last_active_drawing"],
)
