"""The browser that the other end-to-end tests rely on."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browser import find_chromium

WEBGL = """() => {
  const gl = document.createElement("canvas").getContext("webgl2");
  return gl && gl.getParameter(gl.MAX_ARRAY_TEXTURE_LAYERS);
}"""


def test_the_browser_draws_with_webgl_2(browser: Browser) -> None:
    page = browser.new_page()
    assert page.evaluate(WEBGL) >= 256
    page.close()


def test_the_browser_has_letters_to_write_with(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<span>Mnemosyne</span>")
    width = page.locator("span").bounding_box()
    assert width is not None
    assert width["width"] > 20
    page.close()


def test_a_named_browser_that_does_not_start_is_an_error_that_names_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\necho no such library >&2\nexit 127\n")
    broken.chmod(0o755)
    monkeypatch.setenv("BILDERATLAS_CHROMIUM", str(broken))
    with pytest.raises(RuntimeError, match=r"BILDERATLAS_CHROMIUM names .*no such library"):
        find_chromium()
