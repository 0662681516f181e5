"""Arrangements of all items in the plane: one file each, and one call for all kinds."""

from bilderatlas.analysis.layouts.given import Given
from bilderatlas.analysis.layouts.registry import LAYOUTS, Kind, make_layout

__all__ = ["LAYOUTS", "Given", "Kind", "make_layout"]
