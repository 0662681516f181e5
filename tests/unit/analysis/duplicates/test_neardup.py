"""On photographs and edits that were made by others; they may not be shipped."""

from collections import defaultdict
from csv import DictReader
from pathlib import Path

import pytest
from PIL import Image
from tests.unit.analysis.duplicates.pictures import Collection, nobody

FOLDER = Path(__file__).parents[5] / "shared" / "data" / "neardup_small"

FREELY_TURNED = "rotation"
"""By 30 degrees, its corners black: not an edit that makes the same picture here."""


@pytest.mark.skipif(not FOLDER.is_dir(), reason=f"the pictures are not at {FOLDER}")
def test_the_edits_of_others_are_grouped_as_they_say() -> None:
    with (FOLDER / "metadata.csv").open() as file:
        rows = [row for row in DictReader(file) if row["status"] == "decodes"]
    pictures = []
    for row in rows:
        with Image.open(FOLDER / row["filename"]) as image:
            pictures.append(image.convert("RGB"))
    said = defaultdict(set)
    for item, row in enumerate(rows):
        if row["variant"] != FREELY_TURNED:
            # They say nothing of a seventh copy, which has an alpha channel.
            group = "ukbench00120" if "alpha" in row["filename"] else row["group"] or str(item)
            said[group].add(item)
    found = Collection(pictures).groups(nobody(len(pictures)))
    assert sorted(found) == sorted(sorted(group) for group in said.values() if len(group) > 1)
