"""One real browser for all end-to-end tests, and a small site for it to visit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright
from tests.e2e.hosting import hosted
from tests.e2e.pictures import draw_collection
from tests.e2e.visit import Visit

import bilderatlas as ba
from browser import launch

WINDOW = {"width": 1280, "height": 800}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Yield a Chromium with software WebGL; that there is none is an error, never a skip."""
    with sync_playwright() as playwright:
        chromium = launch(playwright.chromium)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of 301 drawn pictures, made by the real build."""
    folder = tmp_path_factory.mktemp("drawn")
    draw_collection(folder / "plates")
    ba.build(folder / "plates", folder / "plates.atlas")
    return folder / "plates.atlas" / "site"


@pytest.fixture(scope="session")
def address(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield where a plain static host shows the site, some folders deep."""
    with hosted(site, tmp_path_factory.mktemp("host")) as found:
        yield found


@pytest.fixture
def arrive(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Yield what opens a site in a fresh browser profile, and returns the visit once it is sharp.

    Whatever the visit does, at its end the browser has not complained, no other host was asked for
    anything, and no frame took more than three draw calls.
    """
    visits: list[Visit] = []

    def come(address: str, **options: Any) -> Visit:
        settings = {"viewport": WINDOW, "reduced_motion": "reduce", **options}
        visits.append(Visit(browser.new_context(**settings).new_page()))
        return visits[-1].open(address)

    yield come
    for visit in visits:
        most = visit.most_draw_calls
        visit.page.context.close()
        assert visit.complaints == []
        assert len(visit.hosts) == 1
        assert most <= 3
