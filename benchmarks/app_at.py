"""`python -m benchmarks.app_at NUMBER --port PORT`: the app on an atlas of NUMBER features."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import uvicorn
from streamlit.web import bootstrap

from benchmarks.copies import copied
from layers.atlas import bundled
from serve.application import application
from serve.settings import Settings
from ui.components.map_page import map_pages

NUMBER = "PLAN_ATLAS_BENCH_FEATURES"

if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.app_at", description=__doc__)
    parser.add_argument("number", type=int)
    parser.add_argument("--port", type=int, required=True)
    asked = parser.parse_args()
    os.environ[NUMBER] = str(asked.number)
    atlas, settings = copied(bundled(), asked.number), Settings(port=asked.port)
    bootstrap.load_config_options(settings.streamlit)
    script = Path(__file__).parent / "copies_app.py"
    app = application(lambda _: False, current=lambda: atlas, maps=map_pages, settings=settings, script=script)
    uvicorn.run(app, host=settings.address, port=settings.port, ws="websockets-sansio", log_level="warning")
