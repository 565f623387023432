"""Where the workspace is. A page asks this at every run, and the database is not loaded for it."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_data_path

VARIABLE = "PLAN_ATLAS_DB"


def default_url() -> str:
    """Return where the workspace is: PLAN_ATLAS_DB, else a file in the user's data folder."""
    return os.environ.get(VARIABLE) or f"sqlite:///{user_data_path('plan-atlas') / 'workspace.db'}"


def exists(url: str) -> bool:
    """Tell whether there may be a workspace at `url`: a file that is not there holds none."""
    scheme, _, rest = url.partition("://")
    return not scheme.startswith("sqlite") or Path(rest.partition("?")[0].removeprefix("/")).exists()
