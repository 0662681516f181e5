"""What is like a picture, asked of an atlas."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from tests.unit.pipeline.rooms import ROOMS, build_rooms, draw, save_colour_network

import bilderatlas as ba


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("similar")
    build_rooms(folder)
    return folder


@pytest.fixture(scope="module")
def atlas(folder: Path) -> ba.Atlas:
    return ba.open(folder / "rooms.atlas")


def uris(atlas: ba.Atlas, *pictures: Any, **options: Any) -> list[str]:
    found: list[str] = atlas.similar(list(pictures), **options).column("uri").to_pylist()
    return found


def test_the_nearest_items_come_first_and_the_picture_itself_is_not_among_them(
    atlas: ba.Atlas,
) -> None:
    table = atlas.similar("bath/1.png", k=3)
    assert table.column_names == ["rank", "id", "uri", "similarity", "relation", "label"]
    ids = table.column("id").to_pylist()
    others = [item for item in np.argsort(-(atlas.vectors @ atlas.vectors[0])) if item]
    assert ids == others[:3]
    np.testing.assert_allclose(
        table.column("similarity"), atlas.vectors[ids] @ atlas.vectors[0], atol=1e-6
    )
    assert set(table.column("uri").to_pylist()[:2]) == {"bath/2.png", "bath/3.png"}
    assert table.column("rank").to_pylist() == [1, 2, 3]
    assert table.column("label").to_pylist()[:2] == ["bath", "bath"]


def test_a_copy_is_shown_and_called_one(atlas: ba.Atlas) -> None:
    first = atlas.similar("hall/1.png", k=2).to_pylist()
    assert first[0]["uri"] == "hall/copy of 1.png"
    assert first[0]["similarity"] == pytest.approx(1)
    assert [row["relation"] for row in first] == ["exact", ""]


def test_all_others_are_answers_when_more_are_asked_for_than_there_are(atlas: ba.Atlas) -> None:
    assert sorted(uris(atlas, "shed/1.png", k=1000)) == sorted(ROOMS[:-1])


def test_of_several_pictures_the_mean_is_searched_for_and_of_others_it_is_taken_away(
    atlas: ba.Atlas,
) -> None:
    unit = atlas.vectors
    goal = (unit[0] + unit[3]) / 2 - unit[7]
    rest = [item for item in np.argsort(-(unit @ goal)) if item not in (0, 3, 7)]
    found = atlas.similar(["bath/1.png", "#3"], without="shed/1.png", k=9)
    assert found.column("id").to_pylist() == rest
    cosine = unit[rest] @ goal / np.linalg.norm(goal)
    np.testing.assert_allclose(found.column("similarity"), cosine, atol=1e-6)


def test_a_file_outside_the_atlas_is_looked_at_by_its_model_turned_upright(
    atlas: ba.Atlas, tmp_path: Path
) -> None:
    outside = draw(tmp_path / "new.png", "hall", 99)
    assert set(uris(atlas, outside, k=4)) == {uri for uri in ROOMS if uri.startswith("hall")}
    turned = Image.open(draw(tmp_path / "t.png", "hall", 3)).rotate(90, expand=True)
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by a quarter, clockwise
    turned.save(tmp_path / "turned.png", exif=exif)
    best = atlas.similar(tmp_path / "turned.png", k=1).to_pylist()[0]
    assert best["uri"] == "hall/1.png"  # drawn from the seed 3
    assert best["similarity"] > 0.9999


def test_a_copy_outside_the_atlas_finds_the_item_itself(
    atlas: ba.Atlas, folder: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.png"
    copy.write_bytes((folder / "rooms" / "bath/2.png").read_bytes())
    best = atlas.similar(copy, k=2).to_pylist()
    assert (best[0]["uri"], best[0]["relation"]) == ("bath/2.png", "exact")
    assert best[1]["relation"] == ""
    # The file that the item was made of is the item.
    assert "bath/2.png" not in uris(atlas, folder / "rooms" / "bath/2.png")


def test_answers_can_be_kept_to_the_same_value_or_to_others(
    atlas: ba.Atlas, tmp_path: Path
) -> None:
    assert sorted(uris(atlas, "bath/1.png", same="label")) == ["bath/2.png", "bath/3.png"]
    above = set(uris(atlas, "bath/1.png", same="floor", other="label"))
    assert above == {"hall/2.png", "hall/copy of 1.png"}
    outside = draw(tmp_path / "new.png", "hall", 99)
    assert set(uris(atlas, outside, same="label=bath")) == set(ROOMS[:3])
    with pytest.raises(ba.QueryError, match="give one, as in --same label=VALUE"):
        atlas.similar(outside, same="label")


def test_every_index_gives_the_answer_of_the_atlas(atlas: ba.Atlas) -> None:
    expected = uris(atlas, "bath/1.png", k=3)
    assert uris(atlas, "bath/1.png", k=3, index="exact") == expected
    assert uris(atlas, "bath/1.png", k=3, index="ivf") == expected
    with pytest.raises(ba.QueryError, match="--index kd: there is none; choose one of exact, ivf"):
        atlas.similar("bath/1.png", index="kd")


def test_annoy_searches_by_the_metric_of_ones_choice(atlas: ba.Atlas) -> None:
    pytest.importorskip("annoy", reason="the extra annoy is not installed")
    options: dict[str, Any] = {"index": "annoy", "metric": "euclidean", "n_trees": 20}
    found = atlas.similar("bath/1.png", k=3, **options)
    assert found.column("uri").to_pylist() == uris(atlas, "bath/1.png", k=3)
    far = np.linalg.norm(atlas.vectors[found.column("id")] - atlas.vectors[0], axis=1)
    np.testing.assert_allclose(found.column("similarity"), -far, atol=1e-5)
    facts = atlas.similar_book("bath/1.png", k=3, **options).facts
    assert facts["similarity"] == "minus the euclidean distance"
    assert facts["index"] == "annoy (metric euclidean, n_trees 20)"
    everyone = atlas.similar_all_book(k=3, **options)
    assert everyone.facts["index"] == facts["index"]
    assert max(atlas.similar_all(k=3, **options).column("similarity").to_pylist()) == 0


def test_what_cannot_be_asked_is_refused_in_a_sentence(atlas: ba.Atlas, tmp_path: Path) -> None:
    torn = tmp_path / "torn.png"
    torn.write_bytes(b"\x89PNG\r\n\x1a\n nothing")
    with pytest.raises(ba.PictureError, match=r"torn\.png cannot be searched for: .+\.$"):
        atlas.similar(torn)
    with pytest.raises(ba.QueryError, match=r"did you mean bath/1\.png"):
        atlas.similar("bath/1.jpg")
    with pytest.raises(ba.QueryError, match="-k 0"):
        atlas.similar("bath/1.png", k=0)
    with pytest.raises(ba.QueryError, match="name at least one"):
        atlas.similar([])
    with pytest.raises(ba.QueryError, match="--not takes away all"):
        atlas.similar("hall/1.png", without="hall/copy of 1.png")


def test_another_model_of_the_same_name_is_not_compared_with_the_atlas(
    tmp_path: Path,
) -> None:
    atlas = build_rooms(tmp_path)
    record = json.loads((atlas.folder / "atlas.json").read_text())
    record["model"]["fingerprint"] = "another"
    (atlas.folder / "atlas.json").write_text(json.dumps(record))
    changed = ba.open(atlas.folder)
    assert len(changed.similar("bath/1.png", k=2)) == 2  # no file is read for that
    with pytest.raises(ba.ModelError, match="build it again"):
        changed.similar(draw(tmp_path / "new.png", "hall", 99))


def test_a_book_shows_what_was_asked_for_and_its_answers(atlas: ba.Atlas, tmp_path: Path) -> None:
    outside = draw(tmp_path / "new.png", "hall", 99)
    book = atlas.similar_book([outside, "bath/1.png"], without="shed/1.png", k=2)
    pictures = book.pictures(book.pages)
    sizes = {number: Image.open(io.BytesIO(data)).size for number, data in pictures.items()}
    assert set(sizes.values()) == {(128, 97)}
    assert [tile.picture for tile in book.asked] == [len(ROOMS), 0, 7]
    assert set(sizes) == {len(ROOMS), 0, 7} | {row[2] for row in book.pages[0].rows()}


def test_the_neighbours_of_all_are_those_of_the_atlas(atlas: ba.Atlas) -> None:
    rows = atlas.similar_all(k=2).to_pylist()
    assert len(rows) == 2 * len(ROOMS)
    for row in rows:
        assert row["neighbour_id"] == atlas.neighbours.ids[row["id"], row["rank"] - 1]
    copies = [row for row in rows if row["relation"]]
    assert [(row["uri"], row["neighbour_uri"], row["relation"]) for row in copies] == [
        ("hall/1.png", "hall/copy of 1.png", "exact"),
        ("hall/copy of 1.png", "hall/1.png", "exact"),
    ]
    assert [row["label"] for row in rows] == ["hall"] * 8 + ["bath"] * 6 + [None] * 2
    shared = {row["uri"]: row["neighbours_of_same_label"] for row in rows}
    assert shared["hall/1.png"] == 2
    assert shared["shed/1.png"] is None


def test_all_can_be_grouped_by_another_column(atlas: ba.Atlas) -> None:
    summary = atlas.similar_all_book(k=1, label="floor").pages[0]
    assert [row[:2] for row in summary.rows()] == [
        ("0", 4), ("1", 3), ("no label", 1), ("all labels", 7),
    ]  # fmt: skip
    with pytest.raises(ba.QueryError, match=r"--label flor: .* it has label, floor"):
        atlas.similar_all(label="flor")


def test_more_neighbours_than_there_are_others_are_all_of_them(atlas: ba.Atlas) -> None:
    assert len(atlas.similar_all(k=1000)) == len(ROOMS) * (len(ROOMS) - 1)


def test_an_atlas_of_one_picture_without_metadata_has_an_empty_answer(tmp_path: Path) -> None:
    draw(tmp_path / "one" / "1.png", "shed", 1)
    model = save_colour_network(tmp_path / "colours.onnx")
    settings = ba.Settings(model=f"onnx:{model}", workers=1)
    atlas = ba.build(tmp_path / "one", tmp_path / "one.atlas", settings=settings)
    assert len(atlas.similar("1.png")) == 0
    assert len(atlas.similar_all()) == 0
    outside = draw(tmp_path / "two.png", "bath", 2)
    assert uris(atlas, outside) == ["1.png"]
