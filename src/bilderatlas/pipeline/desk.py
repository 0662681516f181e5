"""What figures of an atlas are drawn from, read when it is needed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from bilderatlas.errors import FigureError
from bilderatlas.pipeline.arranging import read_layouts
from bilderatlas.pipeline.labelling import FOLDER, class_column, labels_of_column
from bilderatlas.pipeline.lookup import Lookup
from bilderatlas.pipeline.originals import Originals
from bilderatlas.pipeline.progress import Progress
from bilderatlas.pipeline.publication import described_items
from bilderatlas.publish.figures.page import Paper
from bilderatlas.publish.site.columns import Column, infer_column, item_columns
from bilderatlas.record import Record
from bilderatlas.store import Store
from bilderatlas.types import Cluster, Layout

__all__ = ["Desk"]


@dataclass(frozen=True)
class Desk:
    """One atlas, and what was asked of the paper: ``size``, ``dpi``."""

    store: Store
    record: Record
    progress: Progress
    print: dict[str, Any]

    @property
    def items(self) -> int:
        """Version of the items table."""
        return self.record.stages["items"].version

    def paper(self, *captions: str) -> Paper:
        """Return the paper with a caption that ends with what made the vectors."""
        kind, colon, rest = self.record.model["name"].partition(":")
        model = f"{kind}{colon}{Path(rest).name}"  # nobody's folders stand in print
        made = f"{model}, bilderatlas {self.record.versions['bilderatlas']}."
        return Paper(self.record.name, " ".join([*filter(None, captions), made]), **self.print)

    @cached_property
    def pictures(self) -> Originals:
        return Originals(self.store, self.items)

    @cached_property
    def lookup(self) -> Lookup:
        return Lookup(self.store, self.items)

    @cached_property
    def aspects(self) -> npt.NDArray[np.float64]:
        sizes = self.store.read_items(self.items, ["width", "height"])
        ratio: npt.NDArray[np.float64] = sizes["width"].to_numpy() / sizes["height"].to_numpy()
        return ratio

    @cached_property
    def metadata(self) -> pa.Table:
        return self.store.read_metadata(self.record.stages["metadata"].version)

    @cached_property
    def clusters(self) -> list[Cluster]:
        return self.store.read_clusters(self.record.stages["clusters"].version)

    @cached_property
    def class_column(self) -> str | None:
        return class_column(self.record, self.metadata.column_names)

    @cached_property
    def layouts(self) -> dict[str, Layout]:
        return {layout.name: layout for layout in read_layouts(self.store, self.record)}

    def layout(self, name: str | None, usual: str = "") -> Layout:
        """Return a layout by name; by default the usual one, or the site's first."""
        if name is None:
            name = usual if usual in self.layouts else next(iter(self.layouts))
        if name not in self.layouts:
            raise FigureError(
                f"--layout {name}: there is none; choose one of {', '.join(self.layouts)}, or make "
                "it with `bilderatlas layout`."
            )
        return self.layouts[name]

    def column(self, name: str, layout: Layout | None = None) -> Column:
        """Return a column to colour by: of the items, or a measure of the layout at each item."""
        columns = {column.name: column for column in self._columns}
        if layout is not None:
            for measure, values in layout.of_items.items():
                columns.setdefault(measure, Column(measure, "number", values))
        if name not in columns and name == FOLDER:
            labels = labels_of_column(self.metadata, self.lookup.uris, FOLDER)
            if (folders := infer_column(FOLDER, pa.chunked_array([labels]))) is not None:
                return folders
        if name not in columns:
            words = name in self.metadata.column_names
            why = "it holds neither numbers, dates nor few words" if words else "there is none"
            raise FigureError(f"--colour {name}: {why}; choose from {', '.join(columns)}.")
        return columns[name]

    @cached_property
    def _columns(self) -> list[Column]:
        oddities = self.store.read_oddities(self.record.stages["oddities"].version)
        return item_columns(
            described_items(self.store, self.record),
            self.metadata,
            self.class_column,
            clusters=self.clusters,
            oddities=oddities,
        )

    def usual_colour(self) -> Column | None:
        """Return the class, else the cluster, else nothing."""
        name = self.class_column or ("cluster" if self.clusters else None)
        return None if name is None else self.column(name)

    def classes(self, colour: Column | None) -> Column | None:
        """Return the column that ``only`` chooses from: the colours', or else the class."""
        if colour is not None and colour.kind == "category":
            return colour
        return None if self.class_column is None else self.column(self.class_column)

    def texts(self, column: str | None) -> list[str | None] | None:
        """Return the class of each item in words; by default that of the build, if it has one."""
        name = column or self.class_column
        if name is None:
            return None
        return labels_of_column(self.metadata, self.lookup.uris, name, flag="--colour")
