"""What is unusual about pictures as filters, and columns of numbers as colours."""

from __future__ import annotations

import io
from collections.abc import Callable, Collection, Iterator

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect
from tests.e2e.hosting import hosted
from tests.e2e.visit import Visit
from tests.unit.publish.site.collection import make_content

from bilderatlas.publish.site.writer import write_site
from bilderatlas.types import Layout, Oddities

Arrive = Callable[..., Visit]
N = 40
DARK = {2, 9, 31}
LOST, LOST_IN_PCA = {5, 6}, {6, 7, 20}
LOWEST, HIGHEST = (69, 39, 123), (233, 214, 101)
"""The ends of the ramp."""


def grid(name: str, lost: Collection[int] | None = None) -> Layout:
    """Return a layout in which some pictures have no good place, or of which that is not said."""
    positions = np.array([(i % 8, i // 8) for i in range(N)], np.float32)
    flags = None if lost is None else np.isin(np.arange(N), list(lost)).astype(np.float32)
    return Layout(
        name,
        name,
        positions,
        quality={"kept": 0.3},
        of_items={} if flags is None else {"misplaced": flags},
    )


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield a site of 40 pictures on a grid, three of them very dark, none tiny."""
    folder = tmp_path_factory.mktemp("odd")
    numbers = np.arange(N)
    content = make_content(
        N,
        layouts=[grid("tsne", LOST), grid("pca", LOST_IN_PCA), grid("time")],
        sentences={name: [("kept", 0.3, None, "…")] for name in ("tsne", "pca", "time")},
        oddities=Oddities(
            np.linspace(1, 3, N, dtype=np.float32),
            {"very dark": np.isin(numbers, list(DARK)), "tiny": np.zeros(N, np.bool_)},
        ),
        place_picture=lambda item, destination: False,
        index="ivf",
        recall=0.993,
    )
    write_site(content, folder / "site")
    with hosted(folder / "site", folder / "host") as found:
        yield found


def number(visit: Visit, item: int) -> int:
    """Return the id of an item of the site."""
    return int(visit.uri(item).removeprefix("ordner/bild ").removesuffix(".jpg"))


def drawn(visit: Visit) -> set[int]:
    """Return the ids of the pictures in the window."""
    return {number(visit, tile["item"]) for tile in visit.stats()["drawn"]}


def test_an_oddity_filters_the_map_and_is_in_the_address(arrive: Arrive, address: str) -> None:
    visit = arrive(address)
    dark = visit.panel.get_by_role("list", name="Oddities").get_by_role("button", name="very dark")
    expect(dark).to_contain_text("3")
    dark.click()
    expect(dark).to_have_attribute("aria-pressed", "true")
    visit.until(lambda: drawn(visit) == DARK)
    visit.page.reload()
    visit.settle()
    visit.until(lambda: drawn(visit) == DARK)
    expect(dark).to_have_attribute("aria-pressed", "true")
    dark.click()
    visit.until(lambda: drawn(visit) == set(range(N)))


def test_pictures_without_a_good_place_are_shown_for_each_map(arrive: Arrive, address: str) -> None:
    visit = arrive(address)
    visit.panel.get_by_text("How far can this map be believed?").click()
    places = visit.panel.get_by_role("list", name="Places on this map")
    lost = places.get_by_role("button", name="no good place here")
    expect(lost).to_contain_text("2")
    lost.click()
    visit.until(lambda: drawn(visit) == LOST)
    layouts = visit.panel.get_by_role("group", name="Layout")
    layouts.get_by_role("button", name="PCA").click()
    expect(lost).to_contain_text("3")
    expect(lost).to_have_attribute("aria-pressed", "true")
    visit.until(lambda: drawn(visit) == LOST_IN_PCA)
    layouts.get_by_role("button", name="Time").click()
    visit.until(lambda: drawn(visit) == set(range(N)))
    expect(places.get_by_role("button")).to_have_count(0)


def test_an_oddity_that_nobody_has_is_not_listed(arrive: Arrive, address: str) -> None:
    oddities = arrive(address).panel.get_by_role("list", name="Oddities")
    expect(oddities.get_by_role("button")).to_have_count(1)


def test_flags_colour_nothing_and_scores_stand_apart(arrive: Arrive, address: str) -> None:
    column = arrive(address).panel.get_by_role("combobox")
    names = column.locator("> option").all_inner_texts()
    assert names == ["nothing", "kind", "cluster", "year", "width", "taken_at"]
    scores = column.locator("optgroup[label=Oddities] option").all_inner_texts()
    assert scores == ["outlier factor", "brightness", "contrast", "sharpness"]


def test_a_column_of_numbers_colours_the_map_from_low_to_high(arrive: Arrive, address: str) -> None:
    visit = arrive(address)
    visit.panel.get_by_role("combobox").select_option(label="year")
    for term, value in (("least", "1900"), ("median", "1920"), ("most", "1939")):
        entry = visit.panel.locator("ba-scale dl > div").filter(has_text=term)
        expect(entry.get_by_role("definition")).to_have_text(value)
    visit.page.wait_for_function("() => location.hash.includes('colour=')")
    visit.settle()
    visit.page.add_style_tag(content="ba-app { display: none }")
    shot = Image.open(io.BytesIO(visit.page.screenshot())).convert("RGB")
    edges = {
        number(visit, tile["item"]): shot.getpixel(
            (round(tile["x"]) + 1, round(tile["y"] + tile["height"] / 2))
        )
        for tile in visit.stats()["drawn"]
    }
    assert edges[0] == pytest.approx(LOWEST, abs=3)
    assert edges[N - 1] == pytest.approx(HIGHEST, abs=3)


def test_dates_colour_the_map_too_and_those_without_are_counted(
    arrive: Arrive, address: str
) -> None:
    visit = arrive(address)
    visit.panel.get_by_role("combobox").select_option(label="taken_at")
    legend = visit.panel.locator("ba-scale")
    expect(legend).to_contain_text("Jan 2, 2020")
    expect(legend).to_contain_text("20 without a value")


def test_an_oddity_stays_when_the_colours_change(arrive: Arrive, address: str) -> None:
    visit = arrive(address)
    visit.panel.get_by_role("button", name="very dark").click()
    visit.panel.get_by_role("combobox").select_option(label="brightness")
    expect(visit.panel.locator("ba-scale")).to_be_visible()
    visit.until(lambda: drawn(visit) == DARK)


def test_how_many_of_the_nearest_are_found_is_told(arrive: Arrive, address: str) -> None:
    expect(arrive(address).panel).to_contain_text(
        "99.3% of the nearest pictures are found (measured)."
    )
