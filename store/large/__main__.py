"""`python -m store.large large load FILE…`: features by the million, from exported GeoJSON onto PostGIS."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from store.errors import StoreError
from store.large.loading import load_files
from store.large.standing import opened, standing
from store.where import default_url


def main(argv: list[str] | None = None) -> int:
    """Load files, or tell what stands; 1 when that cannot be."""
    parser = argparse.ArgumentParser(prog="plan-atlas large", description=__doc__)
    parser.add_argument("command", choices=["large"], help=argparse.SUPPRESS)
    parser.add_argument("act", choices=["load", "list"], help="load: files in place of what stands; list: what stands")
    parser.add_argument("paths", nargs="*", type=Path, metavar="FILE", help="GeoJSON as `plan-atlas export` writes it")
    parser.add_argument("--db", default="", help="address of the database; default: PLAN_ATLAS_DB")
    parser.add_argument("--scheduler", default="", help="address of a Dask scheduler whose workers copy the parts")
    args = parser.parse_args(argv)
    if (args.act == "load") != bool(args.paths):
        parser.error(f"{args.act}: {'FILE…' if args.act == 'load' else 'no FILE'}")
    url = args.db or default_url()
    try:
        if args.act == "load":
            load_files(url, args.paths, scheduler=args.scheduler)
        large = standing(opened(url))
    except StoreError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{large.number:,} 个要素，版本 {large.version} (loaded)" if large else "没有装入 (nothing loaded)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
