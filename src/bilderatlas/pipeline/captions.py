"""What stands below a figure: what was drawn, and what it was made with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bilderatlas.types import Layout

__all__ = ["about_layout", "written"]


def about_layout(layout: Layout) -> str:
    """Say what a layout was made with, and how true it is."""
    made = written(layout.parameters)
    kind = f": {layout.kind}" if layout.kind != layout.name else ""
    said = f"Layout {layout.name}{kind}{f' ({made})' if made else ''}."
    quality = layout.quality
    if quality.get("kept_of"):
        of = quality["kept_of"]
        said += (
            f" Of the {of:.0f} pictures most like one, {of * quality['kept']:.1f} stand beside it "
            "in the mean"
        )
        if "trustworthiness" in quality:
            said += f"; trustworthiness {quality['trustworthiness']:.2f}"
        said += ". The axes have no unit." if layout.kind not in ("time", "map", "xy") else "."
    return said


def written(parameters: Mapping[str, Any]) -> str:
    """Write parameters as they are given in Python, but those that are measures of the result."""
    return ", ".join(
        f"{name}={_value(value)}"
        for name, value in parameters.items()
        if value is not None and not isinstance(value, Mapping)
    )


def _value(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    return f"{value:.6g}" if isinstance(value, float) else str(value)
