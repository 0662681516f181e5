"""How much a visitor must load before there is something to see."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from benchmarks.made_site import made_content
from tests.e2e.hosting import hosted
from tests.e2e.visit import Visit

from bilderatlas.publish.site.writer import write_site

CHUNK = 65_536
MADE = 10_000
"""A site of 100,000 takes minutes to write; ``BILDERATLAS_MADE`` may name one that is there."""


@pytest.fixture(scope="module")
def made_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site of drawn landscapes that is large, or stands for a large one."""
    if ready := os.environ.get("BILDERATLAS_MADE"):
        return Path(ready)
    folder = tmp_path_factory.mktemp("made") / "site"
    write_site(made_content(MADE), folder)
    return folder


@pytest.fixture(scope="module")
def address(made_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with hosted(made_site, tmp_path_factory.mktemp("host")) as found:
        yield found


def test_the_app_is_at_most_160_kb_of_javascript(site: Path) -> None:
    scripts = list((site / "assets").glob("*.js"))
    assert scripts
    assert sum(len(gzip.compress(script.read_bytes())) for script in scripts) <= 160_000


def test_the_first_frame_of_100_000_pictures_needs_1_5_mb(
    arrive: Callable[..., Visit], made_site: Path, address: str
) -> None:
    visit = arrive(address)
    before = visit.bytes_before_first_frame
    n = json.loads((made_site / "manifest.json").read_text())["n"]
    assert visit.stats()["items"] == n
    if n < CHUNK:
        # The first frame waits for one chunk, and a whole one is so much larger than this.
        chunk = [made_site / "blur" / "0.bin.gz", made_site / "layouts" / "tsne" / "pos.0.bin.gz"]
        before += round(sum(path.stat().st_size for path in chunk) * (CHUNK / n - 1))
    assert before <= 1_500_000


def test_the_texture_memory_does_not_depend_on_the_collection(
    arrive: Callable[..., Visit], address: str
) -> None:
    visit = arrive(address)
    visit.map.focus()
    for key in ("+", "+", "+", "+", "0"):
        visit.page.keyboard.press(key)
        visit.settle()
    assert visit.stats()["textureBytes"] <= 200e6
