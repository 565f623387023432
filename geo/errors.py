"""The one base error of the package."""


class GeoError(Exception):
    """A place, position or geometry is not as it must be; the message names the way out."""
