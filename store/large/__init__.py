"""Features by the million, on PostGIS: loaded from exported GeoJSON, asked as the atlas is."""

from store.large.asked import Where, where
from store.large.loading import load, load_files
from store.large.standing import Large, counts, lines, matched, opened, page, standing, tile

__all__ = [
    "Large",
    "Where",
    "counts",
    "lines",
    "load",
    "load_files",
    "matched",
    "opened",
    "page",
    "standing",
    "tile",
    "where",
]
