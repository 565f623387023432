"""`python -m benchmarks.pictures`: the pictures of the README and the docs, taken of this build as a planner sees it."""

from __future__ import annotations

import io

from PIL import Image

from benchmarks.__main__ import atlas_started, chromium
from benchmarks.measure import PATIENCE_MS
from layers.atlas import bundled
from layers.folders import ROOT

FOLDER = ROOT / "docs" / "pictures"
WIDTH, HEIGHT = 1440, 900
COMMON, RARE = 160, 96  # colours: a third of the bytes; grounds are many pixels, signs and marks of statuses few
STILL_MS = 5000  # after which a page has drawn all that it shows
EXPRESSWAY = "攀枝花至盐源高速公路"


def addresses() -> dict[str, str]:
    """Return what each picture shows, as an address of the app."""
    table = bundled().table
    feature = table.loc[table["name"] == EXPRESSWAY, "id"].iloc[0]
    return {
        "first": "",
        "map": f"?zone=panxi&feature={feature}",
        "reader": f"reader?clause=panxi-2021/c7/s1/p2&feature={feature}",
        "feature": f"feature?id={feature}",
        "zone": "zone?of=panxi",
        "statistics": "statistics",
        "timeline": "timeline",
    }


def main() -> None:
    """Take them all."""
    with chromium() as browser, atlas_started() as (_, url):
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, locale="zh-CN", reduced_motion="reduce")
        for name, address in addresses().items():
            page.goto(f"{url}/{address}")
            page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for(timeout=PATIENCE_MS)
            page.wait_for_timeout(STILL_MS)
            taken = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
            _with_few_colours(taken).save(FOLDER / f"{name}.png", optimize=True)
            print(f"{name}.png  {address or '/'}")


def _with_few_colours(taken: Image.Image) -> Image.Image:
    """Reduce a picture to the colours of most of its pixels, and those that are farthest apart."""
    common = taken.quantize(COMMON, Image.Quantize.MEDIANCUT).getpalette() or []
    rare = taken.quantize(RARE, Image.Quantize.MAXCOVERAGE).getpalette() or []
    both = Image.new("P", (1, 1))
    both.putpalette([*common[: 3 * COMMON], *rare[: 3 * RARE]])
    return taken.quantize(palette=both, dither=Image.Dither.NONE)


if __name__ == "__main__":
    main()
