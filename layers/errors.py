"""The one base error of the package."""


class LayerError(Exception):
    """A selection, a layer or an export cannot be made; the message names the way out."""
