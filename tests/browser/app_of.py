"""`python -m tests.browser.app_of SCRIPT --port=PORT`: a script, served as the app is."""

from __future__ import annotations

import argparse
from pathlib import Path

import uvicorn

from layers.atlas import bundled
from serve.application import application
from ui.trouble import tell

if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("script", type=Path)
    parser.add_argument("--port", type=int)
    asked = parser.parse_args()
    app = application(tell, current=bundled, maps=lambda _: {}, script=asked.script)
    uvicorn.run(app, host="127.0.0.1", port=asked.port, log_level="error")
