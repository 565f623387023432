"""`python -m benchmarks.app_at NUMBER [streamlit options]`: the app on an atlas of NUMBER features."""

from __future__ import annotations

import sys

from streamlit.web import cli

from benchmarks.copies import use
from layers.atlas.cache import ROOT
from layers.web.map import served

if __name__ == "__main__":
    use(int(sys.argv[1]))
    served()
    sys.argv = ["streamlit", "run", str(ROOT / "app.py"), *sys.argv[2:]]
    sys.exit(cli.main())
