#!/bin/sh
# Guess:    when what a map shows changes, st_folium mounts the map anew, whatever the change is.
# Happens:  it takes `_` with the letters and digits behind it for a name that folium made up, everywhere in the
#           script of the map, data included. Two maps that differ only behind an underscore (plan_2021 and
#           plan_2035, f_00123 and f_00124) get one and the same key, and the browser goes on showing the first.
# Source:   st_folium's documentation of `key`: a component whose arguments change is mounted again.
# We:       ids have hyphens only (f-00123), and features reach the browser as data beside the script.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 2' INT TERM
cd "$folder"
python3 -m venv env
env/bin/pip install -q streamlit-folium==0.27.4 streamlit==1.67.0 folium==0.20.0 || exit 2

env/bin/python - <<'PY'
import logging, sys
logging.disable(logging.CRITICAL)  # Streamlit says that no page is open
import folium, streamlit_folium

streamlit_folium._component_func = lambda **args: args  # what st_folium would send to the browser


def sent(name):
    canvas = folium.Map([26.6, 101.7], tiles=None)
    folium.Marker([26.6, 101.7], tooltip=name).add_to(canvas)
    return streamlit_folium.st_folium(canvas)


print("version:  streamlit-folium 0.27.4, folium 0.20.0")
print("expected: two maps with different tooltips have different keys")
same = []
for one, other in (("plan-2021", "plan-2035"), ("plan_2021", "plan_2035"), ("f-00123", "f-00124"), ("f_00123", "f_00124")):
    first, second = sent(one), sent(other)
    assert one in first["script"] and other in second["script"]
    same.append(first["key"] == second["key"])
    print(f"seen:     {one} and {other}: {'the same key' if same[-1] else 'different keys'}")
sys.exit(same != [False, True, False, True])
PY
