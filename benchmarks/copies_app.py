"""The app over a copied atlas, run by `benchmarks.app_at`."""

from __future__ import annotations

import os

from benchmarks.app_at import NUMBER
from benchmarks.copies import copied
from layers.atlas import bundled
from ui.navigation import run

run(copied(bundled(), int(os.environ[NUMBER])))
