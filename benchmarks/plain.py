"""The plain way, for comparison: folium layers built anew on each filter and shown by st_folium.

The same features, geometry and base map as the app, the same Leaflet files, no tiles.
"""

from __future__ import annotations

import json

import folium
import streamlit as st
from streamlit_folium import st_folium

from layers.selection import Selection, select
from layers.table import table
from layers.webmap import CENTRE, COLOURS, ZOOM, base_map, features_table, prepare
from plans.vocabulary import keys, label

st.set_page_config(layout="wide")
SERVED = prepare()


@st.cache_data
def base() -> dict[str, object]:
    """Return the base map, as the app draws it."""
    return base_map()


def plain_map(zones: tuple[str, ...]) -> folium.Map:
    """Build the map of the chosen zones from nothing, a folium layer a feature."""
    canvas = folium.Map(CENTRE, tiles=None, prefer_canvas=True, **ZOOM)
    canvas.default_js = [("leaflet", SERVED["leaflet_js"])]
    canvas.default_css = [("leaflet_css", SERVED["leaflet_css"])]
    for part in ("provinces", "sichuan", "rivers", "counties", "prefectures", "zones"):
        folium.GeoJson(base()[part], style_function=lambda _: {"weight": 1, "color": "#b5ae9e"}).add_to(canvas)
    shown = select(table(), Selection(zone=zones))
    group = folium.FeatureGroup().add_to(canvas)
    for feature in features_table(shown)["features"]:
        colour = COLOURS[feature["properties"]["layer"]]
        shape = feature["geometry"]
        tip = feature["properties"]["name"]
        if shape is None:
            continue
        if shape["type"] == "Point":
            lon, lat = shape["coordinates"]
            folium.CircleMarker((lat, lon), radius=4, color=colour, tooltip=tip).add_to(group)
        else:
            folium.GeoJson(json.dumps(feature), style_function=lambda _, c=colour: {"color": c}, tooltip=tip).add_to(
                group
            )
    return canvas


chosen = st.sidebar.multiselect("经济区", keys("zone"), format_func=lambda key: label("zone", key))
st_folium(
    plain_map(tuple(chosen)),
    key="map",
    height=680,
    use_container_width=True,
    returned_objects=["last_active_drawing"],
)
