"""Words that the visitor puts on pictures."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, expect
from tests.e2e.visit import Tile, Visit

Arrive = Callable[..., Visit]


def field(visit: Visit) -> Locator:
    return visit.dialog.get_by_role("combobox", name="New tag")


def listed(visit: Visit) -> Locator:
    return visit.panel.get_by_role("list", name="Tags")


def shown(visit: Visit) -> set[int]:
    return {tile["item"] for tile in visit.stats()["drawn"]}


def tag(visit: Visit, tile: Tile, *words: str) -> None:
    """Open a picture, put words on it by keyboard, and close it."""
    visit.click(tile)
    for word in words:
        field(visit).fill(word)
        visit.page.keyboard.press("Enter")
    expect(visit.dialog.get_by_role("listitem").filter(has_text=words[-1])).to_be_visible()
    visit.page.keyboard.press("Escape")
    expect(visit.dialog).to_be_hidden()
    visit.page.keyboard.press("Escape")
    visit.page.get_by_role("button", name="Show the whole map").click()
    visit.settle()


def test_tags_are_added_told_and_removed(arrive: Arrive, address: str) -> None:
    visit = arrive(address)
    visit.click(visit.item_in_sight())
    field(visit).fill("  blue   door ")
    visit.dialog.get_by_role("button", name="Add").click()
    tags = visit.dialog.get_by_role("list", name="Tags of this picture")
    expect(tags.get_by_role("listitem")).to_have_text(["blue door"])
    expect(visit.dialog.get_by_role("status")).to_have_text("blue door added")
    tags.get_by_role("button", name="Remove the tag blue door").click()
    expect(tags.get_by_role("listitem")).to_have_count(0)
    expect(field(visit)).to_be_focused()


def test_arrows_move_in_the_field_and_not_from_picture_to_picture(
    arrive: Arrive, address: str
) -> None:
    visit = arrive(address)
    tile = visit.item_in_sight()
    visit.click(tile)
    field(visit).fill("door")
    visit.page.keyboard.press("ArrowLeft")
    visit.page.keyboard.press("ArrowLeft")
    visit.page.keyboard.type("-")
    expect(field(visit)).to_have_value("do-or")
    expect(visit.dialog).to_contain_text(visit.uri(tile["item"]))


def test_tags_are_counted_filter_and_outlast_the_page(arrive: Arrive, address: str) -> None:
    visit = arrive(address)
    expect(listed(visit)).to_have_count(0)
    one, other = visit.stats()["drawn"][-2:]
    tag(visit, one, "door")
    tag(visit, other, "door", "roof")
    assert listed(visit).get_by_role("button").all_inner_texts() == ["door\n2", "roof\n1"]
    listed(visit).get_by_role("button", name="roof").click()
    visit.until(lambda: shown(visit) == {other["item"]})
    visit.page.reload()
    visit.settle()
    visit.until(lambda: shown(visit) == {other["item"]})
    roof = listed(visit).get_by_role("button", name="roof")
    expect(roof).to_have_attribute("aria-pressed", "true")
    roof.click()
    visit.until(lambda: one["item"] in shown(visit))


def test_tags_are_saved_as_the_table_that_classify_reads(
    arrive: Arrive, address: str, site: Path, tmp_path: Path
) -> None:
    from bilderatlas.pipeline.labelling import labels_of_tags

    visit = arrive(address)
    tile = visit.item_in_sight()
    tag(visit, tile, 'a "red" door, open')
    with visit.page.expect_download() as download:
        visit.panel.get_by_role("button", name="Save as CSV").click()
    assert download.value.suggested_filename == "plates tags.csv"
    saved = tmp_path / "tags.csv"
    download.value.save_as(saved)
    with (site / "items.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    keys, uris = [row["key"] for row in rows], [row["uri"] for row in rows]
    labels = labels_of_tags(saved, keys, uris)
    assert {uri for uri, label in zip(uris, labels, strict=True) if label} == {
        visit.uri(tile["item"])
    }
    assert 'a "red" door, open' in labels
