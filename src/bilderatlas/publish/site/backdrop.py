"""What is drawn under the pictures of a layout (docs/format.md)."""

from __future__ import annotations

from bilderatlas.publish.site.folder import SiteFolder, as_json
from bilderatlas.publish.site.frame import Frame
from bilderatlas.types import Layout

__all__ = ["write_backdrop"]


def write_backdrop(folder: SiteFolder, layout: Layout, frame: Frame) -> bool:
    """Write ``layouts/{name}/backdrop.json.gz`` in units; return whether there is anything."""
    lines, texts = layout.backdrop.lines, layout.backdrop.texts
    if not lines and not texts:
        return False
    written = {
        "lines": [frame.units(line).ravel() for line in lines],
        "texts": [
            [text, round((x - frame.left) * frame.scale), round((frame.top - y) * frame.scale),
             round(height * frame.scale)]
            for text, x, y, height in texts
        ],
    }  # fmt: skip
    family = f"layouts/{layout.name}/backdrop"
    folder.write_compressed(family, f"{family}.json.gz", as_json(written))
    return True
