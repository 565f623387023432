"""The colours of layers and zones, the same on the map, in the panel and in styled exports."""

COLOURS = {
    "zone": "#6b6b83",
    "corridor": "#b07d3c",
    "transport": "#c8324a",
    "park": "#2f6fbe",
    "hub": "#7b3fa0",
    "energy": "#e09a00",
    "water": "#0f95b8",
    "ecology": "#2f8f4e",
    "tourism": "#d9528f",
    "public_service": "#4f55c4",
    "science": "#00796b",
    "agriculture": "#8aa31e",
    "industry": "#80513f",
    "open_platform": "#e06a2b",
    "digital": "#45688f",
    "city": "#30343b",
}
# Zones: the palette of Okabe & Ito (2008), which the colour-blind tell apart, dark enough for lines.
ZONE_COLOURS = {
    "chengdu-plain": "#0072b2",
    "southern": "#d55e00",
    "northeastern": "#00805c",
    "panxi": "#b0508a",
    "northwestern": "#a67a00",
    "": "#6b7280",
}
