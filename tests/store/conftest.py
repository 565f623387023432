"""Both databases: a file, and a PostgreSQL server of the tests' own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.workspace import Workspace
from tests.store.server import empty_database, postgres_server, server_programs

PLAN = """攀枝花市“十五五”综合交通规划
第一章 总体要求
第一节 建设目标
到2030年，基本建成内畅外联的综合交通体系。
第二章 重点任务
第一节 公路
建成攀枝花至盐源高速公路，开工建设米易至会理高速公路，推进盐边县现代农业园区建设。
第二节 机场
开工建设米易机场，研究论证盐边机场。
"""


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a server on a free port; its databases are made by the tests."""
    programs = server_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed: `make test` installs it (apt-get install postgresql)")
    with postgres_server(programs) as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'workspace.db'}"
    return empty_database(request.getfixturevalue("postgres"))


@pytest.fixture
def workspace(url: str) -> Iterator[Workspace]:
    """An empty workspace."""
    opened = Workspace.open(url)
    yield opened
    opened.close()


@pytest.fixture
def plan(workspace: Workspace) -> str:
    """The slug of a plan that is kept and read."""
    slug = workspace.add("攀枝花.txt", PLAN.encode(), by="甲")
    workspace.read(slug)
    return slug
