"""What holds for all tests."""

import os
import tempfile
from pathlib import Path

from hypothesis import settings

settings.register_profile("any machine", deadline=None)  # no test is about time
settings.load_profile("any machine")
# The workspace of who runs the tests is none of their business; this one is never made.
os.environ["PLAN_ATLAS_DB"] = f"sqlite:///{Path(tempfile.gettempdir()) / f'plan-atlas-tests-{os.getpid()}' / 'none.db'}"
