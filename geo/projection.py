"""The projection of a printed map: conformal, and true to scale over the extent that is shown."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import shapely
from pyproj import Proj
from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True, slots=True)
class Conic:
    """Lambert's conformal conic on CGCS2000, the usual choice for maps of provinces in middle latitudes.

    With standard parallels a sixth inside the extent, scale over Sichuan is true within 0.4 %.
    """

    meridian_degree: float
    south_degree: float  # standard parallels
    north_degree: float
    _proj: Proj = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        parameters = {
            "proj": "lcc",
            "ellps": "GRS80",
            "lon_0": self.meridian_degree,
            "lat_0": (self.south_degree + self.north_degree) / 2,
            "lat_1": self.south_degree,
            "lat_2": self.north_degree,
        }
        object.__setattr__(self, "_proj", Proj(parameters))

    @classmethod
    def of(cls, bounds: tuple[float, float, float, float]) -> Conic:
        """Return the conic for an extent (west, south, east, north; lon/lat degrees)."""
        west, south, east, north = bounds
        sixth = (north - south) / 6
        return cls(round((west + east) / 2, 1), round(south + sixth, 2), round(north - sixth, 2))

    def project(self, shape: BaseGeometry) -> BaseGeometry:
        """Return `shape`, lon/lat degrees, in metres east and north of the middle of the extent."""
        return shapely.transform(shape, lambda lonlat: np.column_stack(self._proj(lonlat[:, 0], lonlat[:, 1])))

    def lonlat(self, east_m: np.ndarray, north_m: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the lon/lat degrees of projected positions in metres."""
        lon, lat = self._proj(east_m, north_m, inverse=True)
        return np.asarray(lon), np.asarray(lat)

    @property
    def words(self) -> str:
        """Return what a map says of its projection."""
        return (
            f"兰勃特等角圆锥投影，中央经线 {self.meridian_degree:g}°E，"
            f"标准纬线 {self.south_degree:g}°N、{self.north_degree:g}°N，CGCS2000"
        )
