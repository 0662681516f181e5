"""Pages of nearest neighbours, one range request's worth each."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from bilderatlas.publish.site.folder import SiteFolder, chunks
from bilderatlas.types import Neighbours

__all__ = ["NEIGHBOURS_SHOWN", "NONE", "PAGE_ITEMS", "write_neighbours"]

NEIGHBOURS_SHOWN = 32
PAGE_ITEMS = 256
NONE = 0xFFFFFFFF
"""Stands where there is no neighbour."""


def write_neighbours(
    folder: SiteFolder, neighbours: Neighbours, order: npt.NDArray[np.int64]
) -> int:
    """Write ``neighbours/{p>>8}/{p}.bin`` and return how many neighbours an item has there.

    Parameters
    ----------
    neighbours
        By id; a negative id is no neighbour.
    order
        Shape (n,): ids in the site's order.
    """
    index = np.full(len(order) + 1, NONE, np.uint32)  # the last entry answers for id -1
    index[order] = np.arange(len(order), dtype=np.uint32)
    k: int = min(NEIGHBOURS_SHOWN, neighbours.ids.shape[1])
    for number, part in enumerate(chunks(len(order), PAGE_ITEMS)):
        members = order[part]
        ids = neighbours.ids[members, :k]
        cosine = np.where(ids < 0, 0, neighbours.similarity[members, :k])
        page = np.full((PAGE_ITEMS, k), NONE, "<u4")
        similarity = np.zeros((PAGE_ITEMS, k), np.uint8)
        page[: len(members)] = index[np.maximum(ids, -1)]
        similarity[: len(members)] = np.round(255 * np.clip(cosine, 0, 1))
        path = f"neighbours/{number >> 8}/{number}.bin"
        folder.write("neighbours", path, page.tobytes() + similarity.tobytes())
    return k
