"""What a reviewer draws on the map, as a record of where a thing is. Nothing is told finer than it was drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from geo.districts import county_at
from geo.gazetteer import place
from store.errors import StoreError

LonLat = tuple[float, float]
LEAST_KM = 1.5  # the map below is generalised, and a hand is not surer than it
EXACT_KM, APPROXIMATE_KM = 1.0, 10.0  # what the classes of precision promise
MOST_VERTICES = 80  # of a line that is taken over
TOLERANCES_DEGREE = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1)
KM_A_DEGREE = 111.3
_NOWHERE = {"lon": "", "lat": "", "precision": "", "error_km": "", "source": "", "via": ""}


def position(row: Mapping[str, str], at: LonLat, error_km: float, source: str) -> dict[str, str]:
    """Return the record of a position (lon/lat degrees, WGS84) known to `error_km`; StoreError where that is too coarse.

    Its places stay where it lies in one of them; else it is placed in the county that it lies in.
    """
    if error_km > APPROXIMATE_KM:
        raise StoreError(
            f"误差 {error_km:.0f} 公里的位置不作点位 (coarser than {APPROXIMATE_KM:.0f} km)；请放大地图再标，或只选所在县。"
        )
    county = county_at(*at)
    held = {code for one in row["places"].split() for code in (place(one).adcode,)}
    above = {county.adcode, county.parent, county.prefecture} if county else set()
    places = row["places"] if county is None or held & above else county.adcode
    return {
        **row, **_NOWHERE, "places": places, "basis": "known", "lon": f"{at[0]:.5f}", "lat": f"{at[1]:.5f}",
        "precision": "exact" if error_km <= EXACT_KM else "approximate", "error_km": f"{max(error_km, 0.1):.1f}", "source": source,
    }  # fmt: skip


def course(row: Mapping[str, str], vertices: Sequence[LonLat], error_km: float, source: str) -> dict[str, str]:
    """Return the record of a line through drawn vertices, which are off by up to `error_km`; StoreError for fewer than two."""
    return _along(row, [vertices], error_km, source)


def same_course(row: Mapping[str, str], line: BaseGeometry, error_km: float, source: str) -> dict[str, str]:
    """Return the record of the line of something else, simplified; its error holds what that leaves out."""
    for tolerance in TOLERANCES_DEGREE:
        simple = shapely.simplify(shapely.get_parts(line), tolerance, preserve_topology=False)  # branches may cross
        if shapely.get_num_coordinates(simple).sum() <= MOST_VERTICES:
            break
    parts = [[(lon, lat) for lon, lat in part.coords] for part in simple]
    return _along(row, parts, error_km + tolerance * KM_A_DEGREE, source)


def _along(row: Mapping[str, str], parts: Sequence[Sequence[LonLat]], error_km: float, source: str) -> dict[str, str]:
    written = [[f"@{lon:.4f},{lat:.4f}" for lon, lat in part] for part in parts]
    courses = [[one for i, one in enumerate(part) if not i or one != part[i - 1]] for part in written]
    if any(len(part) < 2 for part in courses):
        raise StoreError("线须有两个以上的点 (a line needs two points)。")
    via = "|".join(";".join(part) for part in courses)
    return {**row, **_NOWHERE, "basis": "known", "via": via, "error_km": f"{max(error_km, 0.1):.1f}", "source": source}


def county(row: Mapping[str, str], at: LonLat) -> dict[str, str]:
    """Return the record of a thing that lies somewhere in the county at a position; StoreError where none is held."""
    found = county_at(*at)
    if found is None:
        raise StoreError("此处不在四川、重庆的县界之内 (no county here)；省外的县请在“修改—位置”中填名称。")
    return in_places(row, [found.adcode])


def in_places(row: Mapping[str, str], codes: Sequence[str]) -> dict[str, str]:
    """Return the record of a thing that lies somewhere in the districts of `codes`."""
    return {**row, **_NOWHERE, "basis": "known", "places": " ".join(codes)}
