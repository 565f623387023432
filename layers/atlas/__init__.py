"""The atlas: documents, what they name, where it is; one immutable value with a version."""

from layers.atlas.atlas import Atlas, bundled

__all__ = ["Atlas", "bundled"]
