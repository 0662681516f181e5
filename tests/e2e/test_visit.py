"""What a visitor sees and does on a site of drawn pictures."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import expect
from tests.e2e.pictures import CLASSES, COUNT, TWIN
from tests.e2e.visit import Visit, bounds, middle

from bilderatlas.server import running

Arrive = Callable[..., Visit]


def test_the_first_view_shows_the_whole_map_at_once(arrive: Arrive, address: str) -> None:
    visit = arrive(address)
    assert visit.stats()["items"] == COUNT + 1
    left, top, right, bottom = bounds(visit.stats()["drawn"])
    assert top >= 0
    assert bottom <= 800
    assert right <= 1280
    assert (top < 40 and bottom > 760) or (left < 344 and right > 1216)


def test_the_tool_s_own_server_shows_the_same_site(arrive: Arrive, site: Path) -> None:
    with running(site) as address:
        assert arrive(address).stats()["items"] == COUNT + 1


def test_hovering_names_the_picture(arrive: Arrive, address: str) -> None:
    visit = arrive(address)
    tile = visit.item_in_sight()
    visit.hover(tile)
    name = Path(visit.uri(tile["item"])).name
    expect(visit.page.get_by_role("status")).to_contain_text(name)
    visit.page.mouse.move(340, 1)
    expect(visit.page.get_by_role("status")).to_be_empty()


def test_a_click_opens_the_picture_with_its_facts_and_its_like(
    arrive: Arrive, address: str
) -> None:
    visit = arrive(address)
    tile = visit.item_in_sight()
    visit.click(tile)
    expect(visit.dialog).to_be_visible()
    expect(visit.dialog).to_contain_text(visit.uri(tile["item"]))
    expect(visit.dialog.get_by_role("img")).to_have_js_property("complete", True)
    assert visit.dialog.get_by_role("img").evaluate("image => image.naturalWidth") >= 180
    alike = visit.dialog.get_by_role("navigation").get_by_role("button")
    assert alike.count() > 10
    visit.page.keyboard.press("Escape")
    expect(visit.dialog).to_be_hidden()


def test_a_click_on_a_neighbour_goes_to_it(arrive: Arrive, address: str) -> None:
    visit = arrive(address)
    tile = visit.item_in_sight()
    visit.click(tile)
    before = visit.view
    visit.dialog.get_by_role("navigation").get_by_role("button").nth(5).click()
    expect(visit.dialog).not_to_contain_text(visit.uri(tile["item"]))
    visit.page.keyboard.press("Escape")
    expect(visit.dialog).to_be_hidden()
    visit.settle()
    assert visit.view != before
    nearest = visit.item_in_sight()
    assert nearest["item"] != tile["item"]


def test_a_click_on_a_group_flies_there(arrive: Arrive, address: str) -> None:
    visit = arrive(address)
    before = visit.view
    group = visit.panel.get_by_role("list", name="Clusters").get_by_role("button").last
    expect(group).to_contain_text(re.compile(r"\d+"))
    group.click()
    visit.settle()
    assert visit.view["scale"] > before["scale"]
    assert visit.stats()["pictures"] > 0


def test_the_wheel_zooms_to_the_cursor(arrive: Arrive, address: str) -> None:
    visit = arrive(address)
    tile = visit.item_in_sight()
    x, y = middle(tile)
    before = visit.view
    visit.page.mouse.move(x, y)
    visit.page.mouse.wheel(0, -240)
    visit.page.wait_for_function(
        "scale => bilderatlas.stats().view.scale > 1.2 * scale", arg=before["scale"]
    )
    visit.settle()
    after = visit.view
    axes: tuple[tuple[Literal["x", "y"], float, int], ...] = (("x", x, 1280), ("y", y, 800))
    for axis, at, side in axes:
        under = [view[axis] + (at - side / 2) / view["scale"] for view in (before, after)]
        assert under[0] == pytest.approx(under[1], abs=1 / before["scale"])


def test_dragging_moves_the_map_with_the_hand(arrive: Arrive, address: str) -> None:
    visit = arrive(address)
    before = visit.view
    visit.page.mouse.move(800, 400)
    visit.page.mouse.down()
    visit.page.mouse.move(740, 430, steps=5)
    visit.page.wait_for_timeout(150)  # held still, so that the map does not glide on
    visit.page.mouse.up()
    visit.settle()
    after = visit.view
    assert (after["x"] - before["x"]) * before["scale"] == pytest.approx(60, abs=3)
    assert (after["y"] - before["y"]) * before["scale"] == pytest.approx(-30, abs=3)
    expect(visit.dialog).to_be_hidden()


def test_two_fingers_zoom_and_a_tap_opens(arrive: Arrive, address: str) -> None:
    visit = arrive(address, has_touch=True)
    before = visit.view
    fingers = visit.page.context.new_cdp_session(visit.page)

    def touch(kind: str, *apart: float) -> None:
        points = [{"x": 800 + d, "y": 400, "id": number} for number, d in enumerate(apart)]
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", -40, 40)
    for distance in (50, 60, 70, 80):
        touch("touchMove", -distance, distance)
    touch("touchEnd")
    visit.settle()
    assert visit.view["scale"] / before["scale"] == pytest.approx(2, rel=0.15)
    visit.page.touchscreen.tap(*middle(visit.item_in_sight()))
    expect(visit.dialog).to_be_visible()


def test_everything_can_be_done_by_keyboard(arrive: Arrive, address: str) -> None:
    visit = arrive(address)
    press = visit.page.keyboard.press
    home = visit.view
    press("Tab")
    expect(visit.map).to_be_focused()
    press("+")
    press("+")
    visit.settle()
    assert visit.view["scale"] == pytest.approx(2.25 * home["scale"], rel=0.01)
    press("ArrowRight")
    visit.settle()
    near = visit.view
    assert near["x"] > home["x"]
    expect(visit.page.get_by_role("status")).not_to_be_empty()
    press("Enter")
    expect(visit.dialog).to_be_visible()
    address_of_first = visit.page.url
    press("ArrowRight")
    visit.page.wait_for_url(lambda url: url != address_of_first)
    press("Escape")
    expect(visit.dialog).to_be_hidden()
    expect(visit.map).to_be_focused()
    press("0")
    visit.settle()
    assert visit.view == pytest.approx(home)
    # On through all that can be pressed in the panel: each is reached, in turn, and has a name.
    names = []
    for _ in range(30):
        press("Tab")
        name = visit.page.evaluate(
            """() => {
              let at = document.activeElement;
              while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
              return at && at !== document.body
                ? at.ariaLabel || at.getAttribute("aria-label") || at.textContent.trim() : null;
            }"""
        )
        if name is None:
            break
        names.append(name)
    assert "" not in names
    assert {"Close the panel", "Zoom in", "Show the whole map", "Points"} <= set(names)


def test_the_address_brings_back_the_open_picture_and_the_view(
    arrive: Arrive, address: str
) -> None:
    visit = arrive(address)
    visit.click(visit.item_in_sight())
    visit.dialog.get_by_role("navigation").get_by_role("button").nth(3).click()
    visit.settle()
    uri = visit.dialog.get_by_role("heading", level=1).inner_text()
    visit.page.wait_for_function("() => location.hash.includes('item=')")
    visit.page.wait_for_timeout(300)
    before = visit.view
    visit.page.reload()
    visit.settle()
    expect(visit.dialog).to_be_visible()
    expect(visit.dialog.get_by_role("heading", level=1)).to_have_text(uri)
    assert visit.view == pytest.approx(before, rel=1e-3)


def test_back_closes_an_open_picture(arrive: Arrive, address: str) -> None:
    visit = arrive(address)
    visit.click(visit.item_in_sight())
    visit.page.wait_for_function("() => location.hash.includes('item=')")
    visit.page.go_back()
    expect(visit.dialog).to_be_hidden()
    assert visit.page.url.startswith(address)


def test_the_legend_filters_and_the_filter_is_in_the_address(arrive: Arrive, address: str) -> None:
    visit = arrive(address)
    visit.panel.get_by_role("combobox").select_option(label="label")
    legend = visit.panel.get_by_role("list", name="Colour and filter by")
    rings = legend.get_by_role("button").filter(has_text="rings")
    expect(rings).to_have_attribute("aria-pressed", "false")
    rings.click()
    expect(rings).to_have_attribute("aria-pressed", "true")
    visit.until(lambda: visit.kinds() == {"rings"})
    visit.page.reload()
    visit.settle()
    visit.until(lambda: visit.kinds() == {"rings"})
    visit.panel.get_by_role("button", name="Show all").click()
    visit.until(lambda: visit.kinds() >= set(CLASSES))


def test_pictures_that_are_there_twice_are_told(arrive: Arrive, address: str) -> None:
    visit = arrive(address)
    visit.panel.get_by_role("button", name="Only duplicates").click()
    visit.until(lambda: 1 <= visit.stats()["pictures"] <= 2)
    tile = visit.settle().stats()["drawn"][0]
    assert visit.uri(tile["item"]) in (TWIN, "discs/discs 000.png")
    visit.click(tile)
    copies = visit.dialog.get_by_role("navigation", name="Same picture")
    expect(copies.get_by_role("button")).to_have_count(1)


def test_files_that_could_not_be_read_are_told(arrive: Arrive, address: str) -> None:
    expect(arrive(address).panel).to_contain_text("1 input could not be used")


def test_every_part_has_its_role_and_its_name(arrive: Arrive, address: str) -> None:
    visit = arrive(address)
    expect(visit.map).to_have_accessible_name(re.compile(r"301 pictures.*Arrow keys"))
    expect(visit.panel).to_have_accessible_name("About and filters")
    expect(visit.page.get_by_role("status")).to_be_attached()
    expect(visit.panel.get_by_role("heading", level=1)).to_have_text("plates")
    expect(visit.panel.get_by_role("combobox")).to_have_accessible_name("Colour and filter by")
    for button in visit.page.get_by_role("button").all():
        expect(button).to_have_accessible_name(re.compile(r"\S"))
    visit.click(visit.item_in_sight())
    expect(visit.dialog).to_have_accessible_name(re.compile(r"\w"))
    expect(visit.dialog.get_by_role("navigation")).to_have_accessible_name("Most alike")
    for button in visit.dialog.get_by_role("button").all():
        expect(button).to_have_accessible_name(re.compile(r"\S"))
    expect(visit.dialog.get_by_role("img")).to_have_attribute("alt", re.compile(r"\w"))


def test_no_state_takes_more_than_three_draw_calls_or_more_than_its_share_of_memory(
    arrive: Arrive, address: str
) -> None:
    visit = arrive(address, reduced_motion="no-preference")
    press = visit.page.keyboard.press
    visit.panel.get_by_role("combobox").select_option(label="label")
    visit.panel.get_by_role("list", name="Colour and filter by").get_by_role("button").first.click()
    visit.until(lambda: len(visit.kinds()) == 1)
    visit.settle()
    visit.click(visit.item_in_sight())
    visit.dialog.get_by_role("navigation").get_by_role("button").first.click()
    press("Escape")
    expect(visit.dialog).to_be_hidden()
    visit.map.focus()
    for key in ("+", "+", "ArrowLeft", "-", "0"):
        press(key)
        visit.settle()
    visit.panel.get_by_role("button", name="Points").click()
    visit.until(lambda: visit.stats()["points"] == COUNT + 1)
    visit.panel.get_by_role("button", name="t-SNE", exact=True).click()
    visit.settle()
    assert visit.most_draw_calls <= 3
    assert visit.stats()["textureBytes"] <= 200e6


def test_a_phone_shows_the_map_and_folds_the_panel(arrive: Arrive, address: str) -> None:
    visit = arrive(
        address, viewport={"width": 390, "height": 844}, has_touch=True, device_scale_factor=2
    )
    expect(visit.panel.get_by_role("button", name="Open the panel")).to_be_visible()
    left, _, right, _ = bounds(visit.stats()["drawn"])
    assert left < 20
    assert right > 370
    width = visit.page.evaluate("() => document.documentElement.scrollWidth")
    assert width <= 390


def test_without_webgl_the_visitor_sees_the_poster_and_why(arrive: Arrive, address: str) -> None:
    visit = arrive(address)
    page = visit.page
    page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    page.goto("about:blank")
    page.goto(address)
    expect(page.get_by_role("alert")).to_contain_text("WebGL")
    expect(page.get_by_role("img")).to_have_js_property("complete", True)


def test_facts_that_cannot_be_loaded_are_said_to_be_missing_and_asked_for_again(
    arrive: Arrive, address: str
) -> None:
    visit = arrive(address)
    visit.page.route("**/facts/**", lambda route: route.fulfill(status=503))
    visit.click(visit.item_in_sight())
    expect(visit.dialog.get_by_role("alert")).to_contain_text("could not be loaded")
    visit.page.unroute("**/facts/**")
    visit.page.keyboard.press("Escape")
    expect(visit.dialog).to_be_hidden()
    visit.click(visit.item_in_sight())
    expect(visit.dialog.get_by_role("heading", level=1)).not_to_be_empty()
    assert all("503" in complaint for complaint in visit.complaints)
    visit.complaints.clear()  # that it was answered so is what this test is about
