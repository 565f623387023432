"""OGC API - Features over an atlas: the protocol is pygeoapi's, the features and the filters are ours."""

from serve.ogc.routes import ogc

__all__ = ["ogc"]
