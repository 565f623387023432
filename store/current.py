"""The workspace of this machine, and the atlas with what is published in it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from layers.atlas import Atlas
from store.errors import StoreError
from store.where import default_url, exists

if TYPE_CHECKING:
    from store.workspace import Workspace


@cache
def _opened(url: str) -> Workspace:
    from store.workspace import Workspace  # noqa: PLC0415 most machines have none: the map need not wait for its database

    return Workspace.open(url)


def workspace() -> Workspace:
    """Return the workspace of this machine, opened once a process; StoreError tells why it cannot be."""
    return _opened(default_url())


def standing(base: Atlas) -> tuple[Atlas, str]:
    """Return the atlas of `base` and all that is published, and what is wrong with the workspace.

    Where something is, the atlas is `base`; "" when all is well. No workspace is made by asking.
    """
    try:
        return (workspace().atlas(base) if exists(default_url()) else base), ""
    except StoreError as error:
        return base, str(error)


def judged() -> Mapping[tuple[str, str], str]:
    """Return what was said of rows of lists, by name and place; nothing where there is no workspace."""
    return workspace().state().matches if exists(default_url()) else {}


def versions() -> Mapping[str, int]:
    """Return how often was decided about each subject; nothing where there is no workspace."""
    return workspace().state().versions if exists(default_url()) else {}
