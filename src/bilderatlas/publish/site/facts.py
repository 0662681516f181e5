"""All that is known of an item, in pages that the viewer fetches when somebody asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pyarrow as pa

from bilderatlas.publish.site.content import PlacePicture
from bilderatlas.publish.site.folder import SiteFolder, as_json, chunks

__all__ = ["PAGE_ITEMS", "place_pictures", "write_facts"]

PAGE_ITEMS = 256


def place_pictures(
    folder: SiteFolder, items: pa.Table, place_picture: PlacePicture, tick: Callable[[], None]
) -> list[str | None]:
    """Put the lightbox pictures in their places, one for all items of one key.

    Returns
    -------
    list
        The path of each item's picture below the site, or ``None``.
    """
    placed: dict[str, str | None] = {}
    paths = []
    rows = items.select(["id", "key", "suffix"]).to_pydict()
    for place, (item, key, suffix) in enumerate(zip(*rows.values(), strict=True), start=1):
        if key not in placed:
            path = f"pictures/{key[:2]}/{key}{suffix}"
            destination = folder.path / path
            destination.parent.mkdir(parents=True, exist_ok=True)
            placed[key] = path if place_picture(item, destination) else None
        paths.append(placed[key])
        if place % PAGE_ITEMS == 0 or place == len(items):
            tick()
    return paths


def write_facts(
    folder: SiteFolder, items: pa.Table, metadata: pa.Table, pictures: Sequence[str | None]
) -> None:
    """Write ``facts/{p>>8}/{p}.json.gz`` of tables and picture paths in the site's order."""
    for number, part in enumerate(chunks(len(items), PAGE_ITEMS)):
        length = part.stop - part.start
        facts = items.slice(part.start, length).to_pydict()
        texts = metadata.slice(part.start, length).to_pydict()
        page: dict[str, Any] = {
            name: facts[name] for name in ("id", "key", "uri", "width", "height", "bytes")
        }
        page["taken_at"] = [time and time.isoformat() for time in facts["taken_at"]]
        page["latitude"] = facts["latitude"]
        page["longitude"] = facts["longitude"]
        page["picture"] = list(pictures[part])
        page["names"] = [
            [[word, round(score, 3)] for word, score in zip(words, scores, strict=True)]
            for words, scores in zip(facts["names"], facts["name_scores"], strict=True)
        ]
        page["metadata"] = {
            name: [text or None for text in column] for name, column in texts.items()
        }
        path = f"facts/{number >> 8}/{number}.json.gz"
        folder.write_compressed("facts", path, as_json(page))
