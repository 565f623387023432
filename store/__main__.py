"""`python -m store workspace …`: what an office keeps, as plain files and back, proven and backed up."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from layers.atlas import bundled
from plans.errors import PlanError
from store import StoreError
from store.files import backup, export, import_, restore
from store.where import default_url
from store.workspace import Workspace

ACTS = {
    "list": "the plans that are kept, and how far they are",
    "log": "the audit log: a JSON line a decision, who did what when; nothing of what was decided on",
    "add": "keep plans and let the reader go through them",
    "publish": "publish a plan: it stands beside the nine documents",
    "export": "write the workspace as plain files (CSV, TOML, the sources) into a folder",
    "import": "fill an empty workspace from such a folder",
    "backup": "write the workspace as one archive with checksums",
    "restore": "fill an empty workspace from a backup",
    "verify": "prove every quote against its source and every state against the log",
}


def main(argv: list[str] | None = None) -> int:
    """Run one act; 1 when it cannot be done or something does not hold."""
    parser = argparse.ArgumentParser(prog="plan-atlas workspace", description=__doc__)
    parser.add_argument("command", choices=["workspace"], help=argparse.SUPPRESS)
    parser.add_argument("act", choices=ACTS, help="; ".join(f"{name}: {words}" for name, words in ACTS.items()))
    parser.add_argument("paths", nargs="*", metavar="PATH", help="a folder, an archive, plans, or the slug of a plan")
    parser.add_argument(
        "--db", default="", help="address of the database; default: PLAN_ATLAS_DB, else a file of the user"
    )
    parser.add_argument("--replace", action="store_true", help="import, restore: let go of what the workspace holds")
    args = parser.parse_args(argv)
    needed = {"list": 0, "log": 0, "verify": 0}.get(args.act, 1)
    if (len(args.paths) < needed) or (needed == 0 and args.paths) or (len(args.paths) > 1 and args.act != "add"):
        parser.error(f"{args.act}: {needed} PATH")
    try:
        workspace = Workspace.open(args.db or default_url())
        return _run(workspace, args.act, args.paths, args.replace)
    except (StoreError, PlanError) as error:
        print(error, file=sys.stderr)
        return 1


def _run(workspace: Workspace, act: str, paths: list[str], replacing: bool) -> int:
    if act == "list":
        _list(workspace)
    elif act == "log":
        for one in workspace.state().log:
            print(one.line())
    elif act == "add":
        for path in paths:
            _add(workspace, Path(path))
    elif act == "publish":
        made = workspace.publish(paths[0], bundled())
        print(
            f"已发布 {paths[0]}（第 {made.number} 号决定），图集版本 {workspace.atlas(bundled()).version} (published)"
        )
    elif act == "verify":
        return _verify(workspace)
    elif act in ("export", "backup"):
        (export if act == "export" else backup)(workspace, Path(paths[0]))
        print(f"已写入 {paths[0]} (written)")
    else:
        (import_ if act == "import" else restore)(workspace, Path(paths[0]), replacing=replacing)
        print(f"已读入 {paths[0]} (read)")
    return 0


def _list(workspace: Workspace) -> None:
    state = workspace.state()
    for slug, one in workspace.documents().items():
        found = state.of_document(slug)
        stage = "已发布 published" if slug in state.published else "审核中 in review" if one.read else "未读完 reading"
        print(f"{slug}  {state.documents[slug].title}  {len(found)} 条，未看 {state.unseen(slug)}  {stage}")


def _add(workspace: Workspace, path: Path) -> None:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise StoreError(f"无法读取“{path}”：{error.strerror} (cannot read)。") from None
    slug = workspace.add(path.name, content)
    print(f"{slug}  {path.name}  {workspace.read(slug)} 条提议 (proposals)")


def _verify(workspace: Workspace) -> int:
    found = workspace.verify()
    print(
        "\n".join(found)
        or f"全部属实：{len(workspace.documents())} 份规划，{len(workspace.state().log)} 项决定 (all proven)"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
