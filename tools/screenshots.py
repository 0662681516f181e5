"""Draw the pictures of the README: ``python tools/screenshots.py NAME.atlas``.

They leave the repository, so the atlas must be of pictures that may be shown: the folder ``works``
of the demo collection, all in the public domain.
"""

from __future__ import annotations

import argparse
import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

import bilderatlas as ba
from bilderatlas.server import running
from browser import launch

__all__ = ["main"]

IMAGES = Path(__file__).parents[1] / "docs" / "images"
WINDOW = (1440, 900)
SHARP = "window.bilderatlas !== undefined && window.bilderatlas.stats().sharp"


def main() -> None:
    """Save the first view, and an open picture with those most alike."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("atlas", type=Path)
    site = ba.open(parser.parse_args().atlas).site
    IMAGES.mkdir(parents=True, exist_ok=True)
    with running(site) as address, sync_playwright() as playwright:
        browser = launch(playwright.chromium)
        page = browser.new_page(viewport={"width": WINDOW[0], "height": WINDOW[1]})
        page.goto(address)
        save(page, "first-view")
        drawn = page.evaluate("window.bilderatlas.stats().drawn")
        middle = min(
            drawn,
            key=lambda tile: abs(tile["x"] - 0.6 * WINDOW[0]) + abs(tile["y"] - 0.3 * WINDOW[1]),
        )
        page.mouse.click(middle["x"] + middle["width"] / 2, middle["y"] + middle["height"] / 2)
        page.get_by_role("dialog").wait_for()
        page.wait_for_load_state("networkidle")
        save(page, "picture")
        browser.close()


def save(page: Page, name: str) -> None:
    """Save what the window shows when everything in it is sharp."""
    page.wait_for_function(SHARP)
    page.wait_for_timeout(1000)
    Image.open(io.BytesIO(page.screenshot())).save(IMAGES / f"{name}.webp", quality=82, method=6)


if __name__ == "__main__":
    main()
