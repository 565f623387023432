"""`python -m benchmarks.app_at NUMBER [streamlit options]`: the app on an atlas of NUMBER features."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from streamlit.web import cli

from benchmarks.copies import copied
from layers.atlas import bundled
from layers.web.map import prepare

NUMBER = "PLAN_ATLAS_BENCH_FEATURES"

if __name__ == "__main__":
    here = Path(__file__).parent
    os.environ[NUMBER] = sys.argv[1]
    prepare(copied(bundled(), int(sys.argv[1])), here / "static")  # Streamlit serves the folder beside the script
    sys.path.insert(0, str(here.parent))
    sys.argv = ["streamlit", "run", str(here / "copies_app.py"), *sys.argv[2:]]
    sys.exit(cli.main())
