#!/bin/sh
# Guess:    a plugin lists its scripts in default_js and its styles in default_css, each with a name; two lists,
#           so a script and a style may both be called after the library that they belong to.
# Happens:  both are put into the head of the page under that name, the styles last: the script is not in the page,
#           nothing is said, and the map stays empty in the browser. Offline pages are where one names such files.
# Source:   folium's user guide, "Extending folium": default_js and default_css are lists of (name, url).
# We:       the page of the map has one script and one style under names of their own; tests/ui/test_map_page.py
#           holds that it asks for all its files.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 2' INT TERM
cd "$folder"
python3 -m venv env
env/bin/pip install -q folium==0.20.0 branca==0.8.2 || exit 2

env/bin/python - <<'PY'
import sys

import branca
import folium
from branca.element import MacroElement
from folium.elements import JSCSSMixin


class Plan(JSCSSMixin, MacroElement):
    default_js = [("plan", "plan.js")]


class Styled(Plan):
    default_css = [("plan", "plan.css")]


class Named(Plan):
    default_css = [("plan_css", "plan.css")]


def asked(plugin):
    canvas = folium.Map([30.6, 104.1], tiles=None)
    plugin.add_to(canvas)
    page = canvas.get_root().render()
    return [name for name in ("plan.js", "plan.css") if f'"{name}"' in page]


print("version:  folium", folium.__version__, "branca", branca.__version__)
print("expected: ['plan.js'], then ['plan.js', 'plan.css'] twice")
seen = asked(Plan()), asked(Styled()), asked(Named())
print("seen:    ", *seen)
sys.exit(seen != (["plan.js"], ["plan.css"], ["plan.js", "plan.css"]))
PY
