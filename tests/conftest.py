"""What holds for all tests."""

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("any machine", deadline=None)  # no test is about time
settings.load_profile("any machine")
# The workspace of who runs the tests is none of their business; this one is never made.
os.environ["PLAN_ATLAS_DB"] = f"sqlite:///{Path(tempfile.gettempdir()) / f'plan-atlas-tests-{os.getpid()}' / 'none.db'}"
MAIN = sys.modules["__main__"]


@pytest.fixture(autouse=True)
def _main_module() -> Iterator[None]:
    """A page that a test runs takes the place of the main module; a process that is started afterwards would run it again."""
    yield
    sys.modules["__main__"] = MAIN
