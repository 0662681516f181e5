"""One visitor of a site: a page, and a watch over all that it does."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TypedDict, cast
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Locator, Page, Request, Response

__all__ = ["Stats", "Tile", "View", "Visit", "bounds", "middle"]

PATIENCE = 60_000
"""Milliseconds: WebGL is drawn by the processor here, and the machine may be busy."""

_COUNT_FRAMES = """
  window.frames_ = { most: 0, first: null };
  (function look() {
    const map = window.bilderatlas;
    if (map) {
      const { drawCalls, bytesLoaded } = map.stats();
      frames_.most = Math.max(frames_.most, drawCalls);
      if (drawCalls > 0) frames_.first ??= bytesLoaded;
    }
    requestAnimationFrame(look);
  })();
"""


_FETCH_URIS = """async (path) => {
  const { body } = await fetch(path);
  const plain = body.pipeThrough(new DecompressionStream("gzip"));
  return (await new Response(plain).json()).uri;
}"""


class Tile(TypedDict):
    """A picture in the window, CSS pixels."""

    item: int
    x: float
    y: float
    width: float
    height: float


class View(TypedDict):
    """World point in the middle of the window, and CSS pixels per unit."""

    x: float
    y: float
    scale: float


class Stats(TypedDict):
    """What `window.bilderatlas.stats()` returns: see viewer/README.md."""

    drawCalls: int
    pictures: int
    points: int
    drawn: list[Tile]
    coverage: float
    layout: str
    sharp: bool
    items: int
    view: View
    textureBytes: int
    bytesLoaded: int
    requests: int


class Visit:
    """A page that remembers complaints of the browser, requests, and the frames drawn."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        self.hosts: set[str] = set()
        self._uris: dict[int, list[str]] = {}
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", self._asked)
        page.on("requestfailed", self._failed)
        page.on("response", self._answered)
        page.add_init_script(_COUNT_FRAMES)

    def _heard(self, message: ConsoleMessage) -> None:
        # Chromium itself remarks on taking a picture of software WebGL.
        own_remark = "GPU stall due to ReadPixels" in message.text
        if message.type in ("error", "warning") and not own_remark:
            self.complaints.append(f"{message.type}: {message.text}")

    def _asked(self, request: Request) -> None:
        if request.url.startswith("http"):
            self.hosts.add(urlsplit(request.url).netloc)

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the map itself lets go of what it left behind
            self.complaints.append(f"{request.failure}: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self.complaints.append(f"{response.status}: {response.url}")

    def open(self, address: str) -> Visit:
        """Go to a site and wait until its first view is sharp."""
        self.page.goto(address)
        return self.settle()

    def settle(self) -> Visit:
        """Wait until nothing moves and every picture has the pixels it needs."""
        self.page.wait_for_function("() => window.bilderatlas?.stats().sharp", timeout=PATIENCE)
        return self

    def until(self, met: Callable[[], bool]) -> None:
        """Wait until something is so that no event tells of."""
        end = time.monotonic() + PATIENCE / 1000
        while not met():
            assert time.monotonic() < end, "it has not come to that"
            self.page.wait_for_timeout(100)

    def stats(self) -> Stats:
        """Return what the map counts of itself."""
        return cast(Stats, self.page.evaluate("() => window.bilderatlas.stats()"))

    @property
    def view(self) -> View:
        """Where the visitor stands."""
        return self.stats()["view"]

    @property
    def most_draw_calls(self) -> int:
        """Draw calls of the worst frame since the page was loaded."""
        return int(self.page.evaluate("() => frames_.most"))

    @property
    def bytes_before_first_frame(self) -> int:
        """What had been loaded when the first frame was drawn."""
        return int(self.page.evaluate("() => frames_.first"))

    @property
    def map(self) -> Locator:
        """The map, as a screen reader finds it."""
        return self.page.get_by_role("application")

    @property
    def dialog(self) -> Locator:
        """The open picture."""
        return self.page.get_by_role("dialog")

    @property
    def panel(self) -> Locator:
        """What tells about the map, and filters it."""
        return self.page.get_by_role("region")

    def item_in_sight(self) -> Tile:
        """Return the picture nearest to the middle of the free part of the window."""
        window = self.page.viewport_size
        assert window is not None
        x, y = window["width"] / 2 + 150, window["height"] / 2
        return min(self.stats()["drawn"], key=lambda tile: _distance(tile, x, y))

    def hover(self, tile: Tile) -> None:
        """Put the cursor on a picture."""
        self.page.mouse.move(*middle(tile))

    def click(self, tile: Tile) -> None:
        """Click on a picture."""
        self.page.mouse.click(*middle(tile))

    def uri(self, item: int) -> str:
        """Return what the site calls an item."""
        page = item // 256
        if page not in self._uris:
            self._uris[page] = self.page.evaluate(_FETCH_URIS, f"facts/{page >> 8}/{page}.json.gz")
        return self._uris[page][item % 256]

    def kinds(self) -> set[str]:
        """Return the folders that the pictures in the window come from."""
        return {self.uri(tile["item"]).split("/")[0] for tile in self.stats()["drawn"]}


def middle(tile: Tile) -> tuple[float, float]:
    """Return the point in the middle of a picture."""
    return tile["x"] + tile["width"] / 2, tile["y"] + tile["height"] / 2


def bounds(tiles: Sequence[Tile]) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of all pictures in the window."""
    return (
        min(tile["x"] for tile in tiles),
        min(tile["y"] for tile in tiles),
        max(tile["x"] + tile["width"] for tile in tiles),
        max(tile["y"] + tile["height"] for tile in tiles),
    )


def _distance(tile: Tile, x: float, y: float) -> float:
    at = middle(tile)
    return (at[0] - x) ** 2 + (at[1] - y) ** 2
