"""The file of duplicates and look-alikes (docs/format.md), and what the manifest says of it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from bilderatlas.publish.site.folder import SiteFolder, as_json
from bilderatlas.types import DuplicateGroup, LookAlikes

__all__ = ["write_duplicates"]


def write_duplicates(
    folder: SiteFolder,
    groups: Sequence[DuplicateGroup],
    look_alikes: LookAlikes | None,
    order: npt.NDArray[np.int64],
) -> dict[str, int]:
    """Write ``duplicates.json.gz`` and return what the manifest counts.

    Parameters
    ----------
    groups, look_alikes
        Of items by id.
    order
        Shape (n,), int64: the id at each index of the site.
    """
    index = np.empty(len(order), np.int64)
    index[order] = np.arange(len(order))
    pairs = [] if look_alikes is None else _pairs(look_alikes, index)
    written = {
        "groups": [
            {
                "kind": group.kind,
                "members": index[group.members],
                "edits": list(group.edits) or [""] * len(group.members),
            }
            for group in groups
        ],
        "look_alikes": pairs,
    }
    folder.write_compressed("duplicates", "duplicates.json.gz", as_json(written))
    items = sum(len(group.members) for group in groups)
    return {
        "groups": len(groups),
        "exact": sum(group.kind == "exact" for group in groups),
        "items": items,
        "spare": items - len(groups),
        "look_alikes": len(pairs),
    }


def _pairs(look_alikes: LookAlikes, index: npt.NDArray[np.int64]) -> list[list[int]]:
    """Return [index, index, similarity in 0…255] of each pair."""
    similarity = np.rint(255 * np.clip(look_alikes.similarity, 0, 1)).astype(np.int64)
    pairs: list[list[int]] = np.column_stack([index[look_alikes.pairs], similarity]).tolist()
    return pairs
