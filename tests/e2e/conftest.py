"""One real browser for all end-to-end tests."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from browser import launch


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Yield a Chromium with software WebGL; that there is none is an error, never a skip."""
    with sync_playwright() as playwright:
        chromium = launch(playwright.chromium)
        yield chromium
        chromium.close()
