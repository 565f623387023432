"""Who may do what in a workspace that several people share: readers read, reviewers decide, publishers publish.

Alone on a machine nobody is asked. `PLAN_ATLAS_ROLES` names a TOML file with `reviewers` and `publishers`, lists of
names as the login or the proxy gives them; whoever stands in neither reads. What a name may do is asked where
decisions are written, so that no page and no command goes round it.
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

from store.errors import StoreError

ROLES = "PLAN_ATLAS_ROLES"
PUBLISH = "publish"


class RoleError(StoreError):
    """Who asks may not do this."""


def shared() -> bool:
    """Tell whether the workspace asks who is there."""
    return bool(os.environ.get(ROLES))


def permit(by: str, verb: str) -> None:
    """Raise RoleError where `by` may not do `verb`, StoreError where the file of roles cannot be read."""
    if not shared():
        return
    named = _named()
    if by in named["publishers"] or (by in named["reviewers"] and verb != PUBLISH):
        return
    if by in named["reviewers"]:
        raise RoleError(f"“{by}”可以审核，不能发布 (not a publisher)；请由发布人操作。")
    raise RoleError(f"“{by}”只能阅读 (not a reviewer)；请登录，或请管理员在角色表中添加。")


def _named() -> dict[str, frozenset[str]]:
    path = Path(os.environ[ROLES])
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise StoreError(f"角色表“{path.name}”无法读取 (roles cannot be read)：{error}") from error
    found = {role: told.get(role, []) for role in ("reviewers", "publishers")}
    if set(told) - set(found) or not all(isinstance(name, str) for names in found.values() for name in names):
        raise StoreError(f"角色表“{path.name}”只应有 reviewers 与 publishers 两个名单 (roles are two lists of names)。")
    return {role: frozenset(names) for role, names in found.items()}
