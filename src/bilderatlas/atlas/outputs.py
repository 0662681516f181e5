"""What an atlas can be turned into: figures, a report, files for other tools."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from bilderatlas.atlas.contents import Contents

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from bilderatlas.pipeline.progress import Progress

__all__ = ["Outputs"]


class Outputs(Contents):
    """Writes what an atlas holds in other forms."""

    def figure(
        self,
        kind: str,
        path: str | Path | None = None,
        *,
        progress: Progress | None = None,
        **parameters: Any,
    ) -> Figure:
        """Draw a figure, and save it if there is a path: ``.pdf``, ``.svg`` or ``.png``.

        ``kind`` and ``parameters`` are those of the command: see docs/figures.md. Raises
        FigureError if there is none such, or nothing to draw.
        """
        from bilderatlas.pipeline.drawing import draw
        from bilderatlas.pipeline.progress import Silent

        file = None if path is None else Path(path)
        return draw(self._store, self._record, kind, file, progress or Silent(), parameters)

    def report(
        self, path: str | Path, *, label: str | None = None, progress: Progress | None = None
    ) -> Path:
        """Write all that is known of the collection as one HTML file; return where.

        Parameters
        ----------
        path
            A file whose name ends in ``.html``.
        label
            Whose classes to look at: a metadata column, or ``folder``; by default that of the
            build, else one that was classified.
        progress
            Shows the stages.

        Raises
        ------
        ExportError
            If no report can be written there.
        QueryError
            If there are no such labels, or they make no two classes.
        """
        from bilderatlas.pipeline.progress import Silent
        from bilderatlas.pipeline.reporting import report_atlas

        report_atlas(self._store, self._record, Path(path), progress or Silent(), label=label)
        return Path(path)

    def export(self, kind: str, path: str | Path, *, k: int | None = None) -> Path:
        """Write the atlas as a file or a folder for other tools; return where.

        Parameters
        ----------
        kind
            ``site``, ``csv``, ``parquet``, ``graph``, ``graphml``, ``embedding-atlas`` or
            ``projector``: see docs/cli.md.
        path
            A file or folder that is not there yet.
        k
            Neighbours of each item in ``graph``, ``graphml`` and ``embedding-atlas``; by default
            all that the atlas keeps.

        Raises
        ------
        ExportError
            If there is no such kind, ``path`` is there already, or the atlas has no site.
        """
        from bilderatlas.pipeline.exporting import export

        export(self._store, self._record, kind, Path(path), k=k)
        return Path(path)
