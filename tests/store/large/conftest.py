"""The atlas of the nine documents on PostGIS, loaded once for all tests of it."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from layers.atlas import bundled
from layers.export import geojson
from store.large import load_files, opened, standing
from tests.store.server import empty_database

ATLAS = bundled()


@pytest.fixture(scope="session")
def postgis(postgres: str) -> str:
    """The address of an empty database that can hold geometries."""
    url = empty_database(postgres)
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        known = connection.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'postgis'").fetchone()
    if not known:
        pytest.skip("PostGIS is not installed: `make test` installs it (apt-get install postgresql-postgis)")
    return url


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The atlas as `plan-atlas export` writes it."""
    path = tmp_path_factory.mktemp("large") / "nine.geojson"
    path.write_text(geojson(ATLAS.table), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def large(postgis: str, exported: Path):
    """What stands after loading."""
    load_files(postgis, [exported])
    held = standing(opened(postgis))
    yield held
    held.engine.dispose()
