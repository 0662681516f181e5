"""What occurs more than once, laid side by side and stacked on the map."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Locator, expect
from scipy.ndimage import label
from tests.e2e.hosting import hosted
from tests.e2e.visit import Tile, Visit
from tests.unit.publish.site.collection import make_content

from bilderatlas.publish.site.writer import write_site
from bilderatlas.types import DuplicateGroup, Layout, LookAlikes

Arrive = Callable[..., Visit]
N = 40
COPIES = (3, 8, 13, 20)
TWINS = (10, 11)
SPARE = {8, 13, 20, 11}
BADGE = (179, 64, 31)
MANY = 1000


def _ids(*items: int) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    return np.array(items, np.int32)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield a site of 40 pictures on a grid: one picture four times, one twice, two pairs alike."""
    folder = tmp_path_factory.mktemp("copies")
    grid = np.array([(i % 8, i // 8) for i in range(N)], np.float32)
    content = make_content(
        N,
        layouts=[Layout("tsne", "tsne", grid)],
        duplicates=[
            DuplicateGroup("same", _ids(*COPIES), ("", "mirrored", "cropped, smaller", "brighter")),
            DuplicateGroup("exact", _ids(*TWINS)),
        ],
        look_alikes=LookAlikes(
            np.array([[1, 2], [5, 6]], np.int32), np.array([0.9, 0.8], np.float32)
        ),
        place_picture=lambda item, destination: False,
    )
    write_site(content, folder / "site")
    with hosted(folder / "site", folder / "host") as found:
        yield found


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield a site of a thousand groups."""
    folder = tmp_path_factory.mktemp("many")
    groups = [DuplicateGroup("same", _ids(i, i + MANY), ("", "mirrored")) for i in range(MANY)]
    content = make_content(
        2 * MANY, duplicates=groups, place_picture=lambda item, destination: False
    )
    write_site(content, folder / "site")
    with hosted(folder / "site", folder / "host") as found:
        yield found


def opener(visit: Visit) -> Locator:
    return visit.panel.get_by_role("button", name="2 groups")


def sheet(visit: Visit) -> Locator:
    return visit.page.get_by_role("dialog", name="Duplicates")


def picture(visit: Visit) -> Locator:
    return visit.page.get_by_role("dialog", name="bild")


def number(visit: Visit, item: int) -> int:
    """Return the id of an item of the site."""
    return int(visit.uri(item).removeprefix("ordner/bild ").removesuffix(".jpg"))


def drawn(visit: Visit) -> dict[int, Tile]:
    """Return the pictures in the window by id."""
    return {number(visit, tile["item"]): tile for tile in visit.stats()["drawn"]}


def screen(visit: Visit) -> np.ndarray[tuple[int, int, int], np.dtype[np.int16]]:
    """Return what the window shows of the map alone."""
    visit.page.add_style_tag(content="ba-app { display: none }")
    shot = Image.open(io.BytesIO(visit.page.screenshot())).convert("RGB")
    return np.asarray(shot, np.int16)


def test_the_panel_counts_duplicates_and_apart_from_them_look_alikes(
    arrive: Arrive, address: str
) -> None:
    panel = arrive(address).panel
    expect(panel).to_contain_text("2 groups · 6 pictures · 4 could go")
    expect(panel.get_by_role("button", name="2 pairs look alike")).to_be_visible()


def test_groups_lie_side_by_side_with_the_best_marked_and_the_edits_told(
    arrive: Arrive, address: str
) -> None:
    visit = arrive(address)
    opener(visit).click()
    groups = sheet(visit).get_by_role("listitem")
    expect(groups).to_have_count(2)
    same, exact = groups.all()
    expect(same.get_by_role("heading")).to_have_text("4 copies · same picture")
    expect(exact.get_by_role("heading")).to_have_text("2 copies · same bytes")
    notes = ["best copy", "mirrored", "cropped, smaller", "brighter"]
    for button, note, item in zip(same.get_by_role("button").all(), notes, COPIES, strict=True):
        expect(button).to_contain_text(note)
        expect(button).to_contain_text(f"bild {item}.jpg")
        expect(button).to_contain_text(re.compile(r"\d+ . \d+ px, 1 KB"))
    expect(exact.get_by_role("button").nth(1)).to_contain_text("identical")
    tops = {
        box["y"] for button in same.get_by_role("button").all() if (box := button.bounding_box())
    }
    assert len(tops) == 1


def test_look_alikes_have_a_tab_of_their_own(arrive: Arrive, address: str) -> None:
    visit = arrive(address)
    visit.panel.get_by_role("button", name="2 pairs look alike").click()
    alike = visit.page.get_by_role("dialog", name="Look-alikes")
    expect(alike.get_by_role("tab", name="Look-alikes · 2")).to_have_attribute(
        "aria-selected", "true"
    )
    pairs = alike.get_by_role("tabpanel").get_by_role("listitem")
    expect(pairs).to_have_count(2)
    expect(pairs.first).to_contain_text("90% alike")
    for item in (1, 2):
        expect(pairs.first).to_contain_text(f"bild {item}.jpg")
    expect(alike).not_to_contain_text("copies ·")
    expect(alike).not_to_contain_text("best copy")


def test_the_sheet_is_used_by_keyboard(arrive: Arrive, address: str) -> None:
    visit = arrive(address)
    press = visit.page.keyboard.press
    opener(visit).focus()
    press("Enter")
    cards = sheet(visit).get_by_role("tabpanel").get_by_role("button")
    expect(sheet(visit).get_by_role("tab", name="Same picture")).to_be_focused()
    press("ArrowRight")
    expect(visit.page.get_by_role("tab", name="Look-alikes")).to_be_focused()
    press("ArrowLeft")
    expect(cards).to_have_count(6)
    cards.first.focus()
    for key, place in (("ArrowRight", 1), ("ArrowDown", 4), ("ArrowRight", 5), ("ArrowUp", 0)):
        press(key)
        expect(cards.nth(place)).to_be_focused()
    press("ArrowRight")
    press("Enter")
    expect(picture(visit)).to_contain_text("bild 8.jpg")
    press("Escape")
    expect(picture(visit)).to_be_hidden()
    expect(cards.nth(1)).to_be_focused()
    press("Escape")
    expect(sheet(visit)).to_be_hidden()
    expect(opener(visit)).to_be_focused()


def test_back_closes_the_picture_and_then_the_sheet(arrive: Arrive, address: str) -> None:
    visit = arrive(address)
    before = visit.view
    opener(visit).click()
    visit.page.wait_for_function("() => location.hash.endsWith('duplicates')")
    sheet(visit).get_by_role("tabpanel").get_by_role("button").nth(2).click()
    visit.page.wait_for_function("() => location.hash.includes('item=')")
    visit.settle()
    assert visit.view != before
    visit.page.go_back()
    expect(picture(visit)).to_be_hidden()
    expect(sheet(visit)).to_be_visible()
    visit.page.go_back()
    expect(sheet(visit)).to_be_hidden()
    assert visit.page.url.startswith(address)


def test_closing_leaves_no_entry_behind(arrive: Arrive, address: str) -> None:
    visit = arrive(address)
    press = visit.page.keyboard.press
    for _ in range(2):
        opener(visit).click()
        visit.page.wait_for_function("() => location.hash.endsWith('duplicates')")
        sheet(visit).get_by_role("tabpanel").get_by_role("button").first.click()
        visit.page.wait_for_function("() => location.hash.includes('item=')")
        press("Escape")
        expect(picture(visit)).to_be_hidden()
        visit.page.wait_for_function("() => history.state?.opened === 1")
        press("Escape")
        expect(sheet(visit)).to_be_hidden()
        visit.page.wait_for_function("() => history.state === null")


def test_the_address_brings_back_the_sheet_with_an_open_picture_over_it(
    arrive: Arrive, address: str
) -> None:
    visit = arrive(address)
    opener(visit).click()
    sheet(visit).get_by_role("tabpanel").get_by_role("button").nth(1).click()
    visit.page.wait_for_function("() => location.hash.includes('item=')")
    elsewhere = Visit(visit.page.context.new_page())
    elsewhere.page.goto(visit.page.url)
    # Before anything that Playwright asks the page counts as a click: until then, Chromium would
    # close all dialogs at once.
    elsewhere.page.wait_for_timeout(1000)
    expect(picture(elsewhere)).to_contain_text("bild 8.jpg")
    elsewhere.page.keyboard.press("Escape")
    expect(picture(elsewhere)).to_be_hidden()
    expect(sheet(elsewhere)).to_be_visible()
    elsewhere.page.keyboard.press("Escape")
    expect(sheet(elsewhere)).to_be_hidden()


def test_each_of_two_files_with_the_same_bytes_has_an_address(arrive: Arrive, address: str) -> None:
    visit = arrive(address)
    opener(visit).click()
    for place in (0, 1):
        twins = sheet(visit).get_by_role("listitem").filter(has_text="same bytes")
        twins.get_by_role("button").nth(place).click()
        expect(picture(visit)).to_contain_text(f"bild {TWINS[place]}.jpg")
        visit.page.wait_for_function("() => location.hash.includes('item=')")
        elsewhere = Visit(visit.page.context.new_page()).open(visit.page.url)
        expect(picture(elsewhere)).to_contain_text(f"bild {TWINS[place]}.jpg")
        elsewhere.page.close()
        visit.page.keyboard.press("Escape")
        expect(picture(visit)).to_be_hidden()


def test_a_thousand_groups_are_drawn_as_they_are_scrolled_to(arrive: Arrive, many: str) -> None:
    visit = arrive(many)
    visit.panel.get_by_role("button", name="1,000 groups").click()
    rows = sheet(visit).locator("li.row")
    expect(rows.first).to_be_visible()
    visit.page.wait_for_timeout(500)
    assert 20 <= rows.count() <= 100
    before = rows.count()
    sheet(visit).get_by_role("tabpanel").evaluate("panel => panel.scrollTo(0, 1e6)")
    visit.until(lambda: rows.count() > before)
    visit.page.wait_for_timeout(500)
    assert rows.count() <= before + 100


def test_stacked_only_the_best_copy_is_on_the_map(arrive: Arrive, address: str) -> None:
    visit = arrive(address)
    assert set(drawn(visit)) == set(range(N))
    stack = visit.panel.get_by_role("button", name="Stack duplicates")
    stack.click()
    expect(stack).to_have_attribute("aria-pressed", "true")
    visit.until(lambda: set(drawn(visit)) == set(range(N)) - SPARE)
    visit.page.reload()
    visit.settle()
    visit.until(lambda: set(drawn(visit)) == set(range(N)) - SPARE)
    stack.click()
    visit.until(lambda: set(drawn(visit)) == set(range(N)))


def test_a_stack_says_how_many_it_holds(arrive: Arrive, address: str) -> None:
    visit = arrive(f"{address}#stacked")
    visit.until(lambda: len(drawn(visit)) == N - len(SPARE))
    tiles = drawn(visit.settle())
    shot = screen(visit)

    def badged(item: int) -> int:
        tile = tiles[item]
        right, top = round(tile["x"] + tile["width"]), round(tile["y"])
        corner = shot[top : top + 22, right - 30 : right]
        return int((np.abs(corner - BADGE).max(axis=2) <= 6).sum())

    assert all(badged(item) > 60 for item in (COPIES[0], TWINS[0]))
    assert all(badged(item) == 0 for item in (1, 2, 5, 30))


def test_a_filter_shows_a_stack_when_it_would_show_one_of_its_copies(
    arrive: Arrive, address: str
) -> None:
    visit = arrive(f"{address}#stacked")
    visit.panel.get_by_role("button", name="Only duplicates").click()
    visit.until(lambda: set(drawn(visit)) == {COPIES[0], TWINS[0]})
    visit.panel.get_by_role("combobox").select_option(label="kind")
    outside = visit.panel.get_by_role("button", name="outside").first
    outside.click()
    outsiders = {i for i in range(N) if i % 3 == 1}
    assert COPIES[2] in outsiders
    assert COPIES[0] not in outsiders
    visit.until(lambda: set(drawn(visit)) == (outsiders - SPARE) | {COPIES[0]})


def test_stacked_points_are_one_for_each_stack(arrive: Arrive, address: str) -> None:
    visit = arrive(f"{address}#as=points")

    def dots() -> int:
        painted = np.abs(screen(visit) - (246, 242, 234)).max(axis=2) > 24
        return int(label(painted)[1])

    visit.until(lambda: visit.stats()["points"] == N)
    assert dots() == N
    visit.page.goto("about:blank")
    visit.open(f"{address}#as=points&stacked")
    visit.until(lambda: visit.stats()["points"] == N - len(SPARE))
    assert dots() == N - len(SPARE)


def test_an_open_picture_shows_its_copies_apart_from_those_most_alike(
    arrive: Arrive, address: str
) -> None:
    visit = arrive(address)
    visit.click(drawn(visit)[TWINS[0]])
    copies = picture(visit).get_by_role("navigation", name="Same picture")
    expect(copies.get_by_role("button")).to_have_count(1)
    expect(copies).to_contain_text("identical")
    alike = picture(visit).get_by_role("navigation", name="Most alike")
    expect(alike.get_by_role("button")).to_have_count(4)  # of five neighbours one is a copy
    copies.get_by_role("button").click()
    expect(picture(visit)).to_contain_text(f"bild {TWINS[1]}.jpg")
    expect(copies).to_contain_text("best copy")


def test_a_picture_without_copies_has_no_such_strip(arrive: Arrive, address: str) -> None:
    visit = arrive(address)
    visit.click(drawn(visit)[30])
    expect(picture(visit).get_by_role("navigation")).to_have_count(1)


def test_on_a_phone_the_groups_fit_the_window(arrive: Arrive, address: str) -> None:
    visit = arrive(
        f"{address}#duplicates",
        viewport={"width": 390, "height": 844},
        has_touch=True,
        device_scale_factor=2,
    )
    expect(sheet(visit).get_by_role("button", name="best copy").first).to_be_visible()
    panel = sheet(visit).get_by_role("tabpanel")
    assert panel.evaluate("panel => panel.scrollWidth") <= 390
