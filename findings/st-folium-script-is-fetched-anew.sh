#!/bin/sh
# Guess:    the script of a map component, whose name is a hash of its content, is kept by the browser: the server calls it public.
# Happens:  it is sent with "Cache-Control: public" and nothing that says how long, when it was changed or what version it is
#           (no max-age, ETag, Last-Modified): a browser has nothing to go by and fetches it whole at each visit.
# Source:   RFC 9111, 4.2: without an explicit or a heuristic lifetime an answer is stale at once; 4.3.1: without a validator
#           it cannot be asked whether it still holds.
# We:       the frame's files are served by ourselves, kept for good (serve/packed.py).
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 2' INT TERM
cd "$folder"
python3 -m venv env
env/bin/pip install -q streamlit==1.67.0 streamlit-folium==0.27.4 || exit 2

echo 'import streamlit; streamlit.write("map")' > page.py
cat > look.py <<'PY'
import glob, os, socket, threading, time, urllib.request
from importlib.metadata import version

from streamlit.web import bootstrap


def ask(path):
    for _ in range(100):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}") as answer:
                return answer.headers, len(answer.read())
        except OSError:  # not up yet
            time.sleep(0.2)
    os._exit(2)


def look():
    ask("_stcore/health")
    import streamlit_folium
    from streamlit.runtime import get_instance

    get_instance().component_registry.register_component(streamlit_folium._component_func)  # as a page with a map does
    (script,) = glob.glob(os.path.dirname(streamlit_folium.__file__) + "/frontend/build/static/js/main.*.js")
    headers, size = ask(f"component/streamlit_folium.st_folium/static/js/{os.path.basename(script)}")
    kept, told = headers["Cache-Control"], {name: headers[name] for name in ("ETag", "Last-Modified", "Expires")}
    print(f"version:  streamlit {version('streamlit')}, streamlit-folium {version('streamlit-folium')}")
    print("expected: max-age, or an ETag or a date to ask again by")
    print(f"seen:     {os.path.basename(script)}, {size} bytes: Cache-Control {kept}, {told}", flush=True)
    os._exit(0 if kept == "public" and not any(told.values()) else 1)


with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0))
    port = probe.getsockname()[1]
threading.Thread(target=look, daemon=True).start()
options = {"server.port": port, "server.address": "127.0.0.1", "server.headless": True, "browser.gatherUsageStats": False}
bootstrap.load_config_options(options)
bootstrap.run("page.py", False, [], {})
PY
env/bin/python look.py 2>/dev/null
