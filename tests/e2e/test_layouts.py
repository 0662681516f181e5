"""Layouts: what lies under them, who has no place, and how far they can be believed."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Locator, expect
from tests.e2e.hosting import hosted
from tests.e2e.visit import Visit, middle
from tests.unit.publish.site.collection import make_content

from bilderatlas.publish.site.writer import write_site
from bilderatlas.types import Backdrop, Float32Array, Layout

Arrive = Callable[..., Visit]
N = 60
NOWHERE = (4, 17, 30)
INK, DARK_INK = (0x4A, 0x44, 0x39), (0xCF, 0xC7, 0xB8)
VERDICT = "t-SNE is the best of all."
STRUCTURE = "The map shows no real clusters."


def _grid(across: int) -> Float32Array:
    return np.array([(i % across, -(i // across)) for i in range(N)], np.float32)


def _box(left: float, right: float, top: float, bottom: float) -> Float32Array:
    corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
    return np.array(corners, np.float32)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield a site of 60 pictures in five layouts."""
    folder = tmp_path_factory.mktemp("layouts")
    random = np.random.default_rng(3)
    scattered = random.normal(size=(N, 2)).astype(np.float32)
    wide = (scattered[:, ::-1] * (4, 1)).astype(np.float32)
    places = _grid(12).copy()
    places[list(NOWHERE)] = np.nan
    kept = np.linspace(0, 1, N, dtype=np.float32)
    boxes = Backdrop(
        (_box(-1, 5.5, 1.6, -5), _box(5.5, 12, 1.6, -5)),
        (("Innen", 2.5, 1.0, 0.9), ("Außen", 8.5, 1.0, 0.9)),
    )
    layouts = [
        Layout("tsne", "tsne", scattered, {}, {"kept": 0.31}, {"kept": kept}),
        Layout("pca", "pca", wide, {}, {"kept": 0.04}, {"kept": 1 - kept}),
        Layout("grid", "grid", _grid(10)),
        Layout("facet", "facet", _grid(12), {"by": "kind"}, backdrop=boxes),
        Layout("map", "map", places),
    ]
    said = {
        "tsne": [
            ("against", None, None, VERDICT),
            ("kept", 0.31, 0.0123, "Of the 10 pictures most like a picture, 3 stand beside it."),
        ]
    }
    content = make_content(
        N,
        layouts=layouts,
        sentences=said,
        structure=STRUCTURE,
        place_picture=lambda item, destination: False,
    )
    write_site(content, folder / "site")
    with hosted(folder / "site", folder / "host") as found:
        yield found


def layouts(visit: Visit) -> Locator:
    return visit.panel.get_by_role("group", name="Layout")


def choose(visit: Visit, title: str) -> None:
    """Show another layout."""
    layouts(visit).get_by_role("button", name=title).click()
    visit.page.wait_for_function(
        "() => location.hash.includes(`layout=${bilderatlas.stats().layout}`)"
    )
    visit.settle()


def numbers(visit: Visit) -> set[int]:
    """Return the ids of the pictures in the window."""
    uris = (visit.uri(tile["item"]) for tile in visit.stats()["drawn"])
    return {int(uri.removeprefix("ordner/bild ").removesuffix(".jpg")) for uri in uris}


def ink(visit: Visit, colour: tuple[int, int, int]) -> int:
    """Return how many pixels of the map have the colour of what is written on it."""
    visit.page.add_style_tag(content="ba-app { display: none }")
    shot = np.asarray(Image.open(io.BytesIO(visit.page.screenshot())).convert("RGB"), np.int16)
    return int((np.abs(shot - colour).max(axis=2) < 12).sum())


def test_many_layouts_are_a_list_with_what_each_keeps(arrive: Arrive, address: str) -> None:
    choices = layouts(arrive(address)).get_by_role("button")
    assert choices.all_inner_texts() == [
        "t-SNE\nkeeps 31%",
        "PCA\nkeeps 4%",
        "Grid",
        "By kind",
        "Map",
    ]
    expect(choices.first).to_have_attribute("aria-pressed", "true")


def test_a_layout_is_chosen_by_keyboard_and_is_in_the_address(arrive: Arrive, address: str) -> None:
    visit = arrive(address)
    layouts(visit).get_by_role("button", name="PCA").focus()
    visit.page.keyboard.press("Tab")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_function("() => location.hash.includes('layout=grid')")
    visit.page.reload()
    visit.settle()
    chosen = layouts(visit).get_by_role("button", name="Grid")
    expect(chosen).to_have_attribute("aria-pressed", "true")


def test_the_view_of_another_layout_can_be_sent_to_somebody(arrive: Arrive, address: str) -> None:
    visit = arrive(f"{address}#layout=facet&at=20000,15000,0.05000")
    visit.until(lambda: visit.view == {"x": 20000, "y": 15000, "scale": 0.05})


def test_nothing_of_a_layout_that_is_asked_for_is_under_the_panel(
    arrive: Arrive, address: str
) -> None:
    visit = arrive(address)
    choose(visit, "PCA")
    visit.until(lambda: min(tile["x"] for tile in visit.stats()["drawn"]) > 304)
    assert max(tile["x"] + tile["width"] for tile in visit.stats()["drawn"]) > 1000


def test_a_grid_shows_every_picture_at_its_place(arrive: Arrive, address: str) -> None:
    visit = arrive(address)
    choose(visit, "Grid")
    visit.until(lambda: numbers(visit) == set(range(N)))
    where = {visit.uri(tile["item"]): middle(tile) for tile in visit.stats()["drawn"]}
    across = sorted({round(x) for x, _ in where.values()})
    down = sorted({round(y) for _, y in where.values()})
    assert np.ptp(np.diff([x for x in across if not {x - 1} & set(across)])) <= 2
    assert where["ordner/bild 0.jpg"] == pytest.approx((across[0], down[0]), abs=2)
    assert where["ordner/bild 59.jpg"] == pytest.approx((across[-1], down[-1]), abs=2)
    assert across[0] > 304  # nothing of it is under the panel


def test_titles_are_written_under_the_pictures_and_told_to_screen_readers(
    arrive: Arrive, address: str
) -> None:
    visit = arrive(address)
    written = visit.page.get_by_role("list", name="Written on the map")
    expect(written).to_have_count(0)
    choose(visit, "By kind")
    expect(written.get_by_role("listitem")).to_have_text(["Innen", "Außen"])
    assert ink(visit, INK) > 200


def test_titles_are_legible_in_the_dark(arrive: Arrive, address: str) -> None:
    visit = arrive(address, color_scheme="dark")
    choose(visit, "By kind")
    assert ink(visit, DARK_INK) > 200


def test_pictures_without_a_place_are_counted_and_not_drawn(arrive: Arrive, address: str) -> None:
    visit = arrive(address)
    choose(visit, "Map")
    expect(visit.panel).to_contain_text("3 pictures have no place on this map.")
    visit.until(lambda: numbers(visit) == set(range(N)) - set(NOWHERE))
    visit.panel.get_by_role("button", name="Points").click()
    visit.until(lambda: visit.stats()["points"] == N - len(NOWHERE))


def test_how_far_a_map_can_be_believed_is_said_in_sentences(arrive: Arrive, address: str) -> None:
    visit = arrive(address)
    visit.panel.get_by_text("How far can this map be believed?").click()
    said = visit.panel.get_by_role("list", name="How far can this map be believed?")
    sentences = said.get_by_role("listitem")
    expect(sentences).to_have_count(2)
    expect(sentences.first).to_have_text(VERDICT)
    expect(sentences.last).to_contain_text("3 stand beside it. (± 0.01)")
    choose(visit, "Grid")
    expect(visit.panel.get_by_text("How far can this map be believed?")).to_have_count(0)


def test_that_there_are_no_real_clusters_is_told_where_they_are_listed(
    arrive: Arrive, address: str
) -> None:
    expect(arrive(address).panel.locator("section", has_text="Clusters")).to_contain_text(STRUCTURE)


def test_trust_colours_the_shown_layout(arrive: Arrive, address: str) -> None:
    visit = arrive(address)
    column = visit.panel.get_by_role("combobox")
    trust = column.locator("optgroup[label='Trust in this map'] option")
    assert trust.all_inner_texts() == ["neighbours kept"]
    column.select_option(label="neighbours kept")
    expect(visit.panel.locator("ba-scale")).to_be_visible()
    measured = column.input_value()
    choose(visit, "PCA")
    expect(column.locator("option:checked")).to_have_text("neighbours kept")
    assert column.input_value() != measured
    choose(visit, "Grid")
    expect(column.locator("option:checked")).to_have_text("nothing")
    expect(trust).to_have_count(0)
