"""`python -m benchmarks.app_at NUMBER [streamlit options]`: the app on an atlas of NUMBER features."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from streamlit import runtime
from streamlit.web import cli

from benchmarks.copies import copied
from layers.atlas import bundled
from layers.atlas.cache import ROOT
from layers.web.map import prepare
from ui.navigation import run

NUMBER = "PLAN_ATLAS_BENCH_FEATURES"


def app() -> None:
    """The app as it is, over the copied atlas."""
    run(copied(bundled(), int(os.environ[NUMBER])))


if __name__ == "__main__":
    if runtime.exists():
        app()
    else:
        os.environ[NUMBER] = sys.argv[1]
        prepare(copied(bundled(), int(sys.argv[1])), Path(__file__).parent / "static")  # served beside the script
        sys.path.insert(0, str(ROOT))
        sys.argv = ["streamlit", "run", __file__, *sys.argv[2:]]
        sys.exit(cli.main())
