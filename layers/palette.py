"""The colours of layers and zones, the same on the map, in the panel and in styled exports."""

COLOURS = {
    "zone": "#6b6b83",
    "corridor": "#b07d3c",
    "transport": "#c8324a",
    "park": "#2f6fbe",
    "hub": "#7b3fa0",
    "energy": "#c08000",
    "water": "#0f95b8",
    "ecology": "#2f8f4e",
    "tourism": "#d9528f",
    "public_service": "#4f55c4",
    "science": "#00796b",
    "agriculture": "#7f961a",
    "industry": "#80513f",
    "open_platform": "#e06a2b",
    "digital": "#45688f",
    "city": "#30343b",
}
# Zones: apart by 30 (CIE 1976) for every kind of sight, and 3 : 1 from the ground; held by tests/test_palette.py.
ZONE_COLOURS = {
    "chengdu-plain": "#0f6cd6",
    "southern": "#da6f1a",
    "northeastern": "#014d44",
    "panxi": "#c969af",
    "northwestern": "#624300",
    "": "#6b7280",
}
