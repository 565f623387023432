"""The page of a peer that comes as a Python package, written beside the features: `python made.py PEER FOLDER PACKAGES`.

It runs on its own, with the packages of PACKAGES behind those of its interpreter.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import geopandas as gpd

CENTRE, ZOOM = (30.2, 103.0), 6
SELECT = "<select id='zone'></select>"


def by_zone(rows: Any) -> dict[str, Any]:
    """Return the rows of each zone, and all of them under ""."""
    names = sorted({zone for zones in rows["zones"] for zone in zones})
    return {"": rows, **{name: rows[rows["zones"].map(lambda zones, name=name: name in zones)] for name in names}}


def leafmap(folder: Path, rows: Any) -> None:
    """A Leaflet page as leafmap's folium side writes it; one zone is what its layer is filled with anew."""
    foliumap, folium = import_module("leafmap.foliumap"), import_module("folium")
    off = dict.fromkeys(("draw_control", "measure_control", "fullscreen_control", "attribution_control", "locate_control", "latlon_control", "search_control", "minimap_control"), False)  # fmt: skip
    canvas = foliumap.Map(location=CENTRE, zoom_start=ZOOM, tiles=None, prefer_canvas=True, height="680px", **off)
    canvas.default_js, canvas.default_css = [("leaflet", "../leaflet.js")], [("leaflet_css", "../leaflet.css")]
    shown = rows.assign(zones=rows["zones"].map(json.dumps))
    canvas.add_gdf(
        shown,
        layer_name="features",
        info_mode=None,
        zoom_to_layer=False,
        marker=folium.CircleMarker(radius=4),
        style_function=lambda one: {"color": one["properties"]["color"], "weight": 2},
    )
    page = canvas.get_root().render()
    key = next(
        key for one, key in ((one, one.get_name()) for one in canvas._children.values()) if key.startswith("geo_json")
    )
    page += f"""{SELECT}<script>
      const all = {shown.to_json()}, layer = {key}, zones = all.features.map((one) => JSON.parse(one.properties.zones));
      for (const zone of ["", ...new Set(zones.flat())]) document.getElementById("zone").add(new Option(zone, zone));
      const tell = (shown) => {{ window.bench = {{ ready: true, shown, waited: 0 }}; }};
      document.getElementById("zone").onchange = ({{ target: {{ value }} }}) => {{
        const features = all.features.filter((_, i) => !value || zones[i].includes(value));
        layer.clearLayers().addData({{ ...all, features }});
        tell(features.length);
      }};
      tell(all.features.length);
    </script>"""
    (folder / "leafmap.html").write_text(local(page), encoding="utf-8")


def pydeck(folder: Path, rows: Any) -> None:
    """A page as pydeck writes it; one zone is the same map described anew."""
    pdk = import_module("pydeck")

    def described(part: Any) -> str:
        """The map of some rows as pydeck hands it to the browser, JSON."""
        layer = pdk.Layer(
            "GeoJsonLayer",
            json.loads(part.to_json()),
            id="features",
            get_line_color="properties.rgb",
            get_fill_color="properties.rgb",
            point_radius_min_pixels=4,
            line_width_min_pixels=2,
            pickable=True,
        )
        view = pdk.ViewState(latitude=CENTRE[0], longitude=CENTRE[1], zoom=5.5)
        return str(pdk.Deck([layer], initial_view_state=view, map_provider=None).to_json())

    numbers = {}
    for name, part in by_zone(rows).items():
        numbers[name] = len(part)
        (folder / f"pydeck-{name}.json").write_text(described(part), encoding="utf-8")
    page = local(import_module("pydeck.io.html").render_json_to_html(described(rows), offline=True))
    page = page.replace("<head>", "<head><script src='drawn.js'></script>", 1)
    page += f"""{SELECT}<script>
      const numbers = {json.dumps(numbers)};
      for (const zone in numbers) document.getElementById("zone").add(new Option(zone, zone));
      document.getElementById("zone").onchange = async ({{ target: {{ value }} }}) => {{
        updateDeck(await fetch(`pydeck-${{value}}.json`).then((answer) => answer.json()), deckInstance);
        asks(numbers[value]);
      }};
      asks(numbers[""]);
    </script>"""
    (folder / "pydeck.html").write_text(page, encoding="utf-8")


def local(page: str) -> str:
    """Leave out what a page would ask other hosts for."""
    return re.sub(r"<(script|link)\b[^>]*(?:src|href)=[\"']?https?://[^>]*>(?:</script>)?", "", page)


def widget(name: str, folder: Path, states: dict[str, Any], key: str, parts: Callable[[Any], list[Any]]) -> None:
    """Write what a notebook would send the browser of a widget, a state by zone; for one, `key` of its `parts` is set."""
    embed_data = import_module("ipywidgets.embed").embed_data
    script = re.sub(r"https://cdn\.jsdelivr\.net/npm/([\w-]+)@\$\{\w+\}", r"node_modules/\1", str(states[""][1]._esm))
    (folder / f"{name}.js").write_text(script, encoding="utf-8")
    (folder / f"{name}.css").write_text(str(getattr(states[""][1], "_css", "")), encoding="utf-8")
    for zone, (number, one) in states.items():
        models = embed_data(views=[one], drop_defaults=False)["manager_state"]["state"]
        for model in models.values():
            model["state"] = {key: value for key, value in model["state"].items() if key not in ("_esm", "_css")}
        content = {"root": one.model_id, "models": models, "number": number, "key": key, "zones": list(states)}
        pairs = zip(parts(states[""][1]), parts(one), strict=True)
        content["copied"] = [(into.model_id, of.model_id) for into, of in pairs]
        (folder / f"{name}-{zone}.json").write_text(json.dumps(content), encoding="utf-8")


def lonboard(folder: Path, rows: Any) -> None:
    """lonboard's widget; one zone are other tables of its layers."""
    states = {}
    for name, part in by_zone(rows).items():
        one = import_module("lonboard").viz(part[["name", "geometry"]])
        one.basemap, one.view_state = None, {"longitude": CENTRE[1], "latitude": CENTRE[0], "zoom": 5.5}
        states[name] = (len(part), one)
    widget("lonboard", folder, states, "table", lambda one: one.layers)


def keplergl(folder: Path, rows: Any) -> None:
    """kepler.gl's widget; one zone is other data."""
    state = {"latitude": CENTRE[0], "longitude": CENTRE[1], "zoom": 5.5}
    config = {"version": "v1", "config": {"mapStyle": {"styleType": "no_map"}, "mapState": state}}
    states = {}
    for name, part in by_zone(rows).items():
        data = {"features": json.loads(part[["name", "color", "geometry"]].to_json())}
        states[name] = (len(part), import_module("keplergl").KeplerGl(data=data, height=680, config=config))
    widget("keplergl", folder, states, "data", lambda one: [one])


PEERS: dict[str, Callable[[Path, Any], None]] = {one.__name__: one for one in (leafmap, pydeck, lonboard, keplergl)}

if __name__ == "__main__":
    peer, folder_, packages = sys.argv[1:]
    sys.path.append(packages)
    features = json.loads((Path(folder_) / "features.geojson").read_text(encoding="utf-8"))["features"]
    PEERS[peer](Path(folder_), gpd.GeoDataFrame.from_features(features, crs="EPSG:4326"))
