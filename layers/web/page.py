"""The page of the map, which folium writes. The only module that imports it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import folium
from branca.element import MacroElement
from folium.template import Template
from jinja2.utils import htmlsafe_json_dumps

CENTRE = (30.2, 103.0)  # lat, lon
ZOOM: dict[str, Any] = {
    "zoom_start": 6.5,
    "zoom_snap": 0.25,
    "zoom_delta": 0.5,
    "wheel_px_per_zoom_level": 90,
    "min_zoom": 5,
    "max_zoom": 13,
}


class AtlasLayer(MacroElement):
    """All features, fetched once. The page never changes, so the map is never rebuilt."""

    _template = Template("""
        {% macro script(this, kwargs) %}
        window.atlas.start({{ this._parent.get_name() }}, OPTIONS);
        {% endmacro %}
    """)


def page(asked: Sequence[str], given: dict[str, Any]) -> bytes:
    """Return the page as HTML: `asked` are the names of its script, styles, features and base, `given` what the script is given."""
    script, styles, *data = asked
    canvas = folium.Map(CENTRE, tiles=None, prefer_canvas=True, **ZOOM)
    canvas._id = "atlas"  # by chance otherwise: one map has one page
    canvas.default_js = [("script", script)]
    canvas.default_css = [("styles", styles)]
    AtlasLayer().add_to(canvas)  # type: ignore[no-untyped-call]
    head = "".join(f'    <link rel="preload" href="{one}" as="fetch" crossorigin />\n' for one in data)
    html: str = canvas.get_root().render().replace("</head>", f"{head}</head>", 1)
    # Not by folium, which would read the words as a template.
    return html.replace("OPTIONS", htmlsafe_json_dumps(given), 1).encode()
